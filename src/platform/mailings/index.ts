/** The room of mailings: letters of a 事務 in runs, from the extraction to the 授受簿. */
export {
  type Contractor,
  endContractor,
  isPublicKey,
  isUnderContract,
  listContractors,
  registerContractor,
} from "./contractors.ts";
export {
  applyRunEvent,
  type RunRow,
  runActions,
  runIdOf,
  runNumber,
} from "./door.ts";
export { createRun, extractRun } from "./extract.ts";
export {
  eraseOldPackages,
  handOverPackage,
  listHandOvers,
  packageStream,
  recordErasure,
  recordReceipt,
  takeOutPackage,
} from "./hand-over.ts";
export { mailingJobs } from "./jobs.ts";
export {
  declareMailingKind,
  type ItemReason,
  itemReasons,
  type MailingKind,
  mailingKind,
  type PieceToPrint,
  type PrintedPieces,
  type RunOfKind,
  type RunOrder,
} from "./kind.ts";
export { makeRun } from "./make.ts";
export { listItems, previewRun } from "./pieces.ts";
export {
  listRuns,
  type RunCounts,
  type RunDetails,
  readProgress,
  readRun,
} from "./read.ts";
export { releaseItem } from "./release.ts";
