import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import { flow, gap, list } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { grid } from "../language/grid.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A5 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { text } from "../language/text.ts";
import { everyCase } from "../samples/samples.ts";

/** 自己負担上限額管理票: one page a month, carried along, on which clinics write down what was paid. */
export interface LimitSheetData {
  readonly name: string;
  /** 公費負担者番号 of the certificate. */
  readonly payerNumber: string;
  readonly recipientNumber: string;
  /** Whole yen a month. */
  readonly limit: number;
  /** 有効期間 of the certificate. */
  readonly from: IsoDate;
  readonly until: IsoDate;
  /** The months it is printed for. */
  readonly months: readonly IsoMonth[];
}

const ROWS = 12;

const holder = grid({
  x: 10,
  y: 25,
  labelSize: 9,
  rows: [
    { height: 7.5, cells: [{ key: "name", label: "受診者", width: 128, labelWidth: 26 }] },
    {
      height: 7.5,
      cells: [
        { key: "payer", label: "公費負担者番号", width: 64, labelWidth: 30 },
        { key: "number", label: "受給者番号", width: 64, labelWidth: 30 },
      ],
    },
    {
      height: 7.5,
      cells: [{ key: "period", label: "有効期間", width: 128, labelWidth: 26 }],
    },
    {
      height: 7.5,
      cells: [{ key: "limit", label: "月額自己負担上限額", width: 128, labelWidth: 40 }],
    },
  ],
});
const value = { size: 12, smallest: 7 };

/** Of the samples; the numbers are nobody's. */
const certificate = {
  payerNumber: "54439995",
  from: "2026-11-01",
  until: "2027-09-30",
} as const;

/** 自己負担上限額管理票. */
export const limitSheet: Form<LimitSheetData> = {
  id: "intractable-disease/limit-sheet",
  version: 1,
  title: "自己負担上限額管理票",
  size: A5,
  wording: {
    notes:
      "受診や薬の受け取りのたびに、受給者証と一緒に窓口に出してください。受診した月の票に書きます。医療費総額は10割の額です。\n累積額が上限額に達した後は、その月の自己負担はありません。達した後も医療費総額は書いてもらってください。",
  },
  blocks: (data, say) => [
    ...data.months.flatMap((month, index) => [
      ...(index > 0 ? [(paper: { newPage(): void }) => paper.newPage()] : []),
      title(
        10,
        `${formatWareki(`${month}-01` as IsoDate).replace(/1日$/, "分")}　自己負担上限額管理票`,
      ),
      text({ x: 10, y: 19, width: 128 }, "特定医療費（指定難病）", { size: 10.5, align: "centre" }),
      holder.sheet,
      holder.put("name", data.name, { ...value, purpose: "name", field: "受診者" }),
      holder.put("number", data.recipientNumber, { ...value, field: "受給者番号" }),
      holder.put("payer", data.payerNumber, { ...value, field: "公費負担者番号" }),
      holder.put("period", `${formatWareki(data.from)}から${formatWareki(data.until)}まで`, {
        ...value,
        field: "有効期間",
      }),
      holder.put("limit", yen(data.limit), { ...value, field: "月額自己負担上限額" }),
      flow({ x: 10, y: 57, width: 128, bottom: 199 }, [
        table(
          [
            { title: "日付", width: 15, value: () => "月　 日", align: "right" },
            { title: "指定医療機関名", width: 43, value: () => "" },
            { title: "医療費総額", width: 21, value: () => "円", align: "right" },
            { title: "自己負担額", width: 19, value: () => "円", align: "right" },
            { title: "月の累積額", width: 19, value: () => "円", align: "right" },
            { title: "徴収印", width: 11, value: () => "" },
          ],
          Array.from({ length: ROWS }),
          { size: 9, smallest: 7.5, rowHeight: 7.5 },
        ),
        gap(3),
        table(
          [
            { title: "上限額に達した日", width: 32, value: () => "月　　 日", align: "right" },
            { title: "確認した指定医療機関名", width: 78, value: () => "" },
            { title: "確認印", width: 18, value: () => "" },
          ],
          [0],
          { size: 9, smallest: 7.5, rowHeight: 9 },
        ),
        gap(2),
        list(say("notes").split("\n"), { size: 9.5, leading: 1.35 }),
      ]),
    ]),
    pageFeet(limitSheet, A5),
  ],
  samples: {
    "2か月分": {
      name: "例示 一郎",
      ...certificate,
      recipientNumber: "7654321",
      limit: 10_000,
      months: ["2026-12", "2027-01"],
    },
    ...everyCase(
      ({ person }): LimitSheetData => ({
        name: person.name,
        ...certificate,
        recipientNumber: "1234567",
        limit: 1000,
        months: ["2026-12"],
      }),
    ),
  },
};
