/** Issued papers: kept as issued, printed again as they were. */

export {
  type CopyQuery,
  copyStandingTitles,
  countCopies,
  getCopy,
  type ListCopy,
  listCopies,
} from "./copy-register.ts";
export { type CopyTask, copiesOfTask, countCopyTask } from "./copy-work.ts";
export {
  documentOf,
  documentsOf,
  type IssuedDocument,
  issueDocument,
  printDocument,
} from "./documents.ts";
export {
  copyActions,
  copyFlowOf,
  copyRights,
  copyState,
  decideCopy,
  enterErasedCopy,
  logCopies,
  mostLinesOfCopy,
  requestCopy,
  requireCopyable,
  takeCopy,
} from "./list-copies.ts";
export { documentsOfStep } from "./of-step.ts";
