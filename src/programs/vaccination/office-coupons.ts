import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { printOne } from "#src/platform/mailings/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { type PaperVersion, paperVersion, settingInForce } from "#src/platform/printing/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { readSubject, subjectOf } from "#workflows/vaccination/coupons-due.ts";
import { type CouponFacts, couponFacts } from "./coupon-data.ts";
import { couponMailing } from "./coupon-mailing.ts";
import {
  countReprint,
  getCoupon,
  issueCoupons,
  type ReprintReason,
  sentSubjects,
  takeCouponNumbers,
} from "./coupons.ts";
import { personToPrintFor } from "./office-person.ts";
import { vaccinationPapers } from "./papers.ts";
import { asIssued } from "./reprint-mailing.ts";
import { historiesOf } from "./shots.ts";
import { cautionedOn, circumstancesOf, recipientOfMail } from "./special/index.ts";
import { cityVaccinesOf } from "./targets/vaccines.ts";

/** Prints one coupon again in the office: the same number, counted with its reason. @throws Problem 403, 404, 422 */
export async function reprintInOffice(
  work: Work,
  number: string,
  reason: ReprintReason,
): Promise<Uint8Array> {
  const { coupon } = await getCoupon(work, number);
  await countReprint(work, [number], { reason, runId: null });
  const { personNumber, vaccine, dose } = coupon;
  const subject = subjectOf(vaccine, dose);
  const { facts, issued } = asIssued(coupon);
  const { paper, on } = issued;
  const named = (await cityVaccinesOf(work, [vaccine], on)).get(vaccine);
  const whole = { ...facts, named };
  return printCoupon(work, { personNumber, subject, number, facts: whole, paper, datedOn: on });
}

/**
 * Issues one coupon in the office, such as for somebody whose coupon was cancelled or who just moved in.
 * @throws Problem 403, 404, 409 (issued already), 422 (not due, or not to be printed)
 */
export async function issueInOffice(
  work: Work,
  personNumber: string,
  subject: string,
): Promise<{ number: string; pdf: Uint8Array }> {
  const person = await lookAtPerson(work, personNumber, []);
  if (!person) throw notFound();
  if (!person.bornOn)
    throw new Problem({
      status: 422,
      message: "生年月日が不詳のため、対象かどうかを判定できません。",
      details: ["住民の画面でみなし生年月日を設定し、別の職員の確認を受けてください。"],
    });
  const today = work.platform.clock.today();
  const history = (await historiesOf(work, [personNumber])).get(personNumber) ?? [];
  const circumstances = (await circumstancesOf(work, [personNumber])).get(personNumber);
  const facts = couponFacts(person, {
    subject,
    asked: today,
    issuedOn: today,
    history,
    circumstances,
  });
  if (!facts)
    throw new Problem({ status: 422, message: "この予防接種は、いまの対象ではありません。" });
  const sent = (await sentSubjects(work, [personNumber])).get(personNumber);
  if (sent?.has(subject))
    throw new Problem({ status: 409, message: "この回の接種券は、すでに発行されています。" });
  const [number = ""] = await takeCouponNumbers(work, 1);
  const setting = await settingInForce(work, vaccinationPapers.program);
  const paper = paperVersion(vaccinationCoupon, setting);
  await issueCoupons(
    work,
    [{ number, personNumber, paper, ...readSubject(subject), ...facts, issuedOn: today }],
    null,
  );
  const coupon = { personNumber, subject, number, facts, paper, datedOn: today };
  return { number, pdf: await printCoupon(work, coupon) };
}

async function printCoupon(
  work: Work,
  coupon: {
    personNumber: string;
    subject: string;
    number: string;
    facts: CouponFacts;
    paper: PaperVersion;
    datedOn: IsoDate;
  },
): Promise<Uint8Array> {
  const { number: pieceNumber, ...rest } = coupon;
  const today = work.platform.clock.today();
  const caution = (await cautionedOn(work, [coupon.personNumber], today)).size > 0 || undefined;
  const person = await personToPrintFor(work, coupon.personNumber, "接種券");
  const to = await recipientOfMail(work, person, coupon.datedOn);
  const facts = { ...coupon.facts, caution };
  return printOne(work, couponMailing, { ...rest, facts, pieceNumber, person, to });
}
