import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Check } from "#workflows/flows/definition.ts";

/** What a machine may know of any case: ids, dates and counts, gathered afresh before every step. */
export interface CaseFacts {
  actingStaffId: number;
  identityCheckedOn: IsoDate | null;
  enteredBy: number | null;
  confirmedBy: number | null;
  /** Who prepared the proposal that is open. */
  preparedBy: number | null;
  /** An entitlement that the case is about holds. */
  entitled: boolean;
}

/** What a machine may know of an application. In a household a fact holds when it holds for one of its people. */
export interface ApplicationFacts extends CaseFacts {
  missingDocuments: number;
  /** First day of the entitlement as calculated; null when the city's rules give none. */
  periodFrom: IsoDate | null;
  /** Somebody has an entitlement that overlaps the calculated period. */
  overlaps: boolean;
  /** What the open proposal is about. */
  proposal: "grant" | "rejection" | "revocation" | null;
  certificateIssued: boolean;
  certificateValid: boolean;
}

/** A check with its reason, or with `null` where it only chooses between ways. */
export const check = <Facts>(
  reason: string | null,
  holds: (facts: Facts) => boolean,
): Check<Facts> => ({ reason, holds });

const ofCase = check<CaseFacts>;
const ofApplication = check<ApplicationFacts>;

const ofProposal = check<Pick<CaseFacts, "actingStaffId" | "preparedBy">>;

/** Who prepared a proposal takes it back; another decides on it. */
export const proposalChecks = {
  preparer: ofProposal("起案した本人だけが行えます。", (c) => c.preparedBy === c.actingStaffId),
  notPreparer: ofProposal(
    "起案した本人は決裁できません。",
    (c) => c.preparedBy !== c.actingStaffId,
  ),
} as const;

/** Two people enter and confirm, and neither prepares and decides alone. */
export const caseChecks = {
  unconfirmed: ofCase("入力内容は確認済みです。", (c) => c.confirmedBy === null),
  confirmed: ofCase(
    "入力内容が別の職員によって確認されていません。",
    (c) => c.confirmedBy !== null,
  ),
  notEnterer: ofCase(
    "入力した本人は確認できません。別の職員が確認してください。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
  notPreparer: proposalChecks.notPreparer,
  entitled: ofCase("資格が喪失または取消となっています。", (c) => c.entitled),
} as const;

/** The checks of an application. */
export const applicationChecks = {
  ...caseChecks,
  identified: ofApplication("本人確認の記録がありません。", (c) => c.identityCheckedOn !== null),
  entered: ofApplication("申請内容が入力されていません。", (c) => c.enteredBy !== null),
  notEntererOfDecision: ofApplication(
    "申請内容を入力した本人は決裁できません。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
  preparer: proposalChecks.preparer,
  documentsMissing: ofApplication(
    "不足している書類がありません。書類の確認で不足を記録してください。",
    (c) => c.missingDocuments > 0,
  ),
  documentsComplete: ofApplication("不足している書類があります。", (c) => c.missingDocuments === 0),
  periodKnown: ofApplication(
    "有効期間がありません。「有効期間の計算」の理由を確かめ、入力やみなし生年月日の設定で直らないときに、却下を起案してください。",
    (c) => c.periodFrom !== null,
  ),
  noOverlap: ofApplication("同じ方に、期間の重なる資格があります。", (c) => !c.overlaps),
  certificateValid: ofApplication("有効な受給者証がありません。", (c) => c.certificateValid),
  grant: ofApplication(null, (c) => c.proposal === "grant"),
  rejection: ofApplication(null, (c) => c.proposal === "rejection"),
  certificateIssued: ofApplication(null, (c) => c.certificateIssued),
  noCertificateYet: ofApplication(null, (c) => !c.certificateIssued),
} as const;
