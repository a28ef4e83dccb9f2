/** 更新の期: the yearly renewal of a 事務, with what is handed in (現況届), judged and decided many at once. */
export {
  type AnswerView,
  answerActions,
  answerStateMeta,
  answersOf,
  findAnswer,
  letterSortTitles,
  listAnswers,
  moveAnswer,
  outcomeTitles,
  readAnswer,
  receiveAnswer,
  usualCompleteBy,
  viaTitles,
} from "./answers.ts";
export { findingsOf, type Judged } from "./findings.ts";
export { confirmRenewalIncomes, keyRenewalIncome } from "./incomes.ts";
export {
  approveChosen,
  judgePortion,
  nextProposed,
  proposeLapses,
} from "./judge.ts";
export {
  type AnyRenewalKind,
  commonRenewalReasons,
  findingTitlesOf,
  type RenewalKind,
  reasonTitlesOf,
} from "./kind.ts";
export {
  letterSorts,
  renewalMailingId,
  renewalMailings,
  renewalOrder,
} from "./mailings.ts";
export { answerNumber, serialOf } from "./number.ts";
export { type Progress, progressOf } from "./progress.ts";
export {
  listSeasons,
  moveSeason,
  openSeasons,
  planSeason,
  readSeason,
  type SeasonPlan,
  type SeasonRow,
  seasonActions,
  seasonForAll,
} from "./seasons.ts";
export {
  countAnswersInProgram,
  countAnswersInState,
  countDueLetters,
  countRenewals,
  followRegister,
  heldOfRenewals,
  readComments,
  receivedToday,
  seasonsInState,
} from "./waiting.ts";
