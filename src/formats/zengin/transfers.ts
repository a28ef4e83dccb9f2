import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Fault } from "../fault.ts";
import { compared, type LineEnd, type ReadFile, readFile, writeFile, yen } from "./files.ts";
import { transferLayouts } from "./layouts.ts";
import { type Account, accountFields, headerOf, type Originator } from "./originator.ts";

/** What differs from bank to bank. */
export interface TransferProfile {
  readonly clearingHouse: "0000" | "    ";
  /** 振込指定区分: 7 テレ振込, 8 文書振込, 0 or a space where the bank does not use it. */
  readonly category: "7" | "8" | "0" | " ";
  readonly lineEnd: LineEnd;
}

/** Money to one account. */
export interface Transfer {
  readonly account: Account;
  /** The holder's name in kana. */
  readonly name: string;
  readonly amount: number;
  /** 1 first payment to this account, 2 account changed, 0 otherwise. */
  readonly newCode: "0" | "1" | "2";
  /** Either two codes of the sender, ten digits each, or EDI information of up to 20 characters. */
  readonly reference?: readonly [string, string] | { readonly edi: string };
}

/**
 * Writes a file 総合振込 (種別21) record by record. Throws FormatError, naming record, field and
 * reason, for what no bank would accept.
 */
export function writeTransfers(
  originator: Originator,
  date: IsoDate,
  transfers: Iterable<Transfer>,
  profile: TransferProfile,
): Generator<Uint8Array> {
  let count = 0;
  let amount = 0;
  function* rows() {
    for (const transfer of transfers) {
      count += 1;
      amount += transfer.amount;
      yield {
        record: "2",
        ...accountFields(transfer.account),
        clearingHouse: profile.clearingHouse,
        name: transfer.name,
        amount: yen(transfer.amount, count + 1, "振込金額"),
        newCode: transfer.newCode,
        ...referenceOf(transfer.reference ?? ["", ""]),
        category: profile.category,
        filler: "",
      };
    }
  }
  const trailer = () => ({ record: "8", count: String(count), amount: String(amount), filler: "" });
  return writeFile(
    transferLayouts,
    headerOf(originator, date, "21"),
    rows(),
    trailer,
    profile.lineEnd,
  );
}

function referenceOf(reference: NonNullable<Transfer["reference"]>) {
  return "edi" in reference
    ? { customerCodes: reference.edi, identification: "Y" }
    : {
        customerCodes: reference.map((code) => code.padStart(10, "0")).join(""),
        identification: "",
      };
}

/** Reads a file 総合振込, and lists what is wrong with it, the trailer's sums included. */
export function readTransfers(bytes: Uint8Array): ReadFile<typeof transferLayouts> {
  const file = readFile(transferLayouts, bytes);
  const { rows, trailer } = file;
  const faults: Fault[] = trailer
    ? compared(trailer.record, [
        ["合計件数", trailer.values.count, rows.length],
        [
          "合計金額",
          trailer.values.amount,
          rows.reduce((sum, { values }) => sum + Number(values.amount), 0),
        ],
      ])
    : [];
  return { ...file, faults: [...file.faults, ...faults] };
}
