import type { Lines } from "#src/platform/lines.ts";
import type { Person } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { conditionsAt } from "#workflows/vaccination/special/circumstances.ts";
import { handbookOf } from "../handbook.ts";
import { historiesOf } from "../shots.ts";
import { circumstancesOf } from "../special/index.ts";

/** Somebody who moved here and of whom nothing was asked yet. */
export interface InMover {
  personNumber: string;
  movedInOn: IsoDate;
  /** Under 支援措置, or living with somebody who is: asking tells where they came to. */
  withheld: boolean;
  /** Records of theirs that are there already. */
  takenDown: number;
}

/** @throws EntryProblem of `to` where the period is none, or longer than 400 days */
export function requirePeriod({ from, to }: { from: IsoDate; to: IsoDate }): void {
  if (to < from) throw new EntryProblem("to", "終わりは始まりより後にしてください。");
  if (daysBetween(from, to) > 400) throw new EntryProblem("to", "期間は400日までにしてください。");
}

/**
 * A page of who moved here within a period, born since a day, of whom nothing was asked since they came.
 *
 * @throws EntryProblem of `to` where the period is none, or longer than 400 days
 */
export async function listInMovers(
  work: Work,
  asked: { from: IsoDate; to: IsoDate; bornSince: IsoDate },
  { from, size }: Lines,
): Promise<{ rows: InMover[]; total: number }> {
  requirePeriod(asked);
  const rows = await work.sql<(InMover & { total: number })[]>`
    select person_number as "personNumber", moved_in_on::text as "movedInOn", withheld, taken_down as "takenDown", total
      from exchange.in_movers(${asked.from}, ${asked.to}, ${asked.bornSince}, ${size}, ${from})`;
  return { rows: [...rows], total: rows[0]?.total ?? 0 };
}

/** Those of some people of whose vaccinations nothing is missing: no dose is due, and none is past its time without a record. */
export async function completeAmong(
  work: Work,
  people: readonly Pick<Person, "personNumber" | "bornOn" | "sex">[],
): Promise<ReadonlySet<string>> {
  const numbers = people.map(({ personNumber }) => personNumber);
  const today = work.platform.clock.today();
  const histories = await historiesOf(work, numbers);
  const circumstances = await circumstancesOf(work, numbers);
  const complete = people.filter(({ personNumber, bornOn, sex: told }) => {
    if (!bornOn) return false;
    const conditions = conditionsAt(circumstances.get(personNumber) ?? [], today);
    const sex = told === "male" ? "male" : "female";
    const rows = handbookOf(
      { birth: bornOn, sex, conditions },
      histories.get(personNumber) ?? [],
      today,
    );
    return rows.every(({ cells }) =>
      cells.every(({ state }) => state !== "due" && state !== "late"),
    );
  });
  return new Set(complete.map(({ personNumber }) => personNumber));
}
