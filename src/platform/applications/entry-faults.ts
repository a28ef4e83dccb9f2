import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { bornNotBefore, lookAtPeople } from "../people/index.ts";
import { EntryProblem } from "../problem.ts";
import type { Work } from "../work.ts";

/** What is wrong with an entry, by the path of its field (`insurance.since`), in a sentence. */
export type EntryFaults = Readonly<Record<string, string>>;

/** By what an entry is judged beyond its own schema. */
export interface EntryAbout {
  /** Whose entry it is: the subject of the application, or who a report is about. */
  personNumber: string;
  today: IsoDate;
  /** The first day on which somebody can have been born; nothing for who is not known yet. */
  birthOf(personNumber: string): IsoDate | undefined;
}

/** Refuses an entry that the dates of its persons contradict; looks at their dates. @throws EntryProblem for the first fault */
export async function requireSound(
  work: Work,
  { personNumber, others }: { personNumber: string; others: readonly string[] },
  faultsOf: (about: EntryAbout) => EntryFaults,
): Promise<void> {
  const people = await lookAtPeople(work, [...new Set([personNumber, ...others])], ["facts"]);
  const births = new Map(people.map((one) => [one.personNumber, bornNotBefore(one)]));
  const today = work.platform.clock.today();
  const birthOf = (number: string) => births.get(number);
  const [first] = Object.entries(faultsOf({ personNumber, today, birthOf }));
  if (first) throw new EntryProblem(...first);
}
