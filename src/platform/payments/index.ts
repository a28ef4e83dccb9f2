/** 支払: accounts of people, what is owed to them, and how it is paid. A 事務 calls {@link owe} as it decides. */
export {
  accountInWords,
  type Payee,
} from "./account-data.ts";
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
export {
  type Owed,
  owe,
  type PayableRow,
  type PayableSource,
  payableHistory,
  payableKindTitles,
  payableNumber,
  payableOf,
  payableStateMeta,
  payablesOf,
  payablesOfCase,
  payablesOfPerson,
  withdrawOwed,
} from "./payables.ts";
