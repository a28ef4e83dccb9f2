import { isDayOff } from "#workflows/dates/days-off.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { foldKanji } from "#workflows/text/fold-kanji.ts";
import type { Actor } from "../access/actor.ts";
import { lookAtPeople } from "../people/index.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work } from "../work.ts";

/**
 * Goes through the log of every day that is over and was not gone through (USE-7): last night, and nights that were missed.
 * Each day is a transaction of its own; a day that was done is never done again.
 *
 * @returns how many findings there are
 */
export async function analyseLog(platform: Platform, system: Actor): Promise<number> {
  const options = { purpose: "scheduled", reason: "log-analysis" } as const;
  const days = await runWork(
    platform,
    system,
    options,
    ({ sql }) => sql<{ day: IsoDate }[]>`select day::text from oversight.days_due() day`,
  );
  let findings = 0;
  for (const { day } of days)
    findings += await runWork(platform, system, options, (work) => analyseDay(work, day));
  return findings;
}

async function analyseDay(work: Work, day: IsoDate): Promise<number> {
  const pairs = await ofOneSurname(work, day);
  const [row] = await work.sql<{ findings: number }[]>`
    select oversight.analyse(${day}, ${isDayOff(day)}, ${pairs.map(({ staff_id }) => staff_id)}::integer[],
      ${pairs.map(({ person_number }) => person_number)}::text[]) as findings`;
  return row?.findings ?? 0;
}

/**
 * Whom somebody looked at that bears their own surname. The database gives those whose name begins so, by keyed tokens; of
 * these few alone the name is opened, so that 森 is not taken for 森田.
 */
async function ofOneSurname(work: Work, day: IsoDate) {
  const surnames = await surnamesOfStaff(work);
  const tokens = [...surnames].map(([, surname]) => work.platform.keys.token(`kanji:${surname}`));
  const candidates = await work.sql<{ staff_id: number; person_number: string }[]>`
    select * from oversight.surname_candidates(${day}, ${[...surnames.keys()]}::integer[], ${tokens.map(String)}::text[]::bigint[])`;
  const numbers = [...new Set(candidates.map(({ person_number }) => person_number))];
  const bearing = new Map(
    (await lookAtPeople(work, numbers, ["name"])).map(({ personNumber, name }) => [
      personNumber,
      [name?.kanji, name?.commonName].map((one) => one && surnameOf(one)),
    ]),
  );
  return candidates.filter(({ staff_id, person_number }) =>
    bearing.get(person_number)?.includes(surnames.get(staff_id)),
  );
}

/** By staff id, folded. Names of staff are no secret of the vault; one without a space has no surname to compare. */
async function surnamesOfStaff({ sql }: Work): Promise<Map<number, string>> {
  const staff = await sql<{ id: number; display_name: string }[]>`
    select id, display_name from access.staff where kind <> 'system' order by id`;
  return new Map(
    staff.flatMap(({ id, display_name }) => {
      const surname = surnameOf(display_name);
      return surname ? [[id, surname]] : [];
    }),
  );
}

const surnameOf = (name: string): string | undefined => {
  const parts = name.trim().split(/[\s\u3000]+/u);
  return parts.length > 1 ? foldKanji(parts[0] ?? "") : undefined;
};
