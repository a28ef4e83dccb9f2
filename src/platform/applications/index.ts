/** Applications and reports of any 事務: what one declares, and all that follows from it. */
export { basisOn } from "./basis.ts";
export { birthUnknown } from "./birth-unknown.ts";
export { makeCertificate, printed } from "./certificate.ts";
export {
  certificateMailingId,
  householdsForRun,
  type RunReason,
  runReasons,
} from "./certificate-mailing.ts";
export { certificateOfRun, reprintCertificate } from "./certificate-reprint.ts";
export { inTitleOf, titleOfSorts } from "./certificate-titles.ts";
export {
  type AnyChangeKind,
  type ChangeKind,
  type ChangeSubject,
  neverHeld,
  personOfChange,
  reasonTitle,
  subjectOfChange,
} from "./change-kind.ts";
export { makeChangeLetter } from "./change-letters.ts";
export { contradictionsOf, knownForReason } from "./contradictions.ts";
export { currentData, enteredOf, reportedData } from "./data.ts";
export { application, changes, declaredApplications } from "./declare.ts";
export {
  expiryMailing,
  expiryMailingId,
  reminderMailing,
  reminderMailingId,
} from "./ending-mailings.ts";
export type { EntryAbout, EntryFaults } from "./entry-faults.ts";
export { expireEntitlements } from "./expiry.ts";
export { looksAt } from "./facts.ts";
export { type CaseHead, headOf } from "./head.ts";
export {
  hindrancesBy,
  type Obstacle,
  OpeningRefused,
  obstaclesTo,
  openingFacts,
} from "./hindrances.ts";
export { householdEntry, namedPeople, partOfPerson } from "./household-entry.ts";
export { incomesAsked } from "./incomes.ts";
export { askedSchema } from "./inquiry-handlers.ts";
export { type JudgedIncome, judgeIncomes } from "./judged-incomes.ts";
export {
  type AnyApplicationKind,
  type ApplicationKind,
  type CalculationStep,
  caseKindOf,
  certificatesOfKind,
  type EvidenceFacts,
  type Granting,
  type IncomeTest,
  type InquirySubject,
  joinEntry,
  type OwnLetter,
  type Titles,
} from "./kind.ts";
export {
  groundsOf,
  isLetterKind,
  type LetterKind,
  letterTitles,
  paperOfDecision,
} from "./letter-parts.ts";
export { makeLetter } from "./letters.ts";
export { letterAhead, mayYetSend } from "./letters-ahead.ts";
export { type MailingPeriod, mailingHistory } from "./mailing-history.ts";
export { mailingOfPayer } from "./mailing-of-payer.ts";
export {
  correctionSubject,
  resumptionSubject,
  suspensionSubject,
} from "./movement-subjects.ts";
export { openApplication, openChange } from "./open.ts";
export { isAsProposed, periodsGiven } from "./periods.ts";
export {
  goneSince,
  type LossFinder,
  openLossesFromRegister,
} from "./register-losses.ts";
export { proposeForChanged, proposeForNewborns } from "./register-proposals.ts";
export { accountSubject, lossSubject, mailingSubject, partSubject } from "./usual-subjects.ts";
export {
  type ApplicationView,
  type ChangeView,
  hiddenWord,
  reportedChange,
  type SharedView,
  sharedView,
  viewApplication,
  viewChange,
} from "./view.ts";
