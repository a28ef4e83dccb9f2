/** 償還払い: claims for what people paid, receipt by receipt, from the counter to the payable. */
export { billsOf, claimOf, codesByName, institutionMark, openSealedClaim } from "./bills.ts";
export { claims } from "./declare.ts";
export { type ClaimEntry, claimEntrySchema, type KeyedReceipt } from "./entry.ts";
export * from "./files/index.ts";
export { heldOfClaims } from "./held.ts";
export { type ClaimKind, claimCaseKind, type RefundSubject } from "./kind.ts";
export {
  claimLetterForms,
  claimLetterTitles,
  isClaimLetter,
  makeClaimLetter,
} from "./letters.ts";
export { claimForms, previewClaimNotice } from "./notice.ts";
export { type ClaimIntake, claimChannelTitles, openClaim } from "./open.ts";
export { postcardMailingId, postcardOf } from "./postcards.ts";
export { isAsProposed, type Proposed, proposedOf } from "./proposal.ts";
export { recentClaims } from "./recent.ts";
export { type ReckonedClaim, reckonClaim } from "./reckon.ts";
export { type RefundChoice, refundsAPage, refundsOf } from "./refunds.ts";
export { type ClaimRequest, inquirySchema, requestsOf, supplementSchema } from "./requests.ts";
