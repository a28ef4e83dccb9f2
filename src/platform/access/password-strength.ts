import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as japanese from "@zxcvbn-ts/language-ja";
import { japaneseKeyboard } from "./japanese-keyboard.ts";

/** Common passwords and words, Japanese ones too, and runs of keys; what it says is Japanese. */
const guesses = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...japanese.dictionary },
  graphs: { ...common.adjacencyGraphs, japanese: japaneseKeyboard },
  translations: japanese.translations,
});

/** Ten thousand million guesses: what zxcvbn calls very unguessable. */
const strongEnough = 4;

/**
 * Why a password is too weak, in words for the person; `undefined` where it will do.
 * @param ownWords what anybody would try first: name, office and city of the person
 */
export function passwordWeakness(
  password: string,
  loginName: string,
  ownWords: readonly string[] = [],
): string | undefined {
  if ([...password].length < 12) return "パスワードは12文字以上にしてください。";
  if (new Set(password).size < 6) return "同じ文字の繰り返しが多すぎます。";
  if (password.toLowerCase().includes(loginName.toLowerCase())) {
    return "パスワードに職員番号を含めることはできません。";
  }
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password));
  if (kinds.length < 3) return "英大文字・英小文字・数字・記号のうち3種類以上を使ってください。";
  const { score, feedback } = guesses.check(password, [loginName, ...ownWords]);
  if (score >= strongEnough) return undefined;
  const why = feedback.warning ? `${feedback.warning}。` : "";
  return `推測されやすいパスワードです。${why}よく使われる言葉、名前、市や区の名、年、キーの並びだけにせず、関係のない言葉をいくつかつなげてください。`;
}
