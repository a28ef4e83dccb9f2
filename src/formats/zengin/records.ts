import { type Fault, FormatError } from "../fault.ts";
import {
  bankKana,
  type CharacterClass,
  characterClasses,
  cutKana,
  encodeJis,
} from "./characters.ts";

/** Bytes of every record. */
export const RECORD_LENGTH = 120;

/**
 * A field: digits (right, filled with zeros), a name of one of the classes of characters (left, filled
 * with spaces), or text taken as it is: what the standard leaves open or to the bank.
 */
export interface FieldLayout {
  readonly key: string;
  readonly label: string;
  readonly length: number;
  readonly type: "digits" | "open" | CharacterClass;
  /** What it may be, where only some values may. */
  readonly only?: RegExp;
}

export type RecordLayout = readonly FieldLayout[];

/** The values of a record by the keys of its layout, as text. */
export type RecordOf<L extends RecordLayout> = Readonly<Record<L[number]["key"], string>>;

/** A field of digits. */
export const digits = <const K extends string>(
  key: K,
  label: string,
  length: number,
  only?: RegExp,
) => ({ key, label, length, type: "digits", ...(only && { only }) }) as const;

/** A field of characters. */
export const characters = <const K extends string>(
  key: K,
  label: string,
  length: number,
  type: "open" | CharacterClass,
  only?: RegExp,
) => ({ key, label, length, type, ...(only && { only }) }) as const;

/**
 * The 120 bytes of a record. Names are folded to what banks accept and cut to their field; all else
 * that does not fit throws {@link FormatError}, naming the field, not its content.
 */
export function encodeRecord<L extends RecordLayout>(
  layout: L,
  values: RecordOf<L>,
  record: number,
): Uint8Array {
  const text = layout.map((field) => {
    const given = values[field.key as L[number]["key"]];
    const value = written(field, given);
    // Zeros are filled in before a number, never for one that isn't there.
    const absent = field.type === "digits" && given.trim() === "";
    const reason = absent ? "入力がありません。" : reasonAgainst(field, value);
    if (reason) throw new FormatError({ record, field: field.label, reason });
    return value;
  });
  return encodeJis(text.join(""));
}

function written({ type, length }: FieldLayout, value: string): string {
  if (type === "digits") return value.padStart(length, "0");
  if (type === "open") return value.padEnd(length);
  const kana = bankKana(value, type);
  // A name is known by its beginning; a reference is not.
  return (type === "edi" ? kana : cutKana(kana, length)).padEnd(length);
}

/** The values of a record, names without the spaces behind, and what is wrong with them. */
export function decodeRecord<L extends RecordLayout>(
  layout: L,
  text: string,
  record: number,
): { readonly values: RecordOf<L>; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  let from = 0;
  const entries = layout.map((field) => {
    const value = text.slice(from, from + field.length);
    from += field.length;
    const reason = reasonAgainst(field, value);
    if (reason) faults.push({ record, field: field.label, reason });
    return [field.key, field.type === "digits" ? value : value.trimEnd()] as const;
  });
  // The entries are made of the very keys that RecordOf lists.
  return { values: Object.fromEntries(entries) as RecordOf<L>, faults };
}

function reasonAgainst({ type, length, only }: FieldLayout, value: string): string | undefined {
  if (value.length !== length) return `${length}桁に収まりません。`;
  if (type === "digits" && !/^\d+$/.test(value)) return "数字ではありません。";
  if (type === "open" && !/^[ -~｡-ﾟ]*$/.test(value)) return "使えない文字があります。";
  if (type !== "digits" && type !== "open" && !characterClasses[type].test(value))
    return "銀行が受け付けない文字があります。";
  if (only && !only.test(value)) return "決められた値ではありません。";
  return undefined;
}
