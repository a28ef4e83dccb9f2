/** What is taken in with an application or a report: identity, documents, entries, inquiries. */
export {
  type DraftMark,
  draftMark,
  dropDraft,
  eraseDrafts,
  formDraftMarks,
  formPlace,
  keepDraft,
  openDraft,
} from "./drafts.ts";
export {
  type Entry,
  type EntryMark,
  type EntryPiece,
  entryMarksOf,
  latestEntry,
  openEntry,
  sealEntry,
} from "./entries.ts";
export { codesOf, errorsOf, parse } from "./errors.ts";
export { dayField, institutionFields, monthField, yenField } from "./fields.ts";
export {
  type IdentityCheck,
  identityChecksOf,
  identityDocumentTitles,
  identityMethodTitles,
  identitySchema,
  photoDocumentTitles,
  plainDocumentTitles,
  recordIdentity,
} from "./identity.ts";
export {
  confirmIncomes,
  determinedIncome,
  type Income,
  type IncomeRow,
  type IncomesAsked,
  incomeRows,
  incomesSchema,
  isSameIncome,
  openIncomes,
  recordIncomes,
  taxesOf,
} from "./incomes.ts";
export {
  ask,
  closeInquiries,
  type Inquiry,
  type InquiryRow,
  inquiriesOf,
  inquiryRows,
  recordAnswer,
  remind,
} from "./inquiries.ts";
export { insurerName, learnInsurers } from "./insurers.ts";
export {
  dropPersonDraft,
  keepPersonDraft,
  openPersonDraft,
  type PersonDraftPlace,
  personDraftMark,
} from "./person-drafts.ts";
export {
  askForDocuments,
  type DocumentCheck,
  type DocumentLimits,
  datedField,
  documentChecksOf,
  documentStatusTitles,
  documentsSchema,
  type RequiredDocument,
  type RequiredDocuments,
  recordDocuments,
} from "./required-documents.ts";
