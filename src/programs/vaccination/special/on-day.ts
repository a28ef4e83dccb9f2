import type { Addressee } from "#src/platform/letters/index.ts";
import { numbersOf } from "#src/platform/people/index.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Circumstance } from "#workflows/vaccination/special/circumstances.ts";
import type { SpecialKind } from "#workflows/vaccination/special/kinds.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import type { SpecialWords } from "./entries.ts";

/** What holds of a person on a day. */
interface SpecialOn {
  /** 長期療養特例 that was decided: each vaccine with the last day on which it may be given. */
  longIllness: readonly { vaccine: VaccineId; until: IsoDate }[];
  /** 要注意, by the ids of the entries: their words are sealed. */
  cautions: readonly string[];
  disaster: boolean;
  /** Entries with a place: where they stay, where letters go. */
  stay: string | undefined;
  mailingAddress: string | undefined;
  /** As the rules call what opens a target, with the days on which it does. */
  eligibility: readonly {
    kind: "pregnant" | "disability-60-64" | "hiv-60-64";
    from: IsoDate;
    until: IsoDate | undefined;
    dueOn: IsoDate | undefined;
  }[];
}

interface Row {
  asked: string;
  id: string;
  kind: SpecialKind;
  reason: string;
  from: IsoDate;
  until: IsoDate | null;
  hindranceFrom: IsoDate | null;
  hindranceTo: IsoDate | null;
  vaccines: VaccineId[];
  untils: IsoDate[];
  dueOn: IsoDate | null;
  wordsId: string | null;
}

/** Entries in force of people, under whichever of their numbers; on a day, or of all days. */
async function inForce(work: Work, asked: readonly string[], day?: IsoDate): Promise<Row[]> {
  if (asked.length === 0) return [];
  const numbers = await numbersOf(work, asked);
  const pairs = asked.flatMap((one) =>
    (numbers.get(one) ?? [one]).map((number) => ({ asked: one, number })),
  );
  return work.sql<Row[]>`
    select x.asked, e.id, e.kind, e.reason, e.valid_from::text as from, e.valid_until::text as until, e.hindrance_from::text as "hindranceFrom",
           e.hindrance_to::text as "hindranceTo", e.vaccines, e.untils::text[] as untils, e.due_on::text as "dueOn", e.words_id as "wordsId"
      from unnest(${pairs.map((one) => one.asked)}::text[], ${pairs.map(({ number }) => number)}::text[]) x(asked, number)
      join special.in_force(${pairs.map(({ number }) => number)}::text[], ${day ?? null}::date) e on e.person_number = x.number
     order by e.serial`;
}

/**
 * What holds of people on a day. A 長期療養特例 holds until the last of its vaccines; each names its own last day. What opens a target
 * (妊娠, 障害) is told on its own days.
 */
export async function specialOn(
  work: Work,
  personNumbers: readonly string[],
  day: IsoDate,
): Promise<Map<string, SpecialOn>> {
  const found = Map.groupBy(await inForce(work, personNumbers, day), ({ asked }) => asked);
  return new Map([...found].map(([number, rows]) => [number, onDay(rows, day)]));
}

function onDay(rows: readonly Row[], day: IsoDate): SpecialOn {
  const of = (kind: SpecialKind) => rows.filter((row) => row.kind === kind);
  return {
    longIllness: of("long-illness").flatMap(({ vaccines, untils }) =>
      vaccines.flatMap((vaccine, at) => {
        const until = untils[at];
        return until && day <= until ? [{ vaccine, until }] : [];
      }),
    ),
    cautions: of("caution").map(({ id }) => id),
    disaster: of("disaster").length > 0,
    stay: of("stay").at(-1)?.id,
    mailingAddress: of("mailing-address").at(-1)?.id,
    eligibility: rows.flatMap(({ kind, reason, from, until, dueOn }): SpecialOn["eligibility"] => {
      const days = { from, until: until ?? undefined, dueOn: dueOn ?? undefined };
      if (kind === "pregnancy") return [{ kind: "pregnant" as const, ...days }];
      if (kind !== "disability") return [];
      const disabled = { kind: "disability-60-64" as const, ...days };
      return reason === "hiv" ? [disabled, { kind: "hiv-60-64" as const, ...days }] : [disabled];
    }),
  };
}

/** Who of these has a 要注意 on a day, under whichever of their numbers: for papers, which mark it and do not tell what it is. */
export async function cautionedOn(
  work: Work,
  asked: readonly string[],
  day: IsoDate,
): Promise<Set<string>> {
  if (asked.length === 0) return new Set();
  const numbers = await numbersOf(work, asked);
  const under = new Map(asked.map((one) => [one, numbers.get(one) ?? [one]]));
  const found = await work.sql<{ number: string }[]>`
    select special.cautioned(${[...new Set([...under.values()].flat())]}::text[], ${day}::date) as number`;
  const cautioned = new Set(found.map(({ number }) => number));
  return new Set(asked.filter((one) => under.get(one)?.some((number) => cautioned.has(number))));
}

/** What opens or prolongs targets of people, with its days: for the rules (`conditionsAt`). */
export async function circumstancesOf(
  work: Work,
  personNumbers: readonly string[],
): Promise<Map<string, Circumstance[]>> {
  const rows = await inForce(work, personNumbers);
  const found = new Map<string, Circumstance[]>();
  for (const row of rows) {
    const one = circumstance(row);
    if (one) found.set(row.asked, [...(found.get(row.asked) ?? []), one]);
  }
  return found;
}

function circumstance(row: Row): Circumstance | undefined {
  const { kind, hindranceFrom, hindranceTo, vaccines, dueOn } = row;
  if (kind === "long-illness" && hindranceFrom && hindranceTo)
    return { kind, hindranceFrom, hindranceTo, vaccines };
  if (kind === "pregnancy" && dueOn) return { kind, dueOn };
  if (kind === "disability")
    return {
      kind,
      organ: row.reason as "heart" | "kidney" | "respiratory" | "hiv",
      from: row.from,
      until: row.until ?? undefined,
    };
  return undefined;
}

/**
 * Where letters of 予防接種 go on a day, of those who have a 送付先. In bulk: one look at all of them.
 *
 * @throws Problem 403 of a protected person whose address may not be seen
 */
export async function mailingAddressesOn(
  work: Work,
  personNumbers: readonly string[],
  day: IsoDate,
): Promise<Map<string, Addressee>> {
  const rows = (await inForce(work, personNumbers, day)).filter(
    ({ kind, wordsId }) => kind === "mailing-address" && wordsId,
  );
  const sealed = new Map(
    (await getSealed(work, [...new Set(rows.flatMap(({ wordsId }) => wordsId ?? []))])).map(
      ({ id, data }) => [id, data as SpecialWords],
    ),
  );
  return new Map(
    rows.flatMap(({ asked, wordsId }) => {
      const words = sealed.get(wordsId ?? "");
      if (!words?.name || !words.address) return [];
      const { name, postalCode = "", address, building = "" } = words;
      return [[asked, { name, postalCode, address, building }] as const];
    }),
  );
}
