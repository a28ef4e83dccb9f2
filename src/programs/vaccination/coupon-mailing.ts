import { z } from "zod";
import { writeMixed } from "#forms/index.ts";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import type {
  ItemReason,
  MailingKind,
  PieceToPrint,
  PrintedPieces,
  RunOfKind,
  RunOrder,
} from "#src/platform/mailings/index.ts";
import { type Person, type SelectedPerson, selectPeople } from "#src/platform/people/index.ts";
import { officeFinder, type PaperVersion } from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, addMonths, type IsoDate, type IsoMonth } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import {
  type CouponOrder,
  type CouponSelection,
  firstOf,
  readSubject,
  selectCoupons,
} from "#workflows/mailings/coupons-due.ts";
import { dueDose } from "#workflows/vaccination/due.ts";
import { doseLabel, getVaccine, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { type Shot, type VaccineId, vaccineIds } from "#workflows/vaccination/vocabulary.ts";
import {
  issueCoupons,
  type NewCoupon,
  sentSubjects,
  takeCouponNumbers,
  withdrawRun,
} from "./coupons.ts";
import { type CouponFacts, couponData, lookFinder, unprintableOf } from "./papers.ts";
import { historiesOf } from "./shots.ts";
import { couponVaccines } from "./vaccines.ts";

const orderShape = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .transform((text) => text as IsoMonth),
  vaccines: z.array(z.enum(vaccineIds)).min(1),
  scope: z.enum(["new", "all"]),
});

/** Those who left longer ago than this before the month are no longer listed as moved out. */
const monthsListedAfterLeaving = 3;
/** People whose history is read at once. */
const lot = 20_000;

export const couponOrder = (parameters: unknown): CouponOrder => orderShape.parse(parameters);

/** 期 and 回 of a subject with the vaccine, for lists. */
export function subjectTitle(subject: string): string {
  const { vaccine, dose } = readSubject(subject);
  return `${vaccineLabel(vaccine)} ${doseLabel(vaccine, dose)}`;
}

/** The monthly coupons: each child whose dose becomes due, from birth date, residence and history. */
export const couponMailing: MailingKind = {
  id: "vaccination-coupon",
  program: "vaccination",
  title: "予防接種券",
  form: vaccinationCoupon,
  subjectTitle,
  describe(parameters) {
    const { month, vaccines, scope } = couponOrder(parameters);
    return [
      { label: "対象月", value: formatWareki(firstOf(month)).replace(/\d+日$/, "") },
      { label: "予防接種", value: namesOf(vaccines) },
      {
        label: "範囲",
        value: scope === "new" ? "この月に対象になる人" : "この月に受けられる未送付の人すべて",
      },
    ];
  },
  async select(work, { parameters }) {
    const order = couponOrder(parameters);
    const { births, dueTo } = selectCoupons(order);
    const people = await selectPeople(work, { births });
    const longGone = addMonths(firstOf(order.month), -monthsListedAfterLeaving);
    const listed = people.filter(({ residence }) => !residence.to || residence.to >= longGone);
    const candidates = [];
    for (let start = 0; start < listed.length; start += lot) {
      const some = listed.slice(start, start + lot);
      const numbers = some.map(({ personNumber }) => personNumber);
      const histories = await historiesOf(work, numbers);
      const sent = await sentSubjects(work, numbers);
      for (const person of some)
        candidates.push(...candidatesOf(person, dueTo, { histories, sent }));
    }
    return candidates;
  },
  async unprintable(work, run, people) {
    const { as } = await lookFinder(work)(paperOf(run), work.platform.clock.today());
    return new Map(
      people
        .map((person) => [person.personNumber, unprintableOf(person, as.fonts)] as const)
        .filter(([, characters]) => characters.length > 0),
    );
  },
  takeNumbers: (work, _run, pieces) => takeCouponNumbers(work, pieces.length),
  async refuse(work, run, pieces) {
    const numbers = pieces.map(({ personNumber }) => personNumber);
    const sent = await sentSubjects(work, numbers);
    const facts = await factsOf(work, run, pieces);
    return new Map(
      pieces.flatMap(({ personNumber, subject, pieceNumber }): [string, ItemReason][] => {
        if (sent.get(personNumber)?.has(subject)) return [[pieceNumber, "already-sent"]];
        return facts.has(pieceNumber) ? [] : [[pieceNumber, "not-due"]];
      }),
    );
  },
  async print(work, run, pieces) {
    return printCoupons(work, pieces, await factsOf(work, run, pieces), run);
  },
  async issue(work, run, pieces) {
    const facts = await factsOf(work, run, pieces);
    const coupons = pieces.map(({ personNumber, pieceNumber }): NewCoupon => {
      const { subject, ...rest } = required(facts, pieceNumber);
      return { personNumber, ...readSubject(subject), ...rest };
    });
    await issueCoupons(work, coupons, run.id);
  },
  withdraw: withdrawRun,
};

