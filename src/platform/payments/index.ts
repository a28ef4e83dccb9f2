/** 支払: accounts of people, what is owed to them, and how it is paid. A 事務 calls {@link owe} as it decides. */
export { accountInWords } from "./account-data.ts";
export {
  type AccountRow,
  accountActions,
  accountClosingTitles,
  accountEvidenceTitles,
  accountSourceTitles,
  accountsOf,
  accountsToConfirm,
  confirmedAccount,
  countAccountsToConfirm,
  enterAccount,
  enterAccountOf,
  moveAccount,
  readAccount,
} from "./accounts.ts";
export { answerFaultTitles, answerLayouts, readAnswers } from "./answers.ts";
export {
  countDemandsDue,
  countDunningDue,
  demandsDue,
  dunningDue,
  recordDunning,
} from "./dunning.ts";
export { takeRunFile, writeRunFile } from "./file.ts";
export { declareParties, type Party, partiesOfRows, partyName } from "./parties.ts";
export {
  owe,
  type PayableRow,
  payableHistory,
  payableKindTitles,
  payableNumber,
  payableOf,
  payableStateMeta,
  payablesOfCase,
  payablesOfPerson,
  withdrawOwed,
} from "./payables.ts";
export {
  makeRepaymentPaper,
  type PaperStep,
  paperSteps,
  proposedDays,
  type RepaymentLetters,
} from "./repayment-letters.ts";
export {
  issueMoneyReceipt,
  issueRepaymentPaper,
  noticeTitles,
  paperDays,
  papersOfDay,
  printRepaymentPapers,
  type RepaymentNotice,
} from "./repayment-papers.ts";
export {
  lateOf,
  listRepayments,
  moveRepayment,
  openRepaymentsOf,
  outstandingOf,
  planRepayment,
  proposeRepayment,
  type RepaymentRow,
  readRepayment,
  receiveRepayment,
  repaymentActions,
  repaymentCauseTitles,
  repaymentNumber,
  repaymentStateMeta,
  setOffPayable,
} from "./repayments.ts";
export {
  hasTransferBook,
  linesAStatement,
  printRunStatement,
  printTransferBook,
} from "./run-papers.ts";
export {
  answerFaultsOf,
  failureTitles,
  gatherRun,
  handOverFile,
  holdLine,
  holdReasonTitles,
  linesOfRun,
  listPaymentRuns,
  movePaymentRun,
  type PaymentRun,
  paymentRunActions,
  paymentRunNumber,
  paymentRunStateMeta,
  readPaymentRun,
  totalOf,
} from "./runs.ts";
export {
  decideSetting,
  owedNow,
  type PaymentSetting,
  proposeSetting,
  readSetting,
  type SettingEntry,
  settingInForce,
  settingOn,
  settingSchema,
  settingsOf,
} from "./settings.ts";
export { moveCash, moveReturn, payableActions, readPayable } from "./steps.ts";
export {
  countFailed,
  countOpenRuns,
  countRepaymentsInState,
  countRunsInState,
  failedPayables,
  repaymentsInState,
  runsInState,
} from "./waiting.ts";
