import { parseJapaneseDate } from "#workflows/dates/wareki.ts";

/** Text as it was typed, in composed characters; no other form, so that variants stay. */
export const plain = (text: string): string => text.normalize("NFC");

/** Letters and figures in half width: telephone numbers. */
export const halfWidth = (text: string): string => text.normalize("NFKC");

/** A date however it was written, as `YYYY-MM-DD`; empty where it is none. */
export const date = (text: string): string => parseJapaneseDate(text) ?? "";
