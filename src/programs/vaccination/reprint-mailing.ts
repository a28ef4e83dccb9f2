import { z } from "zod";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import {
  createRun,
  type ItemReason,
  type MailingKind,
  type PieceToPrint,
  type RunRow,
} from "#src/platform/mailings/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import {
  type PaperVersion,
  paperRefused,
  paperVersion,
  type StoppedCharacter,
  settingInForce,
} from "#src/platform/printing/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { readSubject, subjectOf } from "#workflows/mailings/coupons-due.ts";
import { couponFacts, printCoupons, subjectTitle } from "./coupon-mailing.ts";
import {
  type Coupon,
  countReprint,
  couponsByNumber,
  getCoupon,
  issueCoupons,
  type ReprintReason,
  reprintReasons,
  sentSubjects,
  takeCouponNumbers,
} from "./coupons.ts";
import { type CouponFacts, lookFinder, unprintableOf, vaccinationPapers } from "./papers.ts";
import { historiesOf } from "./shots.ts";

const orderShape = z.strictObject({
  numbers: z.array(z.string().regex(/^\d{10}$/)).min(1),
  reason: z.enum(Object.keys(reprintReasons) as [ReprintReason, ...ReprintReason[]]),
});
const reprintOrder = (parameters: unknown) => orderShape.parse(parameters);

const factsFrom = (coupon: Coupon): CouponFacts => ({
  number: coupon.number,
  subject: subjectOf(coupon.vaccine, coupon.dose),
  label: coupon.label,
  usableFrom: coupon.usableFrom as CouponFacts["usableFrom"],
  usableTo: coupon.usableTo as CouponFacts["usableTo"],
  issuedOn: coupon.issuedOn as CouponFacts["issuedOn"],
  paper: versionOf(coupon),
});

/** A coupon printed again looks as it did when it was issued. */
const versionOf = ({ templateVersion, formSettingId }: Coupon): PaperVersion => ({
  template: templateVersion,
  setting: formSettingId,
});

const issuedAmong = async (work: Work, numbers: readonly string[]): Promise<Coupon[]> =>
  [...(await couponsByNumber(work, numbers)).values()].filter(({ state }) => state === "issued");

/** A small package of coupons that came out spoilt or did not arrive: the same numbers once more. */
export const reprintMailing: MailingKind = {
  id: "vaccination-reprint",
  program: "vaccination",
  title: "予防接種券（再印刷）",
  form: vaccinationCoupon,
  asIssued: true,
  subjectTitle,
  describe(parameters) {
    const { numbers, reason } = reprintOrder(parameters);
    return [
      { label: "再印刷の理由", value: reprintReasons[reason] },
      { label: "券番号", value: numbers.join("、") },
    ];
  },
  async select(work, { parameters }) {
    const coupons = await issuedAmong(work, reprintOrder(parameters).numbers);
    return coupons.map(({ personNumber, vaccine, dose }) => ({
      personNumber,
      subject: subjectOf(vaccine, dose),
    }));
  },
  async unprintable(work, { parameters }, people) {
    const coupons = await issuedAmong(work, reprintOrder(parameters).numbers);
    const own = Map.groupBy(coupons, ({ personNumber }) => personNumber);
    const lookOf = lookFinder(work);
    const found = new Map<string, StoppedCharacter[]>();
    for (const person of people)
      for (const coupon of own.get(person.personNumber) ?? []) {
        const { paper, issuedOn } = factsFrom(coupon);
        const { as } = await lookOf(paper, issuedOn);
        const characters = unprintableOf(person, as.fonts);
        if (characters.length > 0) found.set(person.personNumber, characters);
      }
    return found;
  },
  async takeNumbers(work, { parameters }, pieces) {
    const coupons = await issuedAmong(work, reprintOrder(parameters).numbers);
    const keyOf = (person: string, subject: string) => `${person} ${subject}`;
    const numbers = new Map(
      coupons.map((one) => [keyOf(one.personNumber, subjectOf(one.vaccine, one.dose)), one.number]),
    );
    return pieces.map(({ personNumber, subject }) => {
      const number = numbers.get(keyOf(personNumber, subject));
      if (!number) throw new Problem({ status: 409, message: "取り消された接種券があります。" });
      return number;
    });
  },
  async refuse(work, _run, pieces) {
    const open = new Set((await issuedAmong(work, numbersOf(pieces))).map(({ number }) => number));
    return new Map(
      numbersOf(pieces)
        .filter((number) => !open.has(number))
        .map((number): [string, ItemReason] => [number, "not-due"]),
    );
  },
  async print(work, run, pieces) {
    // Before the approval the pieces carry no numbers yet, but the coupons have theirs.
    const coupons = await issuedAmong(work, reprintOrder(run.parameters).numbers);
    const bySubject = new Map(
      coupons.map((one) => [`${one.personNumber} ${subjectOf(one.vaccine, one.dose)}`, one]),
    );
    const facts = new Map(
      pieces.flatMap(({ personNumber, subject, pieceNumber }): [string, CouponFacts][] => {
        const coupon = bySubject.get(`${personNumber} ${subject}`);
        return coupon ? [[pieceNumber, factsFrom(coupon)]] : [];
      }),
    );
    return printCoupons(work, pieces, facts, run);
  },
  issue: (work, run, pieces) =>
    countReprint(work, numbersOf(pieces), {
      reason: reprintOrder(run.parameters).reason,
      runId: run.id,
    }),
  // What was counted as printed again stays counted: the paper may exist.
  withdraw: async () => {},
};

