import type { BusinessClock } from "#src/platform/clock.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** A clock that stands on a date until it is moved: for the year that the demonstration plays, and for tests. */
export function playedClock(date: IsoDate): BusinessClock & { moveTo(date: IsoDate): void } {
  let current = date;
  return {
    today: () => current,
    now: () => new Date(`${current}T10:00:00+09:00`),
    moveTo: (next) => {
      current = next;
    },
  };
}
