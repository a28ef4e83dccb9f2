import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";

/** A day as a date field shows it; nothing where none is known. */
export const shortDay = (day: string | null | undefined): string =>
  day && isIsoDate(day) ? formatWarekiShort(day) : "";
