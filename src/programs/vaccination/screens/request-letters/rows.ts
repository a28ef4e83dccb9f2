import type { Values } from "#src/web/values.ts";

/** How many rows of fields a form has: those it came with, more where the button for more was pressed. */
export function rowsOf(
  form: Values | undefined,
  known: number,
  { atFirst, more, most }: { atFirst: number; more: number; most: number },
): number {
  if (!form) return Math.min(Math.max(atFirst, known), most);
  const rows = Math.min(Math.max(form.integer("rows") ?? atFirst, 1), most);
  return Math.min(form.text("go") === "more" ? rows + more : rows, most);
}

/** The rows of a form in which something was typed, from 1. */
export const filledRows = (
  form: Values,
  rows: number,
  { letter, fields }: { letter: string; fields: readonly string[] },
): number[] =>
  Array.from({ length: rows }, (_, index) => index + 1).filter((row) =>
    fields.some((field) => form.text(`${letter}${row}.${field}`) !== ""),
  );

/** Mistakes by the names of the fields: `lines.0.dose` of the first row that was filled in is `l2.dose` where that is the second. */
export const atRows = (
  errors: Readonly<Record<string, string>>,
  { list, letter, rows }: { list: string; letter: string; rows: readonly number[] },
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const [first, index, field] = path.split(".");
      if (first !== list) return [path, message];
      if (index === undefined || field === undefined) return [`${letter}1.vaccine`, message];
      return [`${letter}${rows[Number(index)] ?? 1}.${field}`, message];
    }),
  );
