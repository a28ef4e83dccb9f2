import { parseJapaneseDate } from "#workflows/dates/wareki.ts";

/** NFC puts the plain kanji in place of these (U+795E for U+FA19): another name than the one in the register. */
const allButCompatibilityKanji = /[^\u{F900}-\u{FAFF}\u{2F800}-\u{2FA1F}]+/gu;

/** Text as it was typed, in composed characters; no other form, so that variants stay, those of the compatibility kanji too. */
export const plain = (text: string): string =>
  text.replace(allButCompatibilityKanji, (part) => part.normalize("NFC"));

/** Letters and figures in half width: telephone numbers. */
export const halfWidth = (text: string): string => text.normalize("NFKC");

/** A date however it was written, as `YYYY-MM-DD`; empty where it is none. */
export const date = (text: string): string => parseJapaneseDate(text) ?? "";
