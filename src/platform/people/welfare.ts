import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { holdsOn, type WelfareFact } from "#workflows/welfare/benefits.ts";
import type { Work } from "../work.ts";
import { lookAtRecords } from "./feed-records.ts";

/** What is known of somebody's benefits on a day. */
export interface KnownWelfare {
  /** Benefits and certificates that hold on the day, the oldest first. */
  facts: WelfareFact[];
  /** Date of the last full file since the person is needed; without one, no fact does not mean that there is none. */
  coveredOn: IsoDate | null;
}

/**
 * Benefits that people whom the 事務 of the work needs receive or hold on a day (生活保護, 障害者手帳, 手当), by
 * 統合宛名番号, as known now or on another day. Needs the right `person.read-welfare`; each look is logged as
 * `welfare`. The database refuses people of whom no need was announced (see `announceNeed`).
 */
export async function welfareOf(
  work: Work,
  personNumbers: readonly string[],
  on: IsoDate,
  knownOn?: IsoDate,
): Promise<Map<string, KnownWelfare>> {
  const known = await lookAtRecords<WelfareFact>(work, "welfare", personNumbers, { knownOn });
  return new Map(
    [...known].map(([personNumber, { records, coveredOn }]) => {
      const facts = records.map(({ content }) => content).filter((fact) => holdsOn(fact, on));
      facts.sort((one, other) => (one.from < other.from ? -1 : 1));
      return [personNumber, { facts, coveredOn }];
    }),
  );
}
