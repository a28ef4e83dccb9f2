import type { IsoDate } from "#workflows/dates/iso-date.ts";

/**
 * How sure a row is: `established` (law text or official page seen), `probable` (common knowledge of
 * the field, to be confirmed), `assumed` (nothing established: a setting the city has to confirm).
 */
export type Certainty = "established" | "probable" | "assumed";

/** One row of a parameter: it holds from `from` to `to`, both inclusive; no `to` means until changed. */
export interface DatedRow<T> {
  readonly from: IsoDate;
  readonly to?: IsoDate;
  readonly value: T;
  readonly source: string;
  readonly certainty: Certainty;
}

/** A parameter of law or ordinance with its rows in order of time. */
export interface DatedParameter<T> {
  readonly name: string;
  readonly rows: readonly DatedRow<T>[];
}

/** No row of a parameter holds on the day: somebody has to enter it, nothing is guessed. */
export class MissingParameterError extends Error {
  readonly parameter: string;
  readonly on: IsoDate;
  constructor(parameter: string, on: IsoDate) {
    super(`${parameter}は、${on}の値が登録されていません。`);
    this.name = "MissingParameterError";
    this.parameter = parameter;
    this.on = on;
  }
}

/** The row that holds on a day; throws {@link MissingParameterError} when none does. */
export function rowOn<T>(parameter: DatedParameter<T>, on: IsoDate): DatedRow<T> {
  const row = parameter.rows.find(({ from, to }) => from <= on && (to === undefined || on <= to));
  if (!row) throw new MissingParameterError(parameter.name, on);
  return row;
}

/** The value that holds on a day; throws {@link MissingParameterError} when none does. */
export function valueOn<T>(parameter: DatedParameter<T>, on: IsoDate): T {
  return rowOn(parameter, on).value;
}

/** How a row is cited in a basis list: name, dates, source. */
export function citeRow<T>(parameter: DatedParameter<T>, row: DatedRow<T>): string {
  return `${parameter.name}(${row.from}〜${row.to ?? ""}; ${row.source})`;
}
