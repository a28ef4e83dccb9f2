import { randomUUID } from "node:crypto";
import { lookAtPeople, type Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { birthRange } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { MistakeCategory } from "#workflows/vaccination/mistakes/categories.ts";
import { isOwn } from "#workflows/vaccination/records/channels.ts";
import { type Doubt, doubt, mistakeOf } from "#workflows/vaccination/records/doubts.ts";
import {
  judgeDose,
  type KnownLife,
  type KnownLot,
  type KnownShot,
} from "#workflows/vaccination/records/judge.ts";
import { scoreOf } from "#workflows/vaccination/records/score.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import type { Circumstance } from "#workflows/vaccination/special/circumstances.ts";
import { circumstancesOf } from "../special/index.ts";
import { knownIdentity, type Matched } from "./match.ts";
import type { TakenRecord, ToldRecord } from "./told.ts";

/** A told record with what becomes of it. */
export interface JudgedTold {
  told: ToldRecord;
  matched: Matched;
  state: TakenRecord["state"];
  vaccine: string;
  dose: number | undefined;
  /** The record that comes of it, or that says the same already; none where it is none. */
  shotId: string | undefined;
  doubts: readonly Doubt[];
  /** 態様, where it is recorded although something was wrong. */
  mistake: MistakeCategory | undefined;
}

/** A told record with whose it may be. */
export interface MatchedTold {
  told: ToldRecord;
  matched: Matched;
}

/** What told records are judged by, their people's own doses apart. */
export interface KnownOfTold {
  people: ReadonlyMap<string, Person>;
  circumstances: ReadonlyMap<string, readonly Circumstance[]>;
  lots: ReadonlyMap<string, readonly KnownLot[]>;
}

/** Looks at the people of told records and at what else they are judged by; a fixed number of statements. */
export async function knownOfTold(work: Work, told: readonly MatchedTold[]): Promise<KnownOfTold> {
  const numbers = numbersOf(told);
  const named = told.some(
    ({ told, matched }) =>
      (matched.by === "coupon" || matched.by === "mother-child-number") && told.identity,
  );
  const people = await lookAtPeople(work, numbers, named ? ["facts", "name"] : ["facts"]);
  return {
    people: new Map(people.map((person) => [person.personNumber, person])),
    circumstances: await circumstancesOf(work, numbers),
    lots: await lotsOf(work, [...new Set(told.map(vaccineOf))]),
  };
}

/** Judges told records in their order without keeping anything, each beside those before it. */
export async function foreseeTold(work: Work, told: readonly MatchedTold[]): Promise<JudgedTold[]> {
  const known = await knownOfTold(work, told);
  return judgeAll(work, told, known, await shotsOf(work, numbersOf(told)));
}

/**
 * Judges told records to be kept in this unit of work, in their order, each beside those before it: until it ends, whoever else
 * enters records of these people waits.
 */
export async function judgeTold(
  work: Work,
  told: readonly MatchedTold[],
  known: KnownOfTold,
): Promise<JudgedTold[]> {
  const numbers = numbersOf(told);
  if (numbers.length > 0) await work.sql`select vaccination.lock_people(${numbers}::text[])`;
  return judgeAll(work, told, known, await shotsOf(work, numbers));
}

const numbersOf = (told: readonly MatchedTold[]): string[] => [
  ...new Set(told.flatMap(({ matched }) => matched.personNumber ?? [])),
];

function judgeAll(
  work: Work,
  told: readonly MatchedTold[],
  { people, circumstances, lots }: KnownOfTold,
  histories: Map<string, KnownShot[]>,
): JudgedTold[] {
  const today = work.platform.clock.today();
  return told.map((one) => {
    const person = people.get(one.matched.personNumber ?? "");
    const history = histories.get(person?.personNumber ?? "") ?? [];
    const judged = judgeOne(one, {
      person,
      history,
      circumstances: circumstances.get(person?.personNumber ?? ""),
      lots: lots.get(vaccineOf(one)) ?? [],
      today,
    });
    if (judged.state === "recorded" && person && judged.dose !== undefined)
      histories.set(person.personNumber, [
        ...history,
        {
          id: judged.shotId ?? "",
          vaccine: judged.vaccine,
          dose: judged.dose,
          date: one.told.givenOn,
          product: one.told.product,
        },
      ]);
    return judged;
  });
}

const vaccineOf = ({ told, matched }: MatchedTold): string =>
  told.vaccine || matched.coupon?.vaccine || "";

function judgeOne(
  { told, matched }: MatchedTold,
  known: {
    person: Person | undefined;
    history: readonly KnownShot[];
    circumstances: readonly Circumstance[] | undefined;
    lots: readonly KnownLot[];
    today: IsoDate;
  },
): JudgedTold {
  const { person, history, circumstances, lots, today } = known;
  const vaccine = vaccineOf({ told, matched });
  const asCoupon = told.vaccine === "" || told.vaccine === matched.coupon?.vaccine;
  // A coupon of each season is for a first dose: the record counts on.
  const again = findVaccine(vaccine)?.again !== undefined;
  const dose = told.dose ?? (asCoupon && !again ? matched.coupon?.dose : undefined);
  const common = { told, matched, vaccine, dose, shotId: undefined, mistake: undefined };
  if (!person) {
    const doubts = matched.doubts.length > 0 ? matched.doubts : [doubt("no-person")];
    const unfound = { ...matched, personNumber: undefined, by: undefined };
    const nobody = doubts.every(({ code }) => code === "no-person");
    return { ...common, matched: unfound, state: nobody ? "unmatched" : "doubtful", doubts };
  }
  const judged = judgeDose(
    { ...told, vaccine, dose },
    { today, life: { ...lifeOf(person), circumstances }, history, lots },
  );
  const doubts = [
    ...matched.doubts,
    ...identityDoubts(told, matched, person),
    ...couponDoubts(vaccine, matched),
    ...judged.doubts,
  ];
  const state = stateOf(told, judged.same, doubts);
  const recorded = state === "recorded";
  return {
    ...common,
    state,
    dose: recorded || judged.same ? judged.dose : dose,
    // Known before it is written: the next slip of the lot may tell the same dose.
    shotId: recorded ? randomUUID() : state === "second-channel" ? judged.same : undefined,
    doubts,
    mistake: recorded && isOwn(told.channel) ? mistakeOf(doubts) : undefined,
  };
}

function stateOf(
  told: ToldRecord,
  same: string | undefined,
  doubts: readonly Doubt[],
): TakenRecord["state"] {
  if (doubts.some(({ acceptable }) => !acceptable)) return "doubtful";
  // What was given elsewhere is a fact: only a dose that is told in two ways has to be looked at.
  const asked = isOwn(told.channel)
    ? doubts
    : doubts.filter(({ code }) => code === "dose-taken" || code === "same-day");
  if (asked.length > 0 && !told.accept) return "doubtful";
  if (told.outcome !== "given") return "noted";
  return same ? "second-channel" : "recorded";
}

/** What the slip says of the person beside whom its number is: another name, birth or sex is somebody else. */
function identityDoubts(told: ToldRecord, { by }: Matched, person: Person): Doubt[] {
  const { identity } = told;
  if (!identity || (by !== "coupon" && by !== "mother-child-number")) return [];
  const { lines } = scoreOf(identity, knownIdentity(person));
  const differs = lines.some(
    ({ what, points, says }) => what !== "住所" && points === 0 && says === "相違",
  );
  return differs ? [doubt("person-differs")] : [];
}

function couponDoubts(vaccine: string, { coupon }: Matched): Doubt[] {
  if (!coupon) return [];
  return [
    ...(coupon.state === "cancelled" ? [doubt("cancelled-coupon")] : []),
    ...(coupon.vaccine === vaccine ? [] : [doubt("other-coupon")]),
  ];
}

/** What the rules ask of a life. */
export const lifeOf = (person: Person): KnownLife => ({
  bornNotBefore: birthRange(person.birthDate).from,
  bornOn: person.bornOn,
  sex: person.sex === "male" || person.sex === "female" ? person.sex : "unknown",
  diedOn: person.diedOn,
  residentFrom: person.residence.from,
  residentTo: person.residence.to,
});

/** Records of people with their ids, by person and in order of time. */
export async function shotsOf(
  work: Work,
  personNumbers: readonly string[],
): Promise<Map<string, KnownShot[]>> {
  if (personNumbers.length === 0) return new Map();
  const rows = await work.sql<(KnownShot & { person: string })[]>`
    select person_number as person, id, vaccine, dose, given_on::text as date, product
      from vaccination.shot where person_number = any(${[...personNumbers]}::text[]) order by given_on, vaccine, dose`;
  const found = new Map<string, KnownShot[]>();
  for (const { person, product, ...shot } of rows) {
    const shots = found.get(person) ?? [];
    shots.push({ ...shot, product: product ?? undefined });
    found.set(person, shots);
  }
  return found;
}

async function lotsOf(work: Work, vaccines: readonly string[]): Promise<Map<string, KnownLot[]>> {
  const rows = await work.sql<(KnownLot & { vaccine: string })[]>`
    select vaccine, lot, product, expires_on::text as "expiresOn"
      from vaccination.lot where vaccine = any(${[...vaccines]}::text[]) and not withdrawn`;
  return Map.groupBy(rows, ({ vaccine }) => vaccine);
}
