/** Issued papers: kept as issued, printed again as they were. */
export {
  documentOf,
  documentsOf,
  type IssuedDocument,
  issueDocument,
  printDocument,
} from "./documents.ts";
export { documentsOfStep } from "./of-step.ts";
