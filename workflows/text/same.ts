/** Characters that show nothing of their own: they choose a shape of the kanji before them. */
export const variationSelectors = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/**
 * Whether what a person wrote is what the register has: widths, spaces and registered shapes of a kanji do not count,
 * since they cannot be typed at every terminal; old and new kanji (髙 and 高) do.
 */
export const sameText = (a: string, b: string): boolean => bare(a) === bare(b);

const bare = (text: string) =>
  text.replace(variationSelectors, "").normalize("NFKC").replace(/\s/g, "");
