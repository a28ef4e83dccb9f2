import { z } from "zod";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import type { Candidate, MailingKind } from "#src/platform/mailings/index.ts";
import { type SelectedPerson, selectPeople } from "#src/platform/people/index.ts";
import { birthRange } from "#workflows/dates/birth-date.ts";
import { addDays, addMonths, type IsoDate, type IsoMonth } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import {
  type CouponOrder,
  type CouponSelection,
  firstOf,
  readSubject,
  selectCoupons,
  subjectOf,
} from "#workflows/vaccination/coupons-due.ts";
import { doseLabel, getVaccine, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { readTargetSubject } from "#workflows/vaccination/targets/subjects.ts";
import { type Shot, type VaccineId, vaccineIds } from "#workflows/vaccination/vocabulary.ts";
import { type CouponFacts, couponData, couponFacts } from "./coupon-data.ts";
import {
  issueCoupons,
  readCouponNumber,
  sentSubjects,
  takeCouponNumbers,
  withdrawRun,
} from "./coupons.ts";
import { vaccinationPapers } from "./papers.ts";
import { historiesOf } from "./shots.ts";
import { cautionedOn, circumstancesOf, recipientsOfMail } from "./special/index.ts";
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

const couponOrder = (parameters: unknown): CouponOrder => orderShape.parse(parameters);

/** 令和8年12月 */
export const monthTitle = (first: IsoDate): string => formatWareki(first).replace(/\d+日$/, "");

/** Why a coupon is left out, beside the common reasons. */
export const couponReasons = {
  "not-due": "対象でなくなった（接種済み・期限切れ）",
  cancelled: "取り消された接種券",
} as const;

/** What every mailing of coupons is called and printed with. */
export const coupons = {
  papers: vaccinationPapers,
  form: vaccinationCoupon,
  subjects: "予防接種・回",
  /** 期 and 回 of a subject with the vaccine. */
  subjectTitle(subject: string): string {
    const { vaccine, dose } = readTargetSubject(subject);
    return `${vaccineLabel(vaccine)} ${doseLabel(vaccine, dose)}`;
  },
  reasons: couponReasons,
  data: couponData,
} as const;

/** Ten digits, the last of which is wrong as a check digit. */
export const couponNumber = {
  title: "券番号",
  sample: "0000000001",
  read: readCouponNumber,
} as const;

/** The monthly coupons: each child whose dose becomes due, from birth date, residence and history. */
export const couponMailing: MailingKind<CouponFacts, keyof typeof couponReasons> = {
  ...coupons,
  id: "vaccination-coupon",
  title: "予防接種券",
  number: { ...couponNumber, take: takeCouponNumbers },
  describe(parameters) {
    const { month, vaccines, scope } = couponOrder(parameters);
    return [
      { label: "対象月", value: monthTitle(firstOf(month)) },
      { label: "予防接種", value: namesOf(vaccines) },
      {
        label: "範囲",
        value: scope === "new" ? "この月に対象になる人" : "この月に受けられる未送付の人すべて",
      },
    ];
  },
  overlap(parameters, others) {
    const [mine, theirs] = [couponOrder(parameters), couponOrder(others)];
    const both = mine.vaccines.filter((id) => theirs.vaccines.includes(id));
    if (mine.month !== theirs.month || both.length === 0) return null;
    return { subjects: both.flatMap(subjectsOf) };
  },
  async select(work, { parameters }) {
    const order = couponOrder(parameters);
    const { births, ...chosen } = selectCoupons(order);
    const people = await selectPeople(work, { births });
    const longGone = addMonths(firstOf(order.month), -monthsListedAfterLeaving);
    const listed = people.filter(({ residence }) => !residence.to || residence.to >= longGone);
    const candidates: Candidate<never>[] = [];
    for (let start = 0; start < listed.length; start += lot) {
      const some = listed.slice(start, start + lot);
      const numbers = some.map(({ personNumber }) => personNumber);
      const histories = await historiesOf(work, numbers);
      const sent = await sentSubjects(work, numbers);
      for (const person of some)
        candidates.push(...candidatesOf(person, chosen, { histories, sent }));
    }
    return candidates;
  },
  async prepare(work, { parameters, datedOn }, pieces) {
    const numbers = [...new Set(pieces.map(({ personNumber }) => personNumber))];
    const histories = await historiesOf(work, numbers);
    const sent = await sentSubjects(work, numbers);
    const circumstances = await circumstancesOf(work, numbers);
    const cautioned = await cautionedOn(work, numbers, datedOn);
    const to = await recipientsOfMail(work, pieces, datedOn);
    const asked = addDays(firstOf(couponOrder(parameters).month), -1);
    return pieces.map(({ personNumber, person, subject }, at) => {
      if (sent.get(personNumber)?.has(subject)) return { leftOut: "already-sent" };
      const history = histories.get(personNumber) ?? [];
      if (!person.bornOn) return { leftOut: "birth-unknown" };
      const facts = couponFacts(person, {
        subject,
        asked,
        issuedOn: datedOn,
        history,
        circumstances: circumstances.get(personNumber),
      });
      const whom = to[at];
      if (!facts || !whom) return { leftOut: "not-due" };
      return { facts: cautioned.has(personNumber) ? { ...facts, caution: true } : facts, to: whom };
    });
  },
  async record(work, run, pieces) {
    const issued = pieces.map(({ personNumber, subject, pieceNumber, facts, paper, datedOn }) => ({
      number: pieceNumber,
      personNumber,
      ...readSubject(subject),
      ...facts,
      issuedOn: datedOn,
      paper,
    }));
    await issueCoupons(work, issued, run.id);
  },
  withdraw: withdrawRun,
};

/** `mr1:1` and on, of all courses. */
function subjectsOf(id: VaccineId): string[] {
  const doses = Math.max(...getVaccine(id).courses.map((course) => course.doses.length));
  return Array.from({ length: doses }, (_, index) => subjectOf(id, index + 1));
}

const nameOf = (id: VaccineId): string =>
  [vaccineLabel(id), getVaccine(id).period].filter(Boolean).join(" ");

const namesOf = (vaccines: readonly VaccineId[]): string =>
  vaccines.length === couponVaccines.length
    ? `子どもの定期接種すべて（${vaccines.length}種類）`
    : vaccines.map(nameOf).join("、");

function candidatesOf(
  person: SelectedPerson,
  { dueTo, mayFallTo }: Pick<CouponSelection, "dueTo" | "mayFallTo">,
  known: { histories: Map<string, Shot[]>; sent: Map<string, Set<string>> },
): Candidate<never>[] {
  const { personNumber, residence, diedOn } = person;
  const history = known.histories.get(personNumber) ?? [];
  const sentBefore = known.sent.get(personNumber) ?? new Set<string>();
  const gone =
    diedOn || residence.toReason === "death" ? "deceased" : residence.to ? "moved-out" : undefined;
  if (!person.bornOn)
    return mayFallTo(birthRange(person.birthDate), history)
      .filter((subject) => !sentBefore.has(subject))
      .map((subject) => ({ personNumber, subject, leftOut: gone ?? "birth-unknown" }));
  const due = dueTo({
    birth: person.bornOn,
    sex: person.sex,
    residentFrom: residence.from,
    history,
    sent: sentBefore,
  });
  return due.map(({ subject, sent }) => {
    const leftOut = gone ?? (sent ? ("already-sent" as const) : undefined);
    return { personNumber, subject, ...(leftOut && { leftOut }) };
  });
}
