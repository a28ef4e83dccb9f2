export { openKeyRing } from "./key-ring.ts";
export { keepReason, type ReadReason, readReasons } from "./reasons.ts";
export { seal, unseal } from "./seal.ts";
export {
  getSealed,
  getSealedOne,
  openEntriesForRequest,
  putSealed,
  sealFor,
} from "./sealed-records.ts";
export { keepStatement, statementsOf } from "./statements.ts";
