import { hash, verify } from "@node-rs/argon2";

/** Days for which a password holds (USE-3). */
export const passwordDays = 180;

/** Hashes with Argon2id, OWASP's parameters (19 MiB, 2 passes). */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"));

export const passwordMatches = (stored: string, password: string): Promise<boolean> =>
  verify(stored, password.normalize("NFKC"));

/** Why a password is too weak, in words for the person; `undefined` where it will do. */
export function passwordWeakness(password: string, loginName: string): string | undefined {
  if ([...password].length < 12) return "パスワードは12文字以上にしてください。";
  if (new Set(password).size < 6) return "同じ文字の繰り返しが多すぎます。";
  if (password.toLowerCase().includes(loginName.toLowerCase())) {
    return "パスワードに職員番号を含めることはできません。";
  }
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password));
  return kinds.length < 3
    ? "英大文字・英小文字・数字・記号のうち3種類以上を使ってください。"
    : undefined;
}
