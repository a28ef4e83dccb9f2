import { parseJapaneseDate } from "#workflows/dates/wareki.ts";

/** Text as it was typed, in composed characters; no other form, so that variants stay. */
export const plain = (text: string): string => text.normalize("NFC");

/** Figures in half width, without spaces and hyphens. */
export const figures = (text: string): string => text.normalize("NFKC").replaceAll(/[\s-]/g, "");

/** Letters and figures in half width: telephone numbers. */
export const halfWidth = (text: string): string => text.normalize("NFKC");

/** Kana of any width as full-width katakana. */
export const katakana = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60))
    .replaceAll(/\s+/g, "　");

/** A date however it was written, as `YYYY-MM-DD`; empty where it is none. */
export const date = (text: string): string => parseJapaneseDate(text) ?? "";
