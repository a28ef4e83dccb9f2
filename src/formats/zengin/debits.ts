import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Fault } from "../fault.ts";
import { compared, type LineEnd, type ReadFile, readFile, writeFile, yen } from "./files.ts";
import { debitLayouts } from "./layouts.ts";
import { type Account, accountFields, headerOf, type Originator } from "./originator.ts";

/** 振替結果コード. */
export const debitResults = {
  "0": "振替済",
  "1": "資金不足",
  "2": "取引なし",
  "3": "預金者の都合による振替停止",
  "4": "預金口座振替依頼書なし",
  "8": "委託者の都合による振替停止",
  "9": "その他",
} as const;

export type DebitResult = keyof typeof debitResults;

/** Money drawn from one account. */
export interface Debit {
  readonly account: Account;
  /** The holder's name in kana. */
  readonly name: string;
  readonly amount: number;
  /** 1 first debit of this account, 2 account changed, 0 otherwise. */
  readonly newCode: "0" | "1" | "2";
  /** Up to 20 digits or letters, by which the result is found again. */
  readonly customerNumber: string;
}

/**
 * Writes a file 口座振替 (種別91) record by record: what is asked of the bank, or with `resultOf` what
 * it answers. Throws FormatError, naming record, field and reason, for what no bank would accept.
 */
export function writeDebits(
  originator: Originator,
  date: IsoDate,
  debits: Iterable<Debit>,
  lineEnd: LineEnd,
  resultOf?: (debit: Debit) => DebitResult,
): Generator<Uint8Array> {
  const all = new Sum();
  const collected = new Sum();
  const uncollected = new Sum();
  function* rows() {
    for (const debit of debits) {
      const result = resultOf?.(debit) ?? "0";
      all.add(debit.amount);
      if (resultOf) (result === "0" ? collected : uncollected).add(debit.amount);
      yield {
        record: "2",
        ...accountFields(debit.account),
        unused: "",
        name: debit.name,
        amount: yen(debit.amount, all.count + 1, "引落金額"),
        newCode: debit.newCode,
        customerNumber: debit.customerNumber,
        result,
        filler: "",
      };
    }
  }
  const trailer = () => ({
    record: "8",
    count: String(all.count),
    amount: String(all.amount),
    collectedCount: String(collected.count),
    collectedAmount: String(collected.amount),
    uncollectedCount: String(uncollected.count),
    uncollectedAmount: String(uncollected.amount),
    filler: "",
  });
  return writeFile(debitLayouts, headerOf(originator, date, "91"), rows(), trailer, lineEnd);
}

/** A file read: what was asked, or what the bank answered. */
export type ReadDebits = ReadFile<typeof debitLayouts> & { readonly kind: "request" | "results" };

/**
 * Reads a file 口座振替. It holds results when any code or total of results is set; then those totals
 * are compared too. Lists what is wrong.
 */
export function readDebits(bytes: Uint8Array): ReadDebits {
  const file = readFile(debitLayouts, bytes);
  const { rows, trailer } = file;
  const all = new Sum();
  const collected = new Sum();
  const uncollected = new Sum();
  for (const { values } of rows) {
    const amount = Number(values.amount);
    all.add(amount);
    (values.result === "0" ? collected : uncollected).add(amount);
  }
  const stated = trailer
    ? Number(trailer.values.collectedCount) + Number(trailer.values.uncollectedCount)
    : 0;
  const kind = uncollected.count > 0 || stated > 0 ? "results" : "request";
  const faults: Fault[] = trailer
    ? compared(trailer.record, [
        ["合計件数", trailer.values.count, all.count],
        ["合計金額", trailer.values.amount, all.amount],
        ...(kind === "results"
          ? ([
              ["振替済件数", trailer.values.collectedCount, collected.count],
              ["振替済金額", trailer.values.collectedAmount, collected.amount],
              ["振替不能件数", trailer.values.uncollectedCount, uncollected.count],
              ["振替不能金額", trailer.values.uncollectedAmount, uncollected.amount],
            ] as const)
          : []),
      ])
    : [];
  return { ...file, kind, faults: [...file.faults, ...faults] };
}

class Sum {
  count = 0;
  amount = 0;
  add(amount: number): void {
    this.count += 1;
    this.amount += amount;
  }
}
