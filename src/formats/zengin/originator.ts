import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** A bank or branch: its code and its name in kana. */
export interface Place {
  readonly code: string;
  readonly name: string;
}

/** An account: 1 普通, 2 当座, 3 納税準備, 4 貯蓄, 9 その他; seven digits. */
export interface Account {
  readonly bank: Place;
  readonly branch: Place;
  readonly type: string;
  readonly number: string;
}

/** Who sends the file, and the account that is drawn upon or paid into. */
export interface Originator {
  /** The ten digits the bank gave. */
  readonly code: string;
  readonly name: string;
  readonly account: Account;
}

/** The fields of an account, the same in all records. */
export const accountFields = ({ bank, branch, type, number }: Account) => ({
  bankCode: bank.code,
  bankName: bank.name,
  branchCode: branch.code,
  branchName: branch.name,
  accountType: type,
  accountNumber: number,
});

/** The header's values. */
export const headerOf = (
  { code, name, account }: Originator,
  date: IsoDate,
  type: "21" | "91",
) => ({
  record: "1",
  type,
  code: "0",
  originatorCode: code,
  originatorName: name,
  date: date.slice(5).replace("-", ""),
  ...accountFields(account),
  filler: "",
});
