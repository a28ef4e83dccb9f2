import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { lawDates } from "./law-dates.ts";
import type { Vaccine } from "./vocabulary.ts";

/**
 * Refuses to judge a day before the table of the law begins, of a vaccine that was routine then by rules that are not
 * established here.
 *
 * @throws MissingParameterError
 */
export function requireRules({ label, period, olderThanTable }: Vaccine, on: IsoDate): void {
  if (olderThanTable && on < lawDates.table.from)
    throw new MissingParameterError(
      `${[label, period].filter(Boolean).join(" ")}の定期接種の定め(${lawDates.table.from}より前)`,
      on,
    );
}
