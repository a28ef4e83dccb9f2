import type { ComponentChildren } from "preact";
import { joinEntry } from "#src/platform/applications/index.ts";
import type { AnyCaseScreens, Items } from "./declaration.ts";

/** What was entered of one person of a case, in words: of the others of a household only the lines that are theirs. */
export function entryWords(
  { application, items }: AnyCaseScreens,
  piece: { data: object; personNumber: string; subject: string },
): readonly (readonly [string, string])[] {
  const { data, personNumber, subject } = piece;
  const linesOf = (pieces: { personNumber: string; data: object }[]) =>
    wordsOf(items(joinEntry(application, pieces, subject)));
  if (personNumber === subject) return linesOf([{ personNumber, data }]);
  const ofNobody = new Set(linesOf([]).map(([label]) => label));
  return linesOf([{ personNumber, data }]).filter(([label]) => !ofNobody.has(label));
}

const wordsOf = (items: Items) => items.map(([label, value]) => [label, wordsIn(value)] as const);

/** The words of what a list shows, without how it is shown. */
function wordsIn(value: ComponentChildren): string {
  if (Array.isArray(value)) return value.map(wordsIn).join("");
  if (value && typeof value === "object" && "props" in value)
    return wordsIn((value.props as { children?: ComponentChildren }).children);
  return value === null || value === undefined || typeof value === "boolean" ? "" : String(value);
}
