/** Letters and papers of any 事務: to whom, under which number, made under the settings that hold. */
export { type Addressee, recipientOf, recipientsOf } from "./addressee.ts";
export { documentNumber } from "./document-number.ts";
export {
  type MadePaper,
  makePaper,
  subjectOf,
  type Unissued,
} from "./make-paper.ts";
export type { ProgramLetters } from "./program-letters.ts";
export { requireReleasedAddress } from "./protection.ts";
