export { openKeyRing } from "./key-ring.ts";
export { getSealed, getSealedOne, putSealed } from "./sealed-records.ts";
