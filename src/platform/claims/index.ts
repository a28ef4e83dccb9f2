/** 償還払い: claims for what people paid, receipt by receipt, from the counter to the payable. */
export { billsOf, claimOf, openSealedClaim } from "./bills.ts";
export { claims } from "./declare.ts";
export { type ClaimEntry, claimEntrySchema, type KeyedReceipt } from "./entry.ts";
export { type ClaimKind, claimCaseKind } from "./kind.ts";
export { claimForms, previewClaimNotice } from "./notice.ts";
export { type ClaimIntake, claimChannelTitles, openClaim } from "./open.ts";
export { isAsProposed, type Proposed, proposedOf } from "./proposal.ts";
export { recentClaims } from "./recent.ts";
export { type ReckonedClaim, reckonClaim } from "./reckon.ts";
