import { japaneseKeyboard } from "./japanese-keyboard.ts";

/**
 * Common passwords and words, Japanese ones too, and runs of keys; what it says is Japanese. Read when somebody chooses a
 * password, since the words take 19 MB of memory.
 */
async function readGuesses() {
  const [{ ZxcvbnFactory }, common, japanese] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-ja"),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...japanese.dictionary },
    graphs: { ...common.adjacencyGraphs, japanese: japaneseKeyboard },
    translations: japanese.translations,
  });
}

let known: ReturnType<typeof readGuesses> | undefined;

/** Ten thousand million guesses: what zxcvbn calls very unguessable. */
const strongEnough = 4;

/**
 * Why a password is too weak, in words for the person; `undefined` where it will do.
 * @param ownWords what anybody would try first: name, office and city of the person
 */
export async function passwordWeakness(
  password: string,
  loginName: string,
  ownWords: readonly string[] = [],
): Promise<string | undefined> {
  if ([...password].length < 12) return "パスワードは12文字以上にしてください。";
  if (new Set(password).size < 6) return "同じ文字の繰り返しが多すぎます。";
  if (password.toLowerCase().includes(loginName.toLowerCase())) {
    return "パスワードに職員番号を含めることはできません。";
  }
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password));
  if (kinds.length < 3) return "英大文字・英小文字・数字・記号のうち3種類以上を使ってください。";
  known ??= readGuesses();
  const { score, feedback } = (await known).check(password, [loginName, ...ownWords]);
  if (score >= strongEnough) return undefined;
  const why = feedback.warning ? `${feedback.warning}。` : "";
  return `推測されやすいパスワードです。${why}よく使われる言葉、名前、市や区の名、年、キーの並びだけにせず、関係のない言葉をいくつかつなげてください。`;
}
