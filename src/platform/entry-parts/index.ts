/** Parts of an application that several 事務 ask for. */
export { type Account, accountKindTitles, accountPart } from "./account.ts";
export { type Agent, agentPart } from "./agent.ts";
export { type Applicant, applicantPart } from "./applicant.ts";
export {
  type Insurance,
  insuranceFaults,
  insuranceKindTitles,
  insurancePart,
  insuredRelationTitles,
} from "./insurance.ts";
export {
  type MailingAddress,
  mailingOn,
  mailingPart,
  mailingReasonTitles,
} from "./mailing-address.ts";
export {
  type EntryItem,
  type EntryPart,
  isoDate,
  optionalText,
  personNumber,
  postalCode,
  postalCodeOf,
  requiredText,
} from "./part.ts";
export { itemsOfParts, withoutAddresses } from "./parts.ts";
export * as readText from "./read-text.ts";
export { registeredAddress, registeredName } from "./registered.ts";
