export { findPeople, type PersonQuery, searchLimit } from "./find.ts";
export {
  householdOf,
  lookAtPeople,
  lookAtPerson,
  type Person,
  type PersonItem,
} from "./look.ts";
export { type MatchedPerson, matchSources, presentPeople } from "./match.ts";
export type {
  PersonAddress,
  PersonName,
  PersonRecord,
  Residence,
  Sex,
} from "./person-record.ts";
export { relationshipTitle } from "./relationship.ts";
export { type BirthRange, type SelectedPerson, selectPeople } from "./select.ts";
export { fingerprintOf, type PersonToWrite, sourceToken, writePeople } from "./write.ts";
