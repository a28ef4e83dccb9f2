export { type KeyRing, openKeyRing } from "./key-ring.ts";
export {
  getSealed,
  getSealedOne,
  putSealed,
  putSealedAll,
  type SealedInput,
  type SealedRecord,
} from "./sealed-records.ts";
