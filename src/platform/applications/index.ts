/** Applications and reports of any 事務: what one declares, and all that follows from it. */
export { makeCertificate } from "./certificate.ts";
export {
  type AnyChangeKind,
  type ChangeKind,
  type ChangeSubject,
  personOfChange,
  reasonTitle,
  subjectOfChange,
} from "./change-kind.ts";
export { currentData, enteredOf, reportedData } from "./data.ts";
export { application, changes, declaredApplications } from "./declare.ts";
export {
  type AnyApplicationKind,
  type ApplicationKind,
  type CalculationStep,
  type CertificateKind,
  caseKindOf,
  type GrantedPeriod,
  type Granting,
  joinEntry,
  splitEntry,
  type Titles,
} from "./kind.ts";
export {
  isLetterKind,
  type LetterKind,
  letterTitles,
  makeChangeLetter,
  makeLetter,
  paperOfDecision,
} from "./letters.ts";
export { type ChangeOpening, openApplication, openChange } from "./open.ts";
export { goneSince, type LossFinder, openLossesFromRegister } from "./register-losses.ts";
export {
  type ApplicationView,
  type ChangeView,
  hiddenWord,
  reportedChange,
  type SharedView,
  viewApplication,
  viewChange,
} from "./view.ts";
