/** レセプト: files of the examining bodies, judged against the register, decided, and posted into the ledger. */
export { decideReceipts, judgeAgain, settleDecisions } from "./decide.ts";
export { approveFile, continueFile, receiptJobs } from "./jobs.ts";
export { judgeFile } from "./judge-file.ts";
export { declareReceiptKind, type ReceiptKind, receiptKinds, receiptProgramTitle } from "./kind.ts";
export { receiptsOfScheme } from "./kind-of-scheme.ts";
export { type FileRow, fileActions, getFile, moveFile, receiptWork } from "./move.ts";
export { postFile } from "./post-file.ts";
export { type IncomingReceipts, receiveReceipts } from "./receive.ts";