const numbersOf = (pieces: readonly PieceToPrint[]) => pieces.map(({ pieceNumber }) => pieceNumber);

/** Starts a run that prints coupons once more, for the contractor. */
export const createReprintRun = (
  work: Work,
  order: { numbers: readonly string[]; reason: ReprintReason; contractorId: number },
): Promise<RunRow> =>
  createRun(work, {
    kind: reprintMailing.id,
    title: `予防接種券 再印刷（${reprintReasons[order.reason]}）`,
    parameters: reprintOrder({ numbers: [...new Set(order.numbers)], reason: order.reason }),
    contractorId: order.contractorId,
  });

/** Prints one coupon again in the office: the same number, counted with its reason. */
export async function reprintInOffice(
  work: Work,
  number: string,
  reason: ReprintReason,
): Promise<Uint8Array> {
  const { coupon } = await getCoupon(work, number);
  await countReprint(work, [number], { reason, runId: null });
  return printOne(work, coupon.personNumber, factsFrom(coupon));
}

/** Issues one coupon in the office, such as for somebody whose coupon was cancelled or who just moved in. */
export async function issueInOffice(
  work: Work,
  personNumber: string,
  subject: string,
): Promise<{ number: string; pdf: Uint8Array }> {
  const person = await lookAtPerson(work, personNumber, []);
  if (!person) throw notFound();
  const today = work.platform.clock.today();
  const history = (await historiesOf(work, [personNumber])).get(personNumber) ?? [];
  const facts = couponFacts(person, { subject, asked: today, issuedOn: today, history });
  if (!facts)
    throw new Problem({ status: 422, message: "この予防接種は、いまの対象ではありません。" });
  const sent = (await sentSubjects(work, [personNumber])).get(personNumber);
  if (sent?.has(subject))
    throw new Problem({ status: 409, message: "この回の接種券は、すでに発行されています。" });
  const [number = ""] = await takeCouponNumbers(work, 1);
  const setting = await settingInForce(work, vaccinationPapers.program);
  const paper = paperVersion(vaccinationCoupon, setting);
  const { subject: what, ...rest } = facts;
  await issueCoupons(work, [{ number, personNumber, paper, ...readSubject(what), ...rest }], null);
  return { number, pdf: await printOne(work, personNumber, { number, paper, ...facts }) };
}

async function printOne(work: Work, personNumber: string, facts: CouponFacts): Promise<Uint8Array> {
  const person = await lookAtPerson(work, personNumber, ["name", "address"]);
  if (!person) throw notFound();
  if (person.addressMasked)
    throw new Problem({
      status: 403,
      message: "支援措置の対象者です。接種券は、住所を扱う権限のある職員が印刷してください。",
    });
  const { subject, number } = facts;
  const piece: PieceToPrint = { personNumber, subject, pieceNumber: number, person };
  const { pdf, stopped } = await printCoupons(work, [piece], new Map([[number, facts]]));
  const problems = stopped.get(number);
  if (problems)
    throw paperRefused(
      {
        personNumber,
        officeCode: person.officeCode,
        program: vaccinationPapers.program,
        form: vaccinationCoupon.id,
      },
      problems,
    );
  return pdf;
}
