import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { rowField } from "./entered.ts";
import type { Field, Fields } from "./rule.ts";

/** A value in words: the names of the fields that lead to it, and what it is. */
export interface ValueLine {
  readonly label: string;
  readonly text: string;
}

/** What stands in a value, a line a figure, in the order of its fields; what isn't set has no line. */
export function valueLines(fields: Fields, value: unknown, before = ""): ValueLine[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    linesOf(field, before + field.label, at(value, name)),
  );
}

function linesOf(field: Field, label: string, value: unknown): ValueLine[] {
  if (value === undefined || value === null) return [];
  switch (field.kind) {
    case "group":
      return valueLines(field.fields ?? {}, value, `${label} ＞ `);
    case "list": {
      const rows = Array.isArray(value) ? value : [];
      if (rows.length === 0) return [{ label, text: "なし" }];
      return rows.flatMap((row, index) => linesOf(rowField(field), `${label} ${index + 1}`, row));
    }
    case "choices":
      return [{ label, text: (value as unknown[]).map((one) => wordOf(field, one)).join("、") }];
    default:
      return [{ label, text: wordOf(field, value) }];
  }
}

function wordOf(field: Field, value: unknown): string {
  if (typeof value === "boolean") return value ? "はい" : "いいえ";
  if (typeof value === "number") return value.toLocaleString("ja-JP");
  const text = String(value);
  if (field.kind === "date" && isIsoDate(text)) return formatWareki(text);
  return field.choices?.[text] ?? text;
}

const at = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