function paperOf({ paper }: RunOrder): PaperVersion {
  if (!paper) throw new Error("coupons of a month are printed in one version");
  return paper;
}

const nameOf = (id: VaccineId): string =>
  [vaccineLabel(id), getVaccine(id).period].filter(Boolean).join(" ");

const namesOf = (vaccines: readonly VaccineId[]): string =>
  vaccines.length === couponVaccines.length
    ? `子どもの定期接種すべて（${vaccines.length}種類）`
    : vaccines.map(nameOf).join("、");

function candidatesOf(
  person: SelectedPerson,
  dueTo: CouponSelection["dueTo"],
  known: { histories: Map<string, Shot[]>; sent: Map<string, Set<string>> },
) {
  const { personNumber, residence, diedOn } = person;
  const due = dueTo({
    birth: person.birthDate,
    sex: person.sex,
    residentFrom: residence.from,
    history: known.histories.get(personNumber) ?? [],
    sent: known.sent.get(personNumber) ?? new Set(),
  });
  const gone: ItemReason | undefined =
    diedOn || residence.toReason === "death" ? "deceased" : residence.to ? "moved-out" : undefined;
  return due.map(({ subject, sent }) => {
    const leftOut = gone ?? (sent ? ("already-sent" as const) : undefined);
    return { personNumber, subject, ...(leftOut && { leftOut }) };
  });
}

/** What each coupon says, by number; none for a dose that the history has overtaken. */
async function factsOf(
  work: Work,
  run: RunOfKind,
  pieces: readonly PieceToPrint[],
): Promise<Map<string, CouponFacts>> {
  const numbers = pieces.map(({ personNumber }) => personNumber);
  const histories = await historiesOf(work, numbers);
  const asked = addDays(firstOf(couponOrder(run.parameters).month), -1);
  const paper = paperOf(run);
  return new Map(
    pieces.flatMap(({ person, subject, pieceNumber }): [string, CouponFacts][] => {
      const history = histories.get(person.personNumber) ?? [];
      const facts = couponFacts(person, { subject, asked, issuedOn: run.datedOn, history });
      return facts ? [[pieceNumber, { number: pieceNumber, paper, ...facts }]] : [];
    }),
  );
}

/**
 * The name of a dose and the dates between which it may be given, as the history leaves them from the
 * day `asked` on; nothing when another dose is next, or its time is over.
 */
export function couponFacts(
  { birthDate, sex }: Pick<Person, "birthDate" | "sex">,
  coupon: { subject: string; asked: IsoDate; issuedOn: IsoDate; history: readonly Shot[] },
): Omit<CouponFacts, "number" | "paper"> | undefined {
  const { subject, asked, issuedOn, history } = coupon;
  const { vaccine, dose } = readSubject(subject);
  const known = { birth: birthDate, sex: sex === "male" ? ("male" as const) : ("female" as const) };
  const due = dueDose(getVaccine(vaccine), known, asked, history);
  if (due?.dose !== dose || due.latest < issuedOn) return undefined;
  // A dose that is open already may be given from the day of the letter.
  const usableFrom = due.earliest <= asked || due.earliest < issuedOn ? issuedOn : due.earliest;
  return { subject, label: due.label, usableFrom, usableTo: due.latest, issuedOn };
}

/** Prints coupons, a page each, in the order given, each in its own version. */
export async function printCoupons(
  work: Work,
  pieces: readonly PieceToPrint[],
  facts: ReadonlyMap<string, CouponFacts>,
  { sample = false }: { sample?: boolean } = {},
): Promise<PrintedPieces> {
  const officeOf = await officeFinder(work);
  const lookOf = lookFinder(work, { sample });
  const { pdf, held } = await writeMixed(
    await Promise.all(
      pieces.map(async ({ person, pieceNumber }) => {
        const coupon = required(facts, pieceNumber);
        const { as, ...look } = await lookOf(coupon.paper, coupon.issuedOn);
        const office = officeOf(person.officeCode);
        return { as, data: couponData(person, coupon, { office, ...look }) };
      }),
    ),
  );
  const stopped = new Map(
    held.map(({ index, problems }) => [pieces[index]?.pieceNumber ?? "", problems] as const),
  );
  return { pdf, stopped };
}

function required<T>(map: ReadonlyMap<string, T>, number: string): T {
  const found = map.get(number);
  if (!found) throw new Problem({ status: 409, message: "接種記録が変わりました。" });
  return found;
}
