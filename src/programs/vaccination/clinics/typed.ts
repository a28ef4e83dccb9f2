import type { EntryFaults } from "#src/platform/problem.ts";
import { fullWidthKatakana } from "#workflows/text/widths.ts";

/** What clinics and associations have in common, as it was typed. */
export type TypedPlace = Record<"name" | "kana" | "postalCode" | "address" | "phone", string>;

const kana = /^[\p{Script=Katakana}ー・\p{Number}A-ZＡ-Ｚ　]+$/u;

/** Judges it into `faults`; the value may be used once `faults.end()` has passed. */
export function placeOf(typed: TypedPlace, faults: EntryFaults): TypedPlace {
  const within = (field: keyof TypedPlace, text: string, label: string, most: number) =>
    faults.need(
      field,
      faults.need(field, text, `${label}を入力してください。`) && [...text].length <= most
        ? text
        : undefined,
      `${label}は${most}文字以内で入力してください。`,
    );
  const reading = fullWidthKatakana(typed.kana.trim());
  if (reading !== "" && !kana.test(reading))
    faults.need("kana", "", "名称のカナは、カタカナと数字で入力してください。");
  const postalCode = typed.postalCode.normalize("NFKC").replace(/[^0-9]/gu, "");
  const phone = typed.phone.normalize("NFKC").replace(/[‐‑–—−ー()（）\s]/gu, "-");
  return {
    name: within("name", typed.name.trim(), "名称", 80),
    kana: within("kana", reading, "名称のカナ", 120),
    postalCode: faults.need(
      "postalCode",
      /^\d{7}$/.test(postalCode) ? postalCode : undefined,
      "郵便番号を7桁で入力してください。",
    ),
    address: within("address", typed.address.trim(), "住所", 160),
    phone: /^[0-9-]{0,20}$/.test(phone)
      ? phone
      : faults.need("phone", "", "電話番号を、数字とハイフンで入力してください。"),
  };
}

/** One of the codes of a list of titles; nothing of any other text. */
export const codeOf = <Code extends string>(
  titles: Readonly<Record<Code, string>>,
  code: string,
): Code | undefined => (Object.keys(titles) as Code[]).find((one) => one === code);
