import type { Fault } from "../fault.ts";
import { checkInstitution, checkReceipt, checkTotals } from "./check.ts";
import { readLines } from "./lines.ts";
import {
  columnOf,
  countOf,
  type Institution,
  institutionOf,
  type Receipt,
  type ReceiptRecord,
  type ReceiptTotals,
  receiptOf,
  typeOf,
} from "./records.ts";

/** What a file of receipts consists of, in its order, each part with what is wrong in it. */
export type ReceiptPart = { readonly faults: readonly Fault[] } & (
  | {
      readonly kind: "institution";
      readonly institution: Institution;
      readonly record: ReceiptRecord;
    }
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "totals"; readonly stated: ReceiptTotals; readonly counted: ReceiptTotals }
  | { readonly kind: "misplaced" }
);

/** What is counted into GO: records of payers, and each receipt's points once. */
export function addReceipt(totals: Counted, { insurance, funds, points }: Receipt): Counted {
  return {
    count: totals.count + funds.length + (insurance ? 1 : 0),
    points: totals.points + points,
  };
}

interface Counted {
  readonly count: number;
  readonly points: number;
}

/**
 * Reads receipts (医科, レセプト電算処理システム) as their bytes come: one receipt is held at a time.
 * Nothing makes it stop: what is wrong is told with the part it is in, without the data themselves.
 *
 * @param manyInstitutions whether another institution's record may follow the closing record, as in files of the examining bodies
 * @throws FormatError where the bytes do not fall into lines
 */
export async function* readReceipts(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { manyInstitutions = false }: { manyInstitutions?: boolean } = {},
): AsyncGenerator<ReceiptPart> {
  let state: "institution" | "receipts" | "closed" = "institution";
  let open: [ReceiptRecord, ...ReceiptRecord[]] | undefined;
  let openFaults: Fault[] = [];
  let counted: Counted = { count: 0, points: 0 };
  let receipts = 0;
  let oneVolume = true;
  let last = 0;

  function* close(): Generator<ReceiptPart> {
    if (!open) return;
    const receipt = receiptOf(open);
    receipts += 1;
    counted = addReceipt(counted, receipt);
    const faults = [...openFaults, ...checkReceipt(receipt, receipts)];
    yield { kind: "receipt", receipt, faults };
    open = undefined;
  }

  for await (const { record, faults } of readLines(source)) {
    const type = typeOf(record);
    last = record.line;
    if (type === "IR" && (state === "institution" || (manyInstitutions && state === "closed"))) {
      state = "receipts";
      counted = { count: 0, points: 0 };
      receipts = 0;
      const institution = institutionOf(record);
      oneVolume = ["", "00"].includes(institution.volume);
      yield {
        kind: "institution",
        institution,
        record,
        faults: [...faults, ...checkInstitution(record)],
      };
    } else if (type === "RE" && state !== "closed") {
      yield* close();
      open = [record];
      openFaults = [...faults];
      if (state === "institution") openFaults.push(misplaced(record.line, "IR"));
      state = "receipts";
    } else if (type === "GO" && state === "receipts") {
      yield* close();
      state = "closed";
      const stated = { count: countOf(record, 1), points: countOf(record, 2) };
      const wrong =
        oneVolume && columnOf(record, 3) === "99" ? checkTotals(record, stated, counted) : [];
      yield { kind: "totals", stated, counted, faults: [...faults, ...wrong] };
    } else if (open && type !== "IR") {
      open.push(record);
      openFaults.push(...faults);
    } else {
      yield { kind: "misplaced", faults: [...faults, misplacedHere(record)] };
    }
  }
  yield* close();
  if (state !== "closed") yield { kind: "misplaced", faults: [misplaced(last + 1, "GO")] };
}

const misplaced = (line: number, type: "IR" | "GO"): Fault => ({
  record: line,
  field: "レコードの順序",
  reason:
    type === "IR"
      ? "医療機関情報(IR)のレコードが前にありません。"
      : "請求書(GO)のレコードがありません。",
});

const misplacedHere = (record: ReceiptRecord): Fault => ({
  record: record.line,
  field: "レコードの順序",
  reason: "ここに置けないレコードです。",
});
