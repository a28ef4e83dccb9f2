/** 受給資格 of any 事務: numbers, periods and their movements, data that hold from a day, certificates, reports of change. */

export {
  type CertificateReturn,
  countOutstanding,
  listReturns,
  moveReturn,
  outstandingUnder,
  type ReturnCause,
  returnCauseTitles,
  returnStateMeta,
  returnsOfEntitlements,
  settledToday,
} from "./certificate-returns.ts";
export {
  type CertifiedEntitlement,
  certifiedOn,
  dataOfCases,
  dataOfMany,
  recordRunIssues,
  withdrawRunIssues,
} from "./certificate-runs.ts";
export {
  type Certificate,
  certificateEndingTitles,
  certificatesOf,
  certificatesOfRun,
  endCertificates,
  findCertificate,
  findIssue,
  type IssueReason,
  isPrintedAgain,
  issueReasonTitles,
  nextIssue,
  recordIssue,
  reissueReasonTitles,
} from "./certificates.ts";
export {
  type Change,
  type ChangeMovement,
  changeOf,
  concernedBy,
  reportChange,
} from "./changes.ts";
export {
  type Consequence,
  consequencesOf,
  followInsurer,
  insurerConsequences,
} from "./consequences.ts";
export { type DataRecord, dataOn, keepRecords, recordedData, recordsOf } from "./data.ts";
export {
  type EndingEntitlement,
  endingOn,
  type OutstandingCertificate,
  remindByRun,
  stillOut,
  withdrawReminders,
} from "./ending-runs.ts";
export {
  type Entitlement,
  entitlementStatusTitles,
  entitlementsOf,
  entitlementsOfCase,
  findEntitlements,
  grant,
  grantedBy,
  medical,
  moveEntitlement,
  type Suspension,
  suspensionsOf,
} from "./entitlements.ts";
export {
  countFollowUps,
  dropReasonTitle,
  type FollowUp,
  type FollowUpKind,
  followUpActions,
  followUpStateMeta,
  followUpsOfEntitlements,
  followUpTitles,
  listFollowUps,
  metFollowUps,
  moveFollowUp,
  readFollowUp,
} from "./follow-ups.ts";
export { handlingOf } from "./handling.ts";
export { type Movement, movementsOf, movementTitles } from "./movements.ts";
export { type ProposedPeriod, proposedPeriods, proposePeriods } from "./proposed-periods.ts";
export { peopleOfRecipientNumber, recipientNumbersOf } from "./recipients.ts";
export {
  type Statement,
  type StatementScheme,
  signStatement,
  type Verified,
  verifyStatement,
} from "./statement.ts";
