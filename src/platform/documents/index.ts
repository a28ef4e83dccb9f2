/** Issued papers: kept as issued, printed again as they were. */
export {
  documentOf,
  documentsOf,
  type IssuedDocument,
  issueDocument,
  printDocument,
} from "./documents.ts";
export {
  copiesWaiting,
  copyActions,
  decideCopy,
  getCopy,
  type ListCopy,
  listCopies,
  mostLinesOfCopy,
  requestCopy,
  requireCopyable,
  takeCopy,
} from "./list-copies.ts";
export { documentsOfStep } from "./of-step.ts";
