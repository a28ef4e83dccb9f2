import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { checkShot } from "../check.ts";
import { findVaccine, seriesOf } from "../schedule.ts";
import { nextDose, occasionsOf } from "../series.ts";
import { type Circumstance, conditionsAt } from "../special/circumstances.ts";
import { isCityVaccine } from "../targets/city-vaccine-id.ts";
import type { Shot, Vaccine } from "../vocabulary.ts";
import { isOwn, type Outcome, type RecordChannel } from "./channels.ts";
import { type Doubt, doubt } from "./doubts.ts";

/** A dose as a channel tells it. */
export interface ToldDose {
  readonly channel: RecordChannel;
  readonly outcome: Outcome;
  readonly vaccine: string;
  readonly dose?: number | undefined;
  readonly givenOn: IsoDate;
  readonly product?: string | undefined;
  readonly lot?: string | undefined;
}

/** What is known of whoever it was given to. */
export interface KnownLife {
  /** The first day on which they can have been born. */
  readonly bornNotBefore: IsoDate;
  /** The day by which rules reckon; none where it is not known. */
  readonly bornOn?: IsoDate | undefined;
  readonly sex: "female" | "male" | "unknown";
  readonly diedOn?: IsoDate | undefined;
  /** What opens or prolongs a target. */
  readonly circumstances?: readonly Circumstance[] | undefined;
  /** Resident of the city from and to. */
  readonly residentFrom: IsoDate;
  readonly residentTo?: IsoDate | undefined;
}

/** A record that is there. */
export interface KnownShot extends Shot {
  readonly id: string;
  readonly dose: number;
}

/** A lot that is registered. */
export interface KnownLot {
  readonly lot: string;
  readonly product: string;
  readonly expiresOn: IsoDate;
}

/** What becomes of a told dose. */
export interface JudgedDose {
  /** The record that says the same already. */
  readonly same?: string | undefined;
  /** Which dose it is recorded as. */
  readonly dose: number;
  readonly doubts: readonly Doubt[];
}

/**
 * Judges one dose that a channel tells, against what is known. Edges: on the day of birth and of death a shot is possible; on the
 * last day of a lot it is in order; whoever moves on a day is a resident on it.
 *
 * Basis: 予防接種法9条の3, 予防接種法施行規則3条 (what is recorded); `checkShot` for age, interval and number.
 */
export function judgeDose(
  told: ToldDose,
  facts: {
    today: IsoDate;
    life: KnownLife;
    history: readonly KnownShot[];
    /** Registered lots of the vaccine; none registered, none judged. */
    lots: readonly KnownLot[];
  },
): JudgedDose {
  const { today, life, history } = facts;
  const vaccine = findVaccine(told.vaccine);
  if (!vaccine)
    return isCityVaccine(told.vaccine)
      ? judgeCityDose(told, facts)
      : { dose: told.dose ?? 1, doubts: [doubt("unknown-vaccine")] };
  const impossible = impossibleDay(told.givenOn, life, today);
  const own = history.filter((shot) => shot.vaccine === told.vaccine);
  const same = own.find(({ date, dose }) => date === told.givenOn && (told.dose ?? dose) === dose);
  const expected = expectedDose(vaccine, told, life, history);
  const taken = own.find(({ dose }) => dose === told.dose);
  const free = Math.max(0, ...own.map(({ dose }) => dose)) + 1;
  const wanted = told.dose ?? expected;
  const dose = own.some((shot) => shot.dose === wanted) ? free : wanted;
  if (impossible.length > 0) return { dose, doubts: impossible };
  if (told.outcome !== "given")
    return { dose: told.dose ?? expected, doubts: movedDoubt(told, life) };
  if (same) return { same: same.id, dose: same.dose, doubts: [] };
  const sameDay = history.some(
    (shot) => shot.date === told.givenOn && seriesOf(shot.vaccine) === seriesOf(told.vaccine),
  );
  return {
    dose,
    doubts: [
      ...movedDoubt(told, life),
      ...(sameDay ? [doubt("same-day")] : taken ? [doubt("dose-taken")] : []),
      ...lotDoubts(told, facts.lots),
      ...(isOwn(told.channel)
        ? ruleDoubts(vaccine, told, facts, { expected, sameDay, taken })
        : []),
    ],
  };
}

