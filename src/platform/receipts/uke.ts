import type { Fault } from "#src/formats/fault.ts";
import { readReceipts } from "#src/formats/receipts/read.ts";
import {
  columnOf,
  countOf,
  type FundShare,
  type Institution,
  type Receipt,
  typeOf,
} from "#src/formats/receipts/records.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { checkNumber, normalizeNumber } from "#workflows/numbers/kinds.ts";
import { type FundFacts, readNotes, readType } from "#workflows/receipts/facts.ts";
import type { FilePart, SealedReceipt } from "./file-part.ts";

/** Records that a receipt may consist of (医科 and DPC); others are shown as unknown. */
const RECORDS = new Set(
  "RE HO KO GR KH SN JD MF SY SI IY TO CO SJ TI TR TS BU SB KK CD NI GT SK ST".split(" "),
);
/** Columns of RE that the reader does not name. */
const BENEFIT_SHARE = 7;
const SEARCH_NUMBER = 18;

/** A file of the レセプト電算処理システム, receipt by receipt; institutions may follow one another. */
export async function* readUke(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<FilePart> {
  let institution: Institution | undefined;
  let ofInstitution: readonly Fault[] = [];
  for await (const part of readReceipts(source, { manyInstitutions: true })) {
    if (part.kind === "institution") {
      institution = part.institution;
      ofInstitution = part.faults;
    } else if (part.kind === "receipt")
      yield { receipt: sealedOf(part.receipt, [...ofInstitution, ...part.faults], institution) };
    else if (part.kind === "totals")
      for (const { record, field, reason } of part.faults)
        yield { fault: { code: "totals-differ", line: record, field, reason } };
    else
      for (const { record, field, reason } of part.faults)
        yield {
          fault: {
            code: reason.includes("GO") ? "no-totals" : "misplaced",
            line: record,
            field,
            reason,
          },
        };
  }
}

function sealedOf(
  receipt: Receipt,
  faults: readonly Fault[],
  institution: Institution | undefined,
): SealedReceipt {
  const [head] = receipt.records;
  if (!head) throw new Error("a receipt without a record");
  const type = readType(receipt.kind);
  const code = institution
    ? `${institution.prefecture}${institution.pointTable}${institution.code}`
    : "";
  const unknown = receipt.records
    .filter((record) => /^[A-Z]{2}$/.test(typeOf(record)) && !RECORDS.has(typeOf(record)))
    .map(({ line }) => ({
      line,
      field: "レコード識別情報",
      reason: "仕様にない種類のレコードです。",
    }));
  const insurer = normalizeNumber("insurer", receipt.insurance?.insurer.trim() ?? "");
  const search = columnOf(head, SEARCH_NUMBER);
  return {
    facts: {
      line: head.line,
      number: receipt.number ?? null,
      searchNumber: /^[0-9A-Za-z]{1,30}$/.test(search) ? search : null,
      institution: checkNumber("medical-institution", code).valid ? code : null,
      institutionName: institution?.name.slice(0, 100) ?? "",
      claimMonth: (institution?.claimMonth ?? null) as IsoMonth | null,
      treatmentMonth: (receipt.treatmentMonth ?? null) as IsoMonth | null,
      care: type?.care ?? null,
      type: /^\d{4}$/.test(receipt.kind) ? receipt.kind : null,
      birth: receipt.birth ?? null,
      insurer: /^\d{6}(\d\d)?$/.test(insurer) ? insurer : null,
      insuranceTenths: statedTenths(columnOf(head, BENEFIT_SHARE)) ?? type?.insuranceTenths ?? 7,
      ...readNotes(receipt.notes),
      days: receipt.insurance?.days ?? receipt.funds[0]?.days ?? null,
      points: receipt.points,
      funds: receipt.funds.map(fundOf),
      faults: [
        ...faults.map(({ record, field, reason }) => ({ line: record, field, reason })),
        ...unknown,
        ...copayFaults(receipt),
      ],
    },
    patient: {
      name: receipt.name,
      kana: receipt.kana,
      sex: receipt.sex,
      birth: receipt.birth ?? null,
      insuredSymbol: receipt.insurance?.symbol ?? "",
      insuredNumber: receipt.insurance?.number ?? "",
    },
  };
}

/** 給付割合, in per cent, which receipts of 国保 may state. */
const statedTenths = (share: string): number | undefined =>
  /^0?[789]0$/.test(share) ? Number(share) / 10 : undefined;

const fundOf = (fund: FundShare): FundFacts => ({
  payer: fund.payer,
  recipient: /^[0-9A-Za-z]{1,30}$/.test(fund.recipient) ? fund.recipient : null,
  days: fund.days ?? null,
  points: fund.points ?? null,
  copay: fund.copay ?? null,
});

/** 負担金額 that is neither empty nor a whole number of yen. */
const copayFaults = ({ records }: Receipt) =>
  records
    .filter(
      (record) =>
        typeOf(record) === "KO" && columnOf(record, 6) !== "" && countOf(record, 6) === undefined,
    )
    .map(({ line }) => ({ line, field: "負担金額", reason: "数字ではありません。" }));
