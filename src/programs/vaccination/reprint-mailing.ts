import { z } from "zod";
import type { MailingKind } from "#src/platform/mailings/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { subjectOf } from "#workflows/vaccination/coupons-due.ts";
import type { CouponFacts } from "./coupon-data.ts";
import { couponNumber, type couponReasons, coupons } from "./coupon-mailing.ts";
import {
  type Coupon,
  countReprint,
  couponsByNumber,
  type ReprintReason,
  reprintReasons,
  withdrawReprints,
} from "./coupons.ts";
import { cautionedOn, recipientsOfMail } from "./special/index.ts";
import { cityVaccinesOf } from "./targets/vaccines.ts";

const orderShape = z.strictObject({
  numbers: z.array(z.string().regex(/^\d{10}$/)).min(1),
  reason: z.enum(Object.keys(reprintReasons) as [ReprintReason, ...ReprintReason[]]),
});
const readOrder = (parameters: unknown) => orderShape.parse(parameters);

/** What a coupon says, and with what it is printed: as when it was issued. */
export const asIssued = (coupon: Coupon) => ({
  facts: {
    label: coupon.label,
    usableFrom: coupon.usableFrom,
    usableTo: coupon.usableTo,
  } as CouponFacts,
  issued: {
    paper: { template: coupon.templateVersion, setting: coupon.formSettingId },
    on: coupon.issuedOn as IsoDate,
  },
});

/** A small package of coupons that came out spoilt or did not arrive: the same numbers once more. */
export const reprintMailing: MailingKind<CouponFacts, keyof typeof couponReasons> = {
  ...coupons,
  id: "vaccination-reprint",
  title: "予防接種券（再印刷）",
  asIssued: true,
  number: couponNumber,
  describe(parameters) {
    const { numbers, reason } = readOrder(parameters);
    return [
      { label: "再印刷の理由", value: reprintReasons[reason] },
      { label: "券番号", value: numbers.join("、") },
    ];
  },
  overlap(parameters, others) {
    const theirs = new Set(readOrder(others).numbers);
    const both = readOrder(parameters).numbers.filter((number) => theirs.has(number));
    return both.length > 0 ? { pieceNumbers: both } : null;
  },
  async select(work, { parameters }) {
    const known = await couponsByNumber(work, readOrder(parameters).numbers);
    return [...known.values()]
      .filter(({ state }) => state === "issued")
      .map(({ number, personNumber, vaccine, dose }) => ({
        personNumber,
        subject: subjectOf(vaccine, dose),
        pieceNumber: number,
      }));
  },
  async prepare(work, { datedOn }, pieces) {
    const known = await couponsByNumber(
      work,
      pieces.map(({ pieceNumber }) => pieceNumber),
    );
    const to = await recipientsOfMail(work, pieces, datedOn);
    const people = pieces.map(({ personNumber }) => personNumber);
    const cautioned = await cautionedOn(work, people, work.platform.clock.today());
    const ids = [...known.values()].map(({ vaccine }) => vaccine);
    const named = await cityVaccinesOf(work, ids, datedOn);
    return pieces.map(({ pieceNumber, personNumber }, at) => {
      const coupon = known.get(pieceNumber);
      const whom = to[at];
      if (coupon?.state !== "issued" || !whom) return { leftOut: "cancelled" };
      const { facts, issued } = asIssued(coupon);
      const caution = cautioned.has(personNumber) || undefined;
      return { facts: { ...facts, named: named.get(coupon.vaccine), caution }, issued, to: whom };
    });
  },
  record: (work, run, pieces) =>
    countReprint(
      work,
      pieces.map(({ pieceNumber }) => pieceNumber),
      { reason: readOrder(run.parameters).reason, runId: run.id },
    ),
  withdraw: withdrawReprints,
};

/** A run that prints coupons once more, for the contractor. */
export const reprintOrder = (numbers: readonly string[], reason: ReprintReason) => ({
  title: `予防接種券 再印刷（${reprintReasons[reason]}）`,
  parameters: readOrder({ numbers: [...new Set(numbers)], reason }),
});