/** A dose of the city's own vaccine: no rule of the law is for it, but days, numbers and lots are looked at all the same. */
function judgeCityDose(
  told: ToldDose,
  {
    today,
    life,
    history,
    lots,
  }: { today: IsoDate; life: KnownLife; history: readonly KnownShot[]; lots: readonly KnownLot[] },
): JudgedDose {
  const own = history.filter((shot) => shot.vaccine === told.vaccine);
  const free = Math.max(0, ...own.map(({ dose }) => dose)) + 1;
  const taken = own.some((shot) => shot.dose === told.dose);
  const dose = told.dose === undefined || taken ? free : told.dose;
  const impossible = impossibleDay(told.givenOn, life, today);
  if (impossible.length > 0) return { dose, doubts: impossible };
  if (told.outcome !== "given") return { dose: told.dose ?? free, doubts: movedDoubt(told, life) };
  const same = own.find(
    (shot) => shot.date === told.givenOn && (told.dose ?? shot.dose) === shot.dose,
  );
  if (same) return { same: same.id, dose: same.dose, doubts: [] };
  const sameDay = own.some(({ date }) => date === told.givenOn);
  const twice = sameDay ? [doubt("same-day")] : taken ? [doubt("dose-taken")] : [];
  return { dose, doubts: [...movedDoubt(told, life), ...twice, ...lotDoubts(told, lots)] };
}

function impossibleDay(on: IsoDate, life: KnownLife, today: IsoDate): Doubt[] {
  if (on < life.bornNotBefore) return [doubt("before-birth")];
  if (life.diedOn && on > life.diedOn) return [doubt("after-death")];
  return on > today ? [doubt("future")] : [];
}

function movedDoubt({ channel, givenOn }: ToldDose, life: KnownLife): Doubt[] {
  if (!isOwn(channel)) return [];
  const there = life.residentFrom <= givenOn && (!life.residentTo || givenOn <= life.residentTo);
  return there ? [] : [doubt("moved-out")];
}

function lotDoubts({ lot, product, givenOn }: ToldDose, lots: readonly KnownLot[]): Doubt[] {
  if (!lot || lots.length === 0) return [];
  const found = lots.find(
    (one) => one.lot === lot && (product === undefined || one.product === product),
  );
  if (!found) return [doubt("unknown-lot")];
  return givenOn > found.expiresOn ? [doubt("expired-lot")] : [];
}

/** Which dose it would be by the rules; of vaccines that are given again each season or pregnancy the next of all. */
function expectedDose(
  vaccine: Vaccine,
  told: ToldDose,
  life: KnownLife,
  history: readonly KnownShot[],
): number {
  const past = history.filter(
    ({ vaccine: id, date }) =>
      (id === vaccine.id || vaccine.continues?.includes(id)) && date < told.givenOn,
  );
  const counted = Math.max(0, ...past.map(({ dose }) => dose)) + 1;
  if (vaccine.again || !life.bornOn || life.sex === "unknown") return counted;
  const conditions = conditionsAt(life.circumstances ?? [], told.givenOn);
  const person = { birth: life.bornOn, sex: life.sex, conditions };
  const [occasion] = occasionsOf(vaccine, person, past, told.givenOn).filter(
    ({ spans }) => spans.length > 0,
  );
  return (occasion && nextDose(occasion, told.givenOn, told.product)?.dose) ?? counted;
}

function ruleDoubts(
  vaccine: Vaccine,
  told: ToldDose,
  { life, history }: { life: KnownLife; history: readonly KnownShot[] },
  known: { expected: number; sameDay: boolean; taken: KnownShot | undefined },
): Doubt[] {
  if (!life.bornOn || life.sex === "unknown") return [doubt("no-birth-day")];
  const conditions = conditionsAt(life.circumstances ?? [], told.givenOn);
  const person = { birth: life.bornOn, sex: life.sex, diedOn: life.diedOn, conditions };
  const missing =
    !vaccine.again && told.dose !== undefined && !known.taken && told.dose > known.expected
      ? [doubt("earlier-missing")]
      : [];
  // Which dose it is called is judged above: the rules ask what the next one may be.
  const shot = { vaccine: told.vaccine, date: told.givenOn, product: told.product };
  return [
    ...missing,
    ...problemsOf(() =>
      checkShot(
        person,
        history.filter(({ date }) => date < told.givenOn),
        shot,
      ),
    )
      .filter(({ code }) => !(code === "already-complete" && (known.sameDay || known.taken)))
      .map(({ code, message }) => doubt(code, message)),
  ];
}

/** What the law of a day before its table asked for is not established: nothing is found wrong then. */
function problemsOf(check: () => ReturnType<typeof checkShot>): ReturnType<typeof checkShot> {
  try {
    return check();
  } catch (error) {
    if (error instanceof MissingParameterError) return [];
    throw error;
  }
}
