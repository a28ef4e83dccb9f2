/** Notes of staff and scans of papers, sealed: on a case and on a person alike. */
export {
  type Attachment,
  addAttachment,
  attachmentsOf,
  readAttachment,
  withdrawAttachment,
} from "./attachments.ts";
export { addNote, type Note, notesOf, openNotes } from "./notes.ts";
export { type AttachmentType, largestAttachment, scanToShow } from "./scans.ts";
