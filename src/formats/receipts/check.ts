import { mod10w21 } from "#workflows/numbers/check-digits.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import type { Fault } from "../fault.ts";
import {
  columnOf,
  countOf,
  monthOf,
  type Receipt,
  type ReceiptRecord,
  type ReceiptTotals,
  typeOf,
} from "./records.ts";

/** At most four public funds share a receipt. */
const MOST_FUNDS = 4;
const HEADS = ["RE", "HO", "KO", "SN"];

type Check = readonly [wrong: boolean, field: string, reason: string];

const faultsOf = (record: ReceiptRecord, checks: readonly Check[]): Fault[] =>
  checks
    .filter(([wrong]) => wrong)
    .map(([, field, reason]) => ({ record: record.line, field, reason }));

/** What is wrong with the record of the institution (IR). */
export function checkInstitution(record: ReceiptRecord): Fault[] {
  const column = (index: number) => columnOf(record, index);
  const code = `${column(2)}${column(3)}${column(4)}`;
  const prefecture = Number(column(2));
  return faultsOf(record, [
    [!/^[12]$/.test(column(1)), "審査支払機関", "1か2ではありません。"],
    [
      !/^\d\d$/.test(column(2)) || prefecture < 1 || prefecture > 47,
      "都道府県",
      "01から47ではありません。",
    ],
    [!/^\d$/.test(column(3)), "点数表", "数字1桁ではありません。"],
    ...digitChecks(
      "医療機関コード",
      column(4),
      [7],
      () => checkNumber("medical-institution", code).valid,
    ),
    [monthOf(column(7)) === undefined, "請求年月", "実在する年月(YYYYMM)ではありません。"],
  ]);
}

/** What is wrong within one receipt: its numbers, dates, the order and the number of its records. */
export function checkReceipt(receipt: Receipt, expectedNumber: number): Fault[] {
  const [head] = receipt.records;
  if (!head) return [];
  const { treatmentMonth, birth, kind, insurance, funds } = receipt;
  const payers = funds.length + (insurance ? 1 : 0);
  const kindIsKnown = /^\d[1-4][1-5]\d$/.test(kind);
  return [
    ...faultsOf(head, [
      [receipt.number !== expectedNumber, "レセプト番号", "1からの連番になっていません。"],
      [!kindIsKnown, "レセプト種別", "4桁の種別の値ではありません。"],
      [
        kindIsKnown && Number(kind[2]) !== payers,
        "レセプト種別",
        "併用の数が、保険者(HO)と公費(KO)のレコードの数と合いません。",
      ],
      [
        kindIsKnown && (kind[1] === "2") === (insurance !== undefined),
        "レセプト種別",
        "主保険の区分が、保険者(HO)のレコードの有無と合いません。",
      ],
      [treatmentMonth === undefined, "診療年月", "実在する年月(YYYYMM)ではありません。"],
      [receipt.name === "", "氏名", "空欄です。"],
      [!/^[12]$/.test(receipt.sex), "男女区分", "1か2ではありません。"],
      [birth === undefined, "生年月日", "実在する日付(YYYYMMDD)ではありません。"],
      [
        birth !== undefined && treatmentMonth !== undefined && birth.slice(0, 7) > treatmentMonth,
        "生年月日",
        "診療年月より後の日付です。",
      ],
      [!/^(\d\d){0,5}$/.test(columnOf(head, 11)), "特記事項", "2桁の数字5つまでではありません。"],
    ]),
    ...receipt.records.flatMap(checkRecord),
    ...checkOrder(receipt.records),
  ];
}

function checkRecord(record: ReceiptRecord): Fault[] {
  const column = (index: number) => columnOf(record, index);
  const shared: readonly Check[] = [
    [countOf(record, 4) === undefined, "診療実日数", "数字ではありません。"],
    [countOf(record, 5) === undefined, "合計点数", "数字ではありません。"],
  ];
  switch (typeOf(record)) {
    case "HO":
      return faultsOf(record, [
        ...digitChecks("保険者番号", column(1).trimStart(), [6, 8], checkDigitIsRight),
        [column(3) === "", "被保険者証等の番号", "空欄です。"],
        ...shared,
      ]);
    case "KO":
      return faultsOf(record, [
        ...digitChecks("公費負担者番号", column(1), [8], checkDigitIsRight),
        ...digitChecks("公費受給者番号", column(2), [7], checkDigitIsRight),
        ...shared,
      ]);
    case "SN":
      return faultsOf(record, [
        [!/^[1-5]$/.test(column(1)), "負担者種別", "1から5ではありません。"],
      ]);
    default:
      return faultsOf(record, [
        [!/^[A-Z]{2}$/.test(typeOf(record)), "レコード識別情報", "英大文字2桁ではありません。"],
      ]);
  }
}

function checkOrder(records: readonly ReceiptRecord[]): Fault[] {
  const faults: Fault[] = [];
  let reached = 0;
  let funds = 0;
  for (const record of records) {
    const type = typeOf(record);
    const at = HEADS.includes(type) ? HEADS.indexOf(type) : HEADS.length;
    if (type === "KO") funds += 1;
    faults.push(
      ...faultsOf(record, [
        [
          at < reached,
          "レコードの順序",
          `${type}レコードが、後に来るべきレコードの後ろにあります。`,
        ],
        [
          type === "HO" && record !== records.find((one) => typeOf(one) === "HO"),
          "レコードの数",
          "保険者(HO)のレコードが2つ以上あります。",
        ],
        [
          type === "KO" && funds > MOST_FUNDS,
          "レコードの数",
          "公費(KO)のレコードが5つ以上あります。",
        ],
      ]),
    );
    reached = Math.max(reached, at);
  }
  return faults;
}

/** What is wrong with the closing record (GO), compared with what was counted. */
export function checkTotals(
  record: ReceiptRecord,
  stated: ReceiptTotals,
  counted: ReceiptTotals,
): Fault[] {
  return faultsOf(record, [
    [
      stated.count !== counted.count,
      "総件数",
      "保険者(HO)と公費(KO)のレコードの数の計と合いません。",
    ],
    [stated.points !== counted.points, "総合計点数", "レセプトごとの合計点数の計と合いません。"],
  ]);
}

function digitChecks(
  field: string,
  value: string,
  lengths: readonly number[],
  isRight: (value: string) => boolean,
): Check[] {
  const hasLength = /^\d+$/.test(value) && lengths.includes(value.length);
  return [
    [!hasLength, field, `数字${lengths.join("桁または")}桁ではありません。`],
    [hasLength && !isRight(value), field, "検証番号が合いません。"],
  ];
}

const checkDigitIsRight = (value: string) => mod10w21(value.slice(0, -1)) === value.at(-1);
