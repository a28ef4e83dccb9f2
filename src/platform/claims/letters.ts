import {
  type ClaimCancellationData,
  type ClaimInquiryData,
  claimCancellation,
  claimInquiry,
  claimSupplement,
  type Fact,
  type Form,
  type LetterData,
} from "#forms/index.ts";
import { cancellationReasons } from "#workflows/claims/reasons.ts";
import { claimCares } from "#workflows/claims/receipt.ts";
import {
  type InquiryItem,
  inquiryItems,
  type SupplementItem,
  supplementItems,
} from "#workflows/claims/requests.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { basisOn } from "../applications/index.ts";
import { type CaseRow, latestApproval } from "../cases/index.ts";
import { cityOf } from "../city/index.ts";
import { documentsOf, issueDocument } from "../documents/index.ts";
import { recipientNumbersOf } from "../entitlements/index.ts";
import {
  documentNumber,
  type MadePaper,
  makePaper,
  recipientOf,
  requireReleasedAddress,
  subjectOf,
  type Unissued,
} from "../letters/index.ts";
import { lookAtPerson, type Person, shownKana, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { billsOf, openSealedClaim } from "./bills.ts";
import { addresseeOf } from "./decided.ts";
import type { ClaimKind } from "./kind.ts";
import { proposedOf } from "./proposal.ts";
import { type ClaimRequest, requestsOf } from "./requests.ts";

/** What the steps of a claim print besides the notice of its decision. */
export const claimLetterForms: readonly Form<unknown>[] = [
  claimSupplement,
  claimInquiry,
  claimCancellation,
];

/** Letters of the steps, by the kind that their effect names. */
export const claimLetterTitles = {
  "claim-supplement": "補正のお願い",
  "claim-inquiry": "照会書",
  "claim-cancellation": "支給決定取消通知書",
} as const;
export type ClaimLetter = keyof typeof claimLetterTitles;
export const isClaimLetter = (kind: string): kind is ClaimLetter =>
  Object.hasOwn(claimLetterTitles, kind);

const draft = "（下書き）";

/**
 * A letter of a claim as it would be sent now; without a number it is looked at only.
 *
 * @param request what is asked, where the letter asks
 * @throws Problem 403 under 支援措置, 422 for what cannot be said or printed
 */
export async function makeClaimLetter(
  work: Work,
  kind: ClaimKind,
  found: CaseRow,
  about: {
    letter: ClaimLetter;
    request?: Omit<ClaimRequest, "revision" | "kind"> | undefined;
    number?: string;
  },
): Promise<MadePaper> {
  const { letter, request, number = draft } = about;
  const person = await lookAtPerson(work, found.personNumber, ["facts", "name", "address"]);
  if (!person) throw new Problem({ status: 404, message: "対象者が見つかりません。" });
  requireReleasedAddress(work, [person]);
  const { papers } = kind.application.letters;
  const of = { subject: subjectOf(found), sample: number === draft };
  if (letter === "claim-cancellation") {
    const data = await cancellationOf(work, kind, { found, person, number });
    return makePaper<ClaimCancellationData>(work, papers, { form: claimCancellation, data, ...of });
  }
  if (!request) throw new Problem({ status: 422, message: "送る照会や補正がありません。" });
  if (letter === "claim-supplement") {
    const head = await headOfLetter(work, kind, { found, number });
    const data = {
      ...head,
      to: await claimant(work, kind, found),
      facts: factsOf(kind, found, person),
      documents: [
        ...request.items.map((item) => ({ name: supplementItems[item as SupplementItem] })),
        ...(request.words ? [{ name: request.words }] : []),
      ],
      deadline: request.dueOn,
    };
    return makePaper(work, papers, { form: claimSupplement, data, ...of });
  }
  const data = await inquiryOf(work, kind, { found, person, number }, request);
  return makePaper<ClaimInquiryData>(work, papers, { form: claimInquiry, data, ...of });
}

interface About {
  found: CaseRow;
  person: Person;
  number: string;
}

async function headOfLetter(
  work: Work,
  kind: ClaimKind,
  { found, number }: Pick<About, "found" | "number">,
): Promise<Pick<LetterData, "documentNumber" | "date" | "office" | "program">> {
  return {
    documentNumber: number,
    date: work.platform.clock.today(),
    office: (await officeFinder(work))(found.officeCode),
    program: kind.application.letters.title,
  };
}

const claimant = async (work: Work, kind: ClaimKind, found: CaseRow) =>
  recipientOf(work, await addresseeOf(work, kind, found));

const factsOf = (kind: ClaimKind, found: CaseRow, person: Person): Fact[] => [
  { label: "申請日", value: formatWareki(found.receivedOn as IsoDate) },
  { label: "申請の番号", value: found.number },
  {
    label: kind.application.words.subjectInLetters,
    value: shownName(person),
    purpose: "name",
  },
];

async function inquiryOf(
  work: Work,
  kind: ClaimKind,
  { found, person, number }: About,
  request: Omit<ClaimRequest, "revision" | "kind">,
): Promise<Unissued<ClaimInquiryData>> {
  const bills = await billsOf(work, found.id);
  const { institutions } = await openSealedClaim(work, found);
  const basis = await basisOn(work, kind.scheme, work.platform.clock.today());
  const asked = bills.filter((bill) => request.receipts.includes(bill.number));
  if (asked.length === 0)
    throw new Problem({ status: 422, message: "照会する領収書を選んでください。" });
  return {
    ...(await headOfLetter(work, kind, { found, number })),
    to: {
      postalCode: request.postalCode ?? "",
      address: request.address ?? "",
      name: request.addressee ?? "",
      honorific: "御中",
    },
    facts: [{ label: "申請の番号", value: found.number }],
    basis,
    deadline: request.dueOn,
    person: { name: shownName(person), kana: shownKana(person), birthDate: person.birthDate },
    receipts: asked.map(({ month, day, number: at, care, cost, paid }) => ({
      month: `${formatWareki(`${month}-01` as IsoDate).replace(/1日$/, "")}${day ? `${day}日` : ""}`,
      institution: institutions[at] ?? "",
      care: claimCares[care],
      ...(care === "appliance" ? {} : { points: cost / 10 }),
      paid,
    })),
    question: request.words,
    answers: request.items.map((item) => inquiryItems[item as InquiryItem]),
  };
}

async function cancellationOf(
  work: Work,
  kind: ClaimKind,
  { found, person, number }: About,
): Promise<Unissued<ClaimCancellationData>> {
  const proposal = await latestApproval(work, found.id);
  const [row] = await work.sql<{ reason: keyof typeof cancellationReasons | null }[]>`
    select detail->>'reason' as reason from cases.event
     where case_id = ${found.id} and revision = ${proposal?.preparedRevision ?? 0}`;
  const reason = row?.reason;
  const decided = await proposedOf(work, found.id);
  if (proposal?.subject !== "cancellation" || !reason || !decided?.decidedAt)
    throw new Problem({ status: 422, message: "取消しは起案されていません。" });
  const today = work.platform.clock.today();
  const { appeal } = await cityOf(work);
  const basis = await basisOn(work, kind.scheme, today);
  const notice = (await documentsOf(work, found.id)).find((one) => one.kind === "claim-decision");
  const numbers = await recipientNumbersOf(work, kind.program, found.personNumber);
  const recipientNumber = numbers[0]?.recipientNumber;
  return {
    ...(await headOfLetter(work, kind, { found, number })),
    to: await claimant(work, kind, found),
    facts: [
      ...factsOf(kind, found, person),
      ...(recipientNumber ? [{ label: "受給者番号", value: recipientNumber }] : []),
    ],
    decidedOn: await decidedOn(work, decided.approvalId),
    noticeNumber: notice?.number,
    amount: decided.total,
    cancelledOn: today,
    reasons: [`${cancellationReasons[reason]}。`],
    basis,
    appeal,
  };
}

/** The day of business on which the benefit was decided. */
async function decidedOn(work: Work, approvalId: string): Promise<IsoDate> {
  const [row] = await work.sql<{ on: IsoDate }[]>`
    select e.business_date::text as on from approvals.approval a join cases.event e
        on e.case_id = a.case_id and e.revision = a.seen_revision + 1 where a.id = ${approvalId}`;
  if (!row) throw new Error("what was decided has its day");
  return row.on;
}

/** Issues the letter of a step; it is kept as printed among the papers of the claim. */
export async function issueClaimLetter(
  work: Work,
  kind: ClaimKind,
  found: CaseRow,
  { letter, revision }: { letter: ClaimLetter; revision: number },
): Promise<void> {
  const request = (await requestsOf(work, found.id)).find((one) => one.revision === revision);
  const number = await documentNumber(work, kind.application.letters, "document");
  const made = await makeClaimLetter(work, kind, found, { letter, request, number });
  await issueDocument(work, { number, kind: letter, case: found, ...made });
}
