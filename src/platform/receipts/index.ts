/** レセプト: files of the examining bodies, judged against the register, decided, and posted into the ledger. */
export { copayTrial } from "./copay-trial.ts";
export { receiptLayouts } from "./csv.ts";
export { decideReceipts, judgeAgain, settleDecisions } from "./decide.ts";
export { approveAndPost, continueFile, receiptJobs } from "./jobs.ts";
export { judgeFile } from "./judge-file.ts";
export {
  declareReceiptKind,
  type ReceiptKind,
  receiptKind,
  receiptProgramShortTitle,
  receiptProgramTitle,
} from "./kind.ts";
export { receiptsOfScheme } from "./kind-of-scheme.ts";
export {
  benefitWithChanges,
  type LedgerChoice,
  type LedgerRow,
  ledgerOf,
  ledgerOfPerson,
  listAdjustments,
  matchingBenefits,
} from "./ledger.ts";
export {
  countWaitingFiles,
  decisionsOf,
  type FaultRow,
  type FileFigures,
  faultsOf,
  figuresOf,
  filesWithWork,
  findReceipt,
  type ListedReceipt,
  linesAPage,
  listFiles,
  listReceipts,
  openDecisionsOf,
  type ReceiptList,
  receiptLists,
  waitingFiles,
} from "./lists.ts";
export { type FileRow, fileActions, getFile, moveFile } from "./move.ts";
export { patientOf } from "./patient.ts";
export { receiveReceipts } from "./receive.ts";
export { type ReturnedReceipt, returnedReceipts } from "./returns.ts";
export {
  adjustmentReasonsOn,
  askAdjustment,
  decideAdjustment,
  decideAdjustmentReason,
  decideStatement,
  enterAdjustmentReason,
  enterStatement,
  ledgerSums,
  listAdjustmentReasons,
  listStatements,
  type StatementRow,
} from "./statements.ts";
export {
  adjustmentsAsked,
  countAdjustmentsAsked,
  countMonthsToState,
  countReasonsAsked,
  countStatementsAsked,
  monthsToState,
  reasonsAsked,
  statementsAsked,
} from "./waiting.ts";
