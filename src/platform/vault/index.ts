export { openKeyRing } from "./key-ring.ts";
export { keyOfPerson } from "./person-key.ts";
export { keepReason, type ReadReason, readReasons } from "./reasons.ts";
export { seal, unseal } from "./seal.ts";
export {
  getSealed,
  getSealedOne,
  openEntriesForRequest,
  putSealed,
  putSealedAll,
  sealFor,
} from "./sealed-records.ts";
export { keepStatement, statementsOf } from "./statements.ts";
