/** Files of claims that came electronically: received whole, taken in row by row. */
export { correctRow, dropRow, takeFileBack } from "./correct.ts";
export { type ClaimRowItem, claimRowItems, type RawRow, settings } from "./items.ts";
export {
  type ClaimFile,
  countFilesWithWork,
  getClaimFile,
  getRow,
  type ListedRow,
  listClaimFiles,
  listRows,
  movedOnCount,
  rowOfClaim,
  rowsAPage,
} from "./lists.ts";
export { claimLayouts } from "./read-file.ts";
export { receiveClaimFile } from "./receive.ts";
export { openRow, takeRows, withdrawClaims } from "./take.ts";
