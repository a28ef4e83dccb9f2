/** The fields of the parts of an application that several 事務 ask for, and how they are read. */
export { AccountFields } from "./account.tsx";
export { AgentFields } from "./agent.tsx";
export { ApplicantFields } from "./applicant.tsx";
export { HouseholdFields, readHousehold } from "./household.tsx";
export { HouseholdPick } from "./household-pick.tsx";
export { BranchField, InsuranceFields } from "./insurance.tsx";
export { MailingFields } from "./mailing-address.tsx";
export { boxOf, readOptionalPart, readPart } from "./read-part.ts";
