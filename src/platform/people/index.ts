export { bornNotBefore, hasReached, type KnownBirth, reckonedBirth, yearsOn } from "./birth.ts";
export { detailLines } from "./details.ts";
export { addressLine, nameWord, otherNames, shownKana, shownName } from "./display.ts";
export {
  type FeedRecord,
  matchRecords,
  recordFingerprint,
  subjectToken,
  writeRecords,
} from "./feed-records.ts";
export { findPeople, type PersonQuery, searchLimit } from "./find.ts";
export { type HouseholdView, lookAtHousehold, newbornsOf } from "./household.ts";
export { allOf, canonicalOf, numbersOf, numbersUnder, programsUnder } from "./links.ts";
export { householdOf, lookAtPeople, lookAtPerson, lookForRequest, type Person } from "./look.ts";
export { type MatchedPerson, matchSources, presentPeople } from "./match.ts";
export {
  announceNeed,
  type NeededKind,
  neededAmong,
  neededPeople,
  withdrawNeed,
} from "./needs.ts";
export type { PersonName, PersonRecord, RegisterDetails, Sex } from "./person-record.ts";
export {
  countUnknownBirths,
  listUnknownBirths,
  moveReckonedBirth,
  proposeReckonedBirth,
  type ReckonedBirth,
  type ReckoningBasis,
  reckonedBirthActions,
  reckonedBirthsOf,
  reckoningBases,
  reviewReckonedBirth,
  type UnknownBirthState,
  unknownBirthStates,
} from "./reckoned-births.ts";
export { lookAtRegisterChanges, registerChangeTitles } from "./register-changes.ts";
export { relationshipTitle } from "./relationship.ts";
export { type SelectedPerson, selectPeople } from "./select.ts";
export { sourceNumbersOf } from "./source-numbers.ts";
export { incomesOf, incomeToken, type KnownIncome, type TaxFacts } from "./taxes.ts";
export { welfareOf } from "./welfare.ts";
export { fingerprintOf, individualToken, writePeople } from "./write.ts";
