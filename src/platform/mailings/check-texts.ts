import type { Fonts } from "#forms/index.ts";

const faces = ["gothic", "bold", "mincho"] as const;
/** Characters of two code units or with marks and variations are judged by the form itself. */
const single = /^[^\p{M}\ud800-\udfff]$/u;

/** Characters known to be printed in every face, by the fonts of a city. */
const printable = new WeakMap<Fonts, Map<string, boolean>>();

/**
 * Whether any text in the data of a form holds a character that some face may not print. Never misses one in the faces of
 * names, addresses and running text; may be wrong the other way, since it knows neither the form nor its 縮退.
 */
export function mayStop(data: unknown, fonts: Fonts): boolean {
  const known = printable.get(fonts) ?? new Map<string, boolean>();
  printable.set(fonts, known);
  const isPrinted = (character: string): boolean => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const found =
      single.test(character) &&
      faces.every((face) => fonts.shape(character, face, "text").unprintable.length === 0);
    known.set(character, found);
    return found;
  };
  return textsIn(data).some((text) => {
    for (const character of text) if (character !== "\n" && !isPrinted(character)) return true;
    return false;
  });
}

function textsIn(data: unknown): string[] {
  if (typeof data === "string") return [data];
  if (typeof data !== "object" || data === null || data instanceof Uint8Array) return [];
  return Object.values(data).flatMap(textsIn);
}
