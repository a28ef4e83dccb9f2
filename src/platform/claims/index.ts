/** 償還払い: claims for what people paid, receipt by receipt, from the counter to the payable. */
export { billsOf, claimOf, type Judged, openSealedClaim, receiptOf } from "./bills.ts";
export {
  type DecidedClaim,
  type DecidedReceipt,
  /** @public */
  decidedClaim,
} from "./decided.ts";
export { claims } from "./declare.ts";
export { type ClaimEntry, claimEntrySchema, type KeyedReceipt } from "./entry.ts";
export { type ClaimKind, claimCaseKind } from "./kind.ts";
export { claimForms, previewClaimNotice } from "./notice.ts";
export {
  type ClaimIntake,
  type ClaimOpening,
  claimChannelTitles,
  openClaim,
} from "./open.ts";
export { isAsProposed, type Proposed, proposedOf } from "./proposal.ts";
export { type ReckonedClaim, type ReckonedReceipt, reckonClaim } from "./reckon.ts";
