import { z } from "zod";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { charactersFault } from "../printing/index.ts";

/** A line of a part as screens and letters show it. */
export interface EntryItem {
  label: string;
  value: string;
  /** What a letter prints instead, where the post may not carry the whole. */
  letter?: string;
  /** Printed as registered, or not at all. */
  purpose?: "name" | "address";
}

/**
 * A part of an application that several 事務 ask for, such as the insurance or the account: its schema, how its
 * fields are read, and how it is shown. The fields themselves stand in `src/web/entry-parts`.
 */
export interface EntryPart<T> {
  /** Beginning of its field names: `insurance.number`. */
  name: string;
  schema: z.ZodType<T>;
  /** How the text of each field is read; a part reads its own items and no others (ACQ-3). */
  readers: Readonly<Record<keyof T & string, (text: string) => string>>;
  items(value: T): EntryItem[];
}

const longest = 200;
/** A paper may bear it, so that what no paper can print is refused as it is entered. */
const printable = (text: string, context: z.RefinementCtx) => {
  const fault = charactersFault(text);
  if (fault) context.addIssue({ code: "custom", message: fault });
};
export const requiredText = (what: string) =>
  z
    .string(`${what}を入力してください。`)
    .trim()
    .min(1, `${what}を入力してください。`)
    .max(longest, `${what}は${longest}字までです。`)
    .superRefine((text, context) => printable(text, context));
export const optionalText = z
  .string("文字で入力してください。")
  .trim()
  .max(longest, `${longest}字までで入力してください。`)
  .superRefine((text, context) => printable(text, context));
export const isoDate = (what: string) =>
  z.string().refine(isIsoDate, `${what}を入力してください。例: R8.11.20`);
export const personNumber = z
  .string()
  .refine(
    isPersonNumber,
    "統合宛名番号が正しくありません。10桁の数字と検査数字を確かめてください。",
  );
export const postalCodeOf = (what: string) =>
  z.string().regex(/^\d{7}$/, `${what}は7桁の数字で入力してください。`);
export const postalCode = postalCodeOf("郵便番号");
export const kanaText = (what: string) =>
  requiredText(what).regex(/^[ァ-ヶー゛゜・　 ]+$/u, `${what}は全角カタカナで入力してください。`);

/** An address with its 方書 in one line. */
export const addressOf = ({ address, building }: { address: string; building: string }): string =>
  `${address}　${building}`.trim();
