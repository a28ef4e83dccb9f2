import { claimNotice } from "#db/schema/claims.ts";
import {
  type ClaimDecisionData,
  type ClaimLine,
  type ClaimRefusalData,
  type Form,
  paymentDecisionNotice,
  paymentPostcard,
  paymentRefusalNotice,
} from "#forms/index.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { nextClosing, transferDay } from "#workflows/payments/calendar.ts";
import { basisOn } from "../applications/index.ts";
import { type CaseRow, getCase } from "../cases/index.ts";
import { cityOf } from "../city/index.ts";
import { issueDocument } from "../documents/index.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  requireReleasedAddress,
  subjectOf,
  type Unissued,
} from "../letters/index.ts";
import { confirmedAccount, settingInForce } from "../payments/index.ts";
import { lookAtPerson, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import { Problem } from "../problem.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { claimOf } from "./bills.ts";
import { type DecidedReceipt, decidedClaim } from "./decided.ts";
import type { ClaimKind } from "./kind.ts";
import { proposedOf } from "./proposal.ts";

/** What the notice of a decision on a claim is printed with; the postcard for what is paid in full alone. */
export const claimForms: readonly Form<unknown>[] = [
  paymentDecisionNotice,
  paymentRefusalNotice,
  paymentPostcard,
];

/** What a notice says, beside who issues it. */
export type NoticeData = Unissued<ClaimDecisionData>;

const monthInWords = (month: IsoMonth): string => formatWareki(`${month}-01`).replace(/1日$/, "");

/** A receipt with what was taken off what was paid; of what is refused all of it. */
function lineOf({
  month,
  day,
  institution,
  care,
  points,
  paid,
  amount,
  lines,
  refusal,
}: DecidedReceipt): ClaimLine {
  const [, ...further] = lines;
  return {
    month: day === undefined ? monthInWords(month) : `${monthInWords(month)}${day}日`,
    institution,
    care,
    points,
    paid,
    deductions: refusal
      ? [{ label: "支給の対象外", amount: paid }]
      : further.map((one) => ({ label: one.label, amount: -one.amount })),
    amount,
    ...(refusal ? { note: refusal } : {}),
  };
}

/**
 * 支給決定通知書, or 一部支給・不支給決定通知書 with the reasons, of a claim as it was decided or is proposed; without a number it is
 * looked at only.
 *
 * @param as a postcard only for what is paid in full
 * @throws Problem 403 under 支援措置, 422 where nothing is proposed yet or no postcard is made of it, 503 without 支払の設定
 */
export async function makeClaimNotice(
  work: Work,
  kind: ClaimKind,
  found: CaseRow,
  { number, as = "letter" }: { number?: string; as?: "letter" | "postcard" } = {},
): Promise<MadePaper> {
  return printNotice(work, kind, found, await dataOfNotice(work, kind, found, number), {
    sample: number === undefined,
    as,
  });
}

function printNotice(
  work: Work,
  kind: ClaimKind,
  found: CaseRow,
  { data, reasons }: SaidByNotice,
  { sample, as }: { sample: boolean; as: "letter" | "postcard" },
): Promise<MadePaper> {
  const { letters } = kind.application;
  const of = { subject: subjectOf(found), sample };
  if (as === "postcard" && reasons.length > 0)
    throw new Problem({ status: 422, message: "不支給・一部支給の通知は、封書で送ります。" });
  if (reasons.length > 0)
    return makePaper<ClaimRefusalData>(work, letters.papers, {
      form: paymentRefusalNotice,
      data: { ...data, reasons: reasons.map((one) => `${one}。`) },
      ...of,
    });
  const form = as === "postcard" ? paymentPostcard : paymentDecisionNotice;
  return makePaper<ClaimDecisionData>(work, letters.papers, { form, data, ...of });
}

/** What the notice of a claim says, and the reasons in it. */
interface SaidByNotice {
  data: NoticeData;
  reasons: readonly string[];
}

async function dataOfNotice(
  work: Work,
  kind: ClaimKind,
  found: CaseRow,
  number: string | undefined,
): Promise<SaidByNotice> {
  const claim = await decidedClaim(work, kind, found.id);
  const person = await lookAtPerson(work, claim.personNumber, ["facts", "name"]);
  if (!person) throw new Problem({ status: 404, message: "対象者が見つかりません。" });
  requireReleasedAddress(work, [person]);
  const today = work.platform.clock.today();
  const { letters } = kind.application;
  const { appeal } = await cityOf(work);
  const basis = await basisOn(work, kind.scheme, today);
  const data: NoticeData = {
    to: claim.recipient,
    documentNumber: number ?? "（下書き）",
    date: today,
    office: (await officeFinder(work))(found.officeCode),
    program: letters.title,
    facts: [
      { label: "申請日", value: formatWareki(claim.receivedOn) },
      { label: "申請の番号", value: claim.claimNumber },
      {
        label: kind.application.words.subjectInLetters,
        value: shownName(person),
        purpose: "name",
      },
      ...(claim.recipientNumber ? [{ label: "受給者番号", value: claim.recipientNumber }] : []),
    ],
    lines: claim.receipts.map(lineOf),
    payment:
      claim.total > 0
        ? { payOn: await paidAbout(work, kind, claim.paidOn), account: claim.account ?? "―" }
        : undefined,
    basis,
    appeal,
  };
  const reasons = [...new Set(claim.receipts.flatMap(({ refusal }) => refusal ?? []))];
  return { data, reasons };
}

/** The day on which it is paid: of the calendar of payments, until it is. */
async function paidAbout(
  work: Work,
  { program }: ClaimKind,
  paidOn: IsoDate | undefined,
): Promise<IsoDate> {
  if (paidOn) return paidOn;
  const days = await settingInForce(work, program);
  return transferDay(nextClosing(work.platform.clock.today(), days), days);
}

/** A notice as it would be sent now. @throws as {@link makeClaimNotice} */
export const previewClaimNotice = async (
  work: Work,
  kind: ClaimKind,
  caseId: string,
  as: "letter" | "postcard" = "letter",
): Promise<MadePaper> => makeClaimNotice(work, kind, await getCase(work, caseId), { as });

/**
 * Issues the notice of the decision that was made; it is kept as printed among the papers of the claim, and what it says beside
 * it, for a postcard in its stead.
 */
export async function issueClaimNotice(work: Work, kind: ClaimKind, found: CaseRow): Promise<void> {
  const number = await documentNumber(work, kind.application.letters, "document");
  const said = await dataOfNotice(work, kind, found, number);
  const made = await printNotice(work, kind, found, said, { sample: false, as: "letter" });
  const { id: documentId } = await issueDocument(work, {
    number,
    kind: "claim-decision",
    case: found,
    ...made,
  });
  await keepNotice(work, kind, found, { data: said.data, documentId });
}

async function keepNotice(
  work: Work,
  kind: ClaimKind,
  found: CaseRow,
  { data, documentId }: { data: NoticeData; documentId: string },
): Promise<void> {
  const proposed = await proposedOf(work, found.id);
  if (!proposed) throw new Error("what was decided was proposed");
  const sealedId = await putSealed(work, {
    holder: found.personNumber,
    program: kind.program,
    kind: "claim-notice",
    caseId: found.id,
    data,
  });
  const { payeeNumber } = await claimOf(work, found.id);
  const account = data.payment
    ? await confirmedAccount(work, { program: kind.program, personNumber: payeeNumber })
    : undefined;
  await work.tx.insert(claimNotice).values({
    approvalId: proposed.approvalId,
    caseId: found.id,
    documentId,
    sealedId,
    accountId: account?.id ?? null,
  });
}
