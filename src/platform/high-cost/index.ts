/** 高額療養費 that belongs to the city: found, claimed from the insurer by 委任状, received, or asked back of the person. */
export {
  type ByHand,
  byHandNumber,
  byHandOutcomeTitles,
  byHandReasonTitles,
  byHandStateTitles,
  countByHand,
  type LeftOut,
  leftOutOf,
  listByHand,
  readByHand,
  settleByHand,
} from "./by-hand.ts";
export { takeClaimFile } from "./claim-file.ts";
export {
  type HighCostClaimPaper,
  issueClaimPaper,
  makeClaimPaper,
  paperObstacles,
  papersOfClaim,
  printClaimPaper,
} from "./claim-paper.ts";
export {
  answerLine,
  answerReasonTitles,
  answerTitles,
  type ClaimAnswer,
  claimActions,
  claimableByInsurer,
  claimNumber,
  claimStateMeta,
  gatherClaim,
  type HighCostClaimLine,
  type HighCostClaimRow,
  listClaims,
  moveClaim,
  readClaim,
  receiveMoney,
  returnReasonTitles,
  takeOutLine,
} from "./claims.ts";
export {
  askBack,
  dropReasonTitles,
  entriesOfPerson,
  entryActions,
  entryFigures,
  entryNumber,
  entryStateMeta,
  type HighCostEntry,
  listEntries,
  moveEntry,
  readEntry,
} from "./entries.ts";
export { enterInsurance, insuranceEvidenceTitles, insuranceOf } from "./insurance.ts";
export { printMandate } from "./mandate-letter.ts";
export {
  askMandate,
  countMandatesLate,
  type MandateRow,
  mandateStateTitles,
  mandatesLate,
  mandatesOf,
  moveMandate,
} from "./mandates.ts";
export {
  applySearch,
  beginSearch,
  cancelSearch,
  changeTitles,
  continueSearch,
  highCostJobs,
  listSearches,
  readSearch,
  type SearchChange,
  searchNumber,
  searchPerson,
  searchStateTitles,
} from "./search.ts";
export {
  claimsInState,
  countClaimsInState,
  countEntriesInState,
  countEntriesLapsing,
  countEntriesToDrop,
  entriesInState,
  entriesLapsing,
  entriesToDrop,
} from "./waiting.ts";
