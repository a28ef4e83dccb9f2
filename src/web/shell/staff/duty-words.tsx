import { type Duty, duties, type StaffEntry } from "#src/platform/access/index.ts";
import { readDate, showDateShort } from "../../dates.ts";
import type { ProgramScreens } from "../../screens.ts";

/** Kinds of ids in words. */
export const kindTitles = { employee: "職員", contractor: "委託先", system: "定時処理" } as const;

/** Titles of the 事務 by id. */
export type ProgramTitles = ReadonlyMap<string, string>;

export const programTitles = (programs: readonly ProgramScreens[]): ProgramTitles =>
  new Map(programs.map(({ id, title }) => [id, title]));

/** Title of a duty as the database names it. */
export const dutyTitle = (duty: string): string =>
  duty in duties ? duties[duty as Duty].title : duty;

/** Duties in force in words: what, for which 事務 and 区, until when. */
export function dutyWords(entry: StaffEntry, titles: ProgramTitles): string[] {
  return entry.duties.map((held) => {
    const program = held.program === null ? "全事務" : (titles.get(held.program) ?? held.program);
    const office = held.officeName ?? "全区";
    const until = showDateShort(readDate(held.validTo));
    return `${dutyTitle(held.duty)}（${program}・${office}・${until}まで）`;
  });
}

/** The same as lines of a cell. */
export function DutyWords({ entry, titles }: { entry: StaffEntry; titles: ProgramTitles }) {
  if (entry.duties.length === 0) return <span class="off-reason">なし</span>;
  return (
    <ul>
      {dutyWords(entry, titles).map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
}
