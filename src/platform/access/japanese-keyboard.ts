/** Keys of a Japanese keyboard (JIS X 6002), row by row from the top, each unshifted and shifted; the rows are staggered. */
const rows: readonly (readonly string[])[] = [
  ["1!", '2"', "3#", "4$", "5%", "6&", "7'", "8(", "9)", "0", "-=", "^~", "¥|"],
  ["qQ", "wW", "eE", "rR", "tT", "yY", "uU", "iI", "oO", "pP", "@`", "[{"],
  ["aA", "sS", "dD", "fF", "gG", "hH", "jJ", "kK", "lL", ";+", ":*", "]}"],
  ["zZ", "xX", "cC", "vV", "bB", "nN", "mM", ",<", ".>", "/?", "\\_"],
];

/** Which keys lie beside each character, clockwise from the left, as zxcvbn takes a layout. */
export const japaneseKeyboard: Record<string, (string | null)[]> = Object.fromEntries(
  rows.flatMap((row, y) =>
    row.flatMap((key, x) => {
      const at = (dx: number, dy: number) => rows[y + dy]?.[x + dx] ?? null;
      const beside = [at(-1, 0), at(0, -1), at(1, -1), at(1, 0), at(0, 1), at(-1, 1)];
      return [...key].map((character) => [character, beside]);
    }),
  ),
);
