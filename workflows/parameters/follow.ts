import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { DatedParameter, DatedRow } from "./dated.ts";

/** Rows in order of their first days, each ending where the next begins at the latest. */
export function following<T>(rows: readonly DatedRow<T>[]): DatedRow<T>[] {
  const ordered = rows.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return ordered.map((row, index) => {
    const next = ordered[index + 1];
    if (!next) return row;
    const last = addDays(next.from, -1);
    return row.to !== undefined && row.to < last ? row : { ...row, to: last };
  });
}

/** A parameter with other rows in the place of its own from the day of the first of them on. What held before stays. */
export function replacedBy<T>(
  base: DatedParameter<T> | undefined,
  name: string,
  rows: readonly DatedRow<T>[],
): DatedParameter<T> {
  const [first] = following(rows);
  if (!first) return base ?? { name, rows: [] };
  const before: IsoDate = addDays(first.from, -1);
  const kept = (base?.rows ?? [])
    .filter((row) => row.from <= before)
    .map((row) => (row.to !== undefined && row.to <= before ? row : { ...row, to: before }));
  return { name: base?.name ?? name, rows: [...kept, ...following(rows)] };
}
