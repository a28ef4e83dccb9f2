import { refundDecision } from "#forms/vaccination/refund-decision.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { cityOf } from "#src/platform/city/index.ts";
import { issueDocument } from "#src/platform/documents/index.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  requireReleasedAddress,
  subjectOf,
} from "#src/platform/letters/index.ts";
import {
  accountInWords,
  confirmedAccount,
  payableOf,
  readAccount,
  settingInForce,
} from "#src/platform/payments/index.ts";
import { lookAtPeople, shownName } from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { nextClosing, transferDay } from "#workflows/payments/calendar.ts";
import { lineTitle } from "#workflows/vaccination/request-letters/findings.ts";
import { refundRefusals } from "#workflows/vaccination/request-letters/reasons.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { recipientOf } from "../coupon-data.ts";
import { vaccinationLetters, vaccinationPapers } from "../papers.ts";
import { draft } from "./letter-facts.ts";
import { reckonRefund } from "./reckon-refund.ts";
import { refundSource } from "./refund-source.ts";
import { dosesOfRefund, proposedRefund, refundOfCase } from "./refunds.ts";

/** Letters of a claim by the kind that its effects name. */
export const refundPaperTitles = {
  "refund-decision": "予防接種費用 払戻しの決定通知書",
} as const;

/**
 * 支給・一部支給・不支給決定通知書 of a claim as it was decided or is proposed; without a number it is looked at only.
 *
 * @throws Problem 403 under 支援措置, 422 where nothing is proposed yet, 503 without 支払の設定
 */
async function makeRefundNotice(
  work: Work,
  found: CaseRow,
  number: string | undefined,
): Promise<MadePaper> {
  const proposed = await proposedRefund(work, found.id);
  if (!proposed || proposed.subject === "cancellation")
    throw new Problem({ status: 422, message: "支給・不支給は、まだ起案されていません。" });
  const { payeeNumber } = await refundOfCase(work, found.id);
  const people = await lookAtPeople(
    work,
    [...new Set([payeeNumber, found.personNumber])],
    ["facts", "name", "address"],
  );
  requireReleasedAddress(work, people);
  const of = (wanted: string) => people.find(({ personNumber }) => personNumber === wanted);
  const payee = of(payeeNumber);
  const subject = of(found.personNumber);
  if (!payee?.name || !payee.address || !subject)
    throw new Error("the persons of a claim are in the register");
  const today = work.platform.clock.today();
  const { program } = found;
  const pays = proposed.total > 0;
  const account = pays
    ? await confirmedAccount(work, { program, personNumber: payeeNumber })
    : undefined;
  const doses = await dosesOfRefund(work, found.id);
  return makePaper(work, vaccinationPapers, {
    form: refundDecision,
    data: {
      to: recipientOf(payee as Parameters<typeof recipientOf>[0], today),
      documentNumber: number ?? draft,
      date: today,
      office: (await officeFinder(work))(found.officeCode),
      program: vaccinationLetters.title,
      facts: [
        { label: "請求日", value: formatWareki(found.receivedOn as IsoDate) },
        { label: "請求の番号", value: found.number },
      ],
      personName: shownName(subject),
      lines: doses.map((dose) => {
        const row = proposed.rows.find((one) => one.number === dose.number);
        const { vaccine, outcome, givenOn, paid } = dose;
        const reason = row?.reason as keyof typeof refundRefusals | null | undefined;
        return {
          title: `${lineTitle({ vaccine: vaccine as VaccineId, dose: dose.dose })}${outcome === "screened" ? "（予診のみ）" : ""}`,
          givenOn: givenOn as IsoDate,
          paid,
          amount: row?.amount ?? 0,
          ...(row?.price ? { price: row.price } : {}),
          ...(reason ? { refusal: refundRefusals[reason] } : {}),
        };
      }),
      payment: pays
        ? {
            payOn: await paidAbout(work, found),
            account: account
              ? accountInWords((await readAccount(work, account.id)).account)
              : "（口座の確認中）",
          }
        : undefined,
      basis: (await reckonRefund(work, found)).terms.join("、"),
      appeal: (await cityOf(work)).appeal,
    },
    subject: subjectOf(found),
    sample: number === undefined,
  });
}

/** The day on which it is paid: of the calendar of payments, until it is. */
async function paidAbout(work: Work, found: CaseRow): Promise<IsoDate> {
  const payable = await payableOf(work, refundSource(found));
  if (payable?.paidOn) return payable.paidOn as IsoDate;
  const days = await settingInForce(work, found.program);
  return transferDay(nextClosing(work.platform.clock.today(), days), days);
}

/** A notice as it would be sent now. @throws as {@link makeRefundNotice} */
export const previewRefundNotice = (work: Work, found: CaseRow): Promise<MadePaper> =>
  makeRefundNotice(work, found, undefined);

/** Issues the notice of the decision that was made; it is kept as printed among the papers of the claim. */
export async function issueRefundNotice(work: Work, found: CaseRow, kind: string): Promise<void> {
  if (!Object.hasOwn(refundPaperTitles, kind)) throw new Error(`a claim sends no ${kind}`);
  const number = await documentNumber(work, vaccinationLetters, "document");
  const made = await makeRefundNotice(work, found, number);
  await issueDocument(work, { number, kind, case: found, ...made });
}
