import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";

/** One line of a file of receipts: its number from 1 and its columns, the record's identifier first. */
export interface ReceiptRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** IR: the medical institution and the month of the claim. */
export interface Institution {
  /** 1 社会保険診療報酬支払基金, 2 国民健康保険団体連合会 */
  readonly examiner: string;
  readonly prefecture: string;
  readonly pointTable: string;
  /** Seven digits, without prefecture and point table. */
  readonly code: string;
  readonly name: string;
  /** YYYY-MM */
  readonly claimMonth: string | undefined;
  readonly volume: string;
}

/** HO: what the health insurance bears. */
export interface InsurerShare {
  readonly insurer: string;
  readonly symbol: string;
  readonly number: string;
  readonly days: number | undefined;
  readonly points: number | undefined;
  readonly copay: number | undefined;
}

/** KO: what a public fund bears, in the order of the funds. */
export interface FundShare {
  readonly payer: string;
  readonly recipient: string;
  readonly days: number | undefined;
  readonly points: number | undefined;
  readonly copay: number | undefined;
  readonly outpatientCopay: number | undefined;
  readonly inpatientCopay: number | undefined;
}

/** RE and all that follows it up to the next receipt. */
export interface Receipt {
  readonly number: number | undefined;
  /** Four digits: point table, main insurance, number of payers, age and in- or outpatient. */
  readonly kind: string;
  /** YYYY-MM */
  readonly treatmentMonth: string | undefined;
  readonly name: string;
  readonly kana: string;
  readonly sex: string;
  readonly birth: IsoDate | undefined;
  /** 特記事項, two digits each. */
  readonly notes: readonly string[];
  readonly insurance: InsurerShare | undefined;
  readonly funds: readonly FundShare[];
  /** Counted once, though every payer's record carries them. */
  readonly points: number;
  readonly records: readonly ReceiptRecord[];
}

/** GO, or what was counted. */
export interface ReceiptTotals {
  /** Records of insurers and funds (HO and KO), not receipts. */
  readonly count: number | undefined;
  readonly points: number | undefined;
}

/** A column, or nothing where the line is shorter. */
export const columnOf = (record: ReceiptRecord, index: number): string =>
  record.fields[index] ?? "";

/** The identifier of a record: RE, HO, KO, … */
export const typeOf = (record: ReceiptRecord): string => columnOf(record, 0);

/** A whole number of digits only. */
export const countOf = (record: ReceiptRecord, index: number): number | undefined =>
  /^\d{1,12}$/.test(columnOf(record, index)) ? Number(columnOf(record, index)) : undefined;

/** `202110` as `2021-10`. */
export function monthOf(text: string): string | undefined {
  return /^\d{4}(0[1-9]|1[0-2])$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4)}` : undefined;
}

/** `20211031` as `2021-10-31`. */
export function dateOf(text: string): IsoDate | undefined {
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  return isIsoDate(date) ? date : undefined;
}

/** An IR record read. */
export function institutionOf(record: ReceiptRecord): Institution {
  return {
    examiner: columnOf(record, 1),
    prefecture: columnOf(record, 2),
    pointTable: columnOf(record, 3),
    code: columnOf(record, 4),
    name: columnOf(record, 6),
    claimMonth: monthOf(columnOf(record, 7)),
    volume: columnOf(record, 8),
  };
}

/** A receipt from its records, the first of which is RE. */
export function receiptOf(records: readonly [ReceiptRecord, ...ReceiptRecord[]]): Receipt {
  const [head] = records;
  const insurer = records.find((record) => typeOf(record) === "HO");
  const insurance = insurer && {
    insurer: columnOf(insurer, 1),
    symbol: columnOf(insurer, 2),
    number: columnOf(insurer, 3),
    days: countOf(insurer, 4),
    points: countOf(insurer, 5),
    copay: countOf(insurer, 11),
  };
  const funds = records
    .filter((record) => typeOf(record) === "KO")
    .map((record) => ({
      payer: columnOf(record, 1),
      recipient: columnOf(record, 2),
      days: countOf(record, 4),
      points: countOf(record, 5),
      copay: countOf(record, 6),
      outpatientCopay: countOf(record, 7),
      inpatientCopay: countOf(record, 8),
    }));
  return {
    number: countOf(head, 1),
    kind: columnOf(head, 2),
    treatmentMonth: monthOf(columnOf(head, 3)),
    name: columnOf(head, 4),
    kana: columnOf(head, 36),
    sex: columnOf(head, 5),
    birth: dateOf(columnOf(head, 6)),
    notes: columnOf(head, 11).match(/.{1,2}/g) ?? [],
    insurance,
    funds,
    points: insurance?.points ?? funds[0]?.points ?? 0,
    records,
  };
}
