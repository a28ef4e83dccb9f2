/** Mailings: letters of a 事務 in runs, from the extraction to the 授受簿. */
export { mayBundle } from "./bundles.ts";
export {
  type Contractor,
  endContractor,
  isPublicKey,
  isUnderContract,
  listContractors,
  registerContractor,
} from "./contractors.ts";
export { createRun } from "./create-run.ts";
export { changeDates, faultsOf, isToPrint } from "./dates.ts";
export {
  type Difference,
  differenceTitles,
  type Enclosing,
  enclosingOf,
  enclosingSteps,
  handEnclosing,
  listEnclosings,
  nameEncloser,
  nextOf,
  noteEnclosing,
} from "./enclosing.ts";
export { eraseOldPackages } from "./erase.ts";
export { extractRun } from "./extract.ts";
export {
  handOverPackage,
  packageStream,
  recordErasure,
  recordReceipt,
  takeOutPackage,
  withdrawPackage,
} from "./hand-over.ts";
export { mostInOffice, printInOffice } from "./in-office.ts";
export { mailingJobs } from "./jobs.ts";
export {
  type Candidate,
  declareMailingKind,
  followedUp,
  type IssuedBy,
  type MailingKind,
  mailingKind,
  mailingKinds,
  type Piece,
  type PreparedPiece,
  reasonTitles,
  waitsForRelease,
} from "./kind.ts";
export {
  countRunsByState,
  countWaitingRuns,
  listRuns,
  type WaitingRun,
  waitingRuns,
} from "./list-runs.ts";
export { makeRun } from "./make.ts";
export { applyRunEvent, runActions } from "./move-run.ts";
export { encryptFor, tar } from "./package.ts";
export { charactersOf, listItems } from "./pieces.ts";
export { previewRun } from "./preview.ts";
export { printOne } from "./print.ts";
export { type RunCounts, type RunDetails, readProgress, readRun } from "./read.ts";
export { listHandOvers, printHandOvers } from "./register.ts";
export { releaseItem } from "./release.ts";
export { type RunAlike, runsAlike } from "./repeats.ts";
export {
  correctReturn,
  countOpenReturns,
  enterReturn,
  listEntered,
  listOpenReturns,
  type ReturnedPiece,
  type ReturnOutcome,
  type ReturnReason,
  returnOutcomes,
  returnReasons,
  returnsOf,
  settleReturn,
} from "./returned.ts";
export { type Bundling, type RunRow, runIdOf, runNumber } from "./run.ts";
export { countUnsent, listUnsent, type PieceName, sendUnsent, settleUnsent } from "./unsent.ts";
