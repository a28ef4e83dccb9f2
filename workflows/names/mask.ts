/** Stands where a name was. */
export const masked = "●●";

const folded = (text: string): string => text.normalize("NFKC");

/**
 * A text without the names: whole names, with and without the space between family and given name, and the family and given names
 * of two characters and more. Widths are folded, so that a name is found however it was typed.
 */
export function maskNames(text: string, names: readonly string[]): string {
  const parts = names.flatMap((name) => {
    const whole = folded(name).trim();
    const pieces = whole.split(/\s+/);
    return [whole, pieces.join(""), pieces.join("　"), ...pieces];
  });
  const found = [...new Set(parts)]
    .filter((one) => [...one].length >= 2)
    .toSorted((a, b) => b.length - a.length);
  return found.reduce((rest, one) => rest.replaceAll(one, masked), folded(text));
}
