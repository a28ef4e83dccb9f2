import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { flow, gap, list } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { yen } from "../letters/payment-decision.ts";
import { everyCase } from "../samples/samples.ts";

/** 自己負担上限額管理票: one page a month, on which clinics write down what was paid. */
export interface LimitSheetData {
  readonly name: string;
  readonly recipientNumber: string;
  /** Whole yen a month. */
  readonly limit: number;
  /** The months it is printed for. */
  readonly months: readonly IsoMonth[];
}

const ROWS = 16;

/** 自己負担上限額管理票. */
export const limitSheet: Form<LimitSheetData> = {
  id: "intractable-disease/limit-sheet",
  version: 1,
  title: "自己負担上限額管理票",
  size: A4,
  wording: {
    notes:
      "受診や薬の受け取りのたびに、受給者証と一緒に窓口に出してください。\n累積額が上限額に達した後は、その月の自己負担はありません。達した後も医療費総額は書いてもらってください。",
  },
  blocks: (data, say) => [
    ...data.months.flatMap((month, index) => [
      ...(index > 0 ? [(paper: { newPage(): void }) => paper.newPage()] : []),
      title(
        16,
        `特定医療費（指定難病）　${formatWareki(`${month}-01` as IsoDate).replace(/1日$/, "分")}　自己負担上限額管理票`,
      ),
      flow({ x: 15, y: 30, width: 180, bottom: 285 }, [
        facts(
          [
            { label: "受診者", value: data.name, purpose: "name" },
            { label: "受給者番号", value: data.recipientNumber },
            { label: "月額自己負担上限額", value: yen(data.limit) },
          ],
          52,
        ),
        gap(4),
        table(
          [
            { title: "日付", width: 20, value: () => "月　 日", align: "right" },
            { title: "指定医療機関名", width: 62, value: () => "" },
            { title: "医療費総額（10割）", width: 30, value: () => "円", align: "right" },
            { title: "自己負担額", width: 26, value: () => "円", align: "right" },
            { title: "月額の累積額", width: 26, value: () => "円", align: "right" },
            { title: "徴収印", width: 16, value: () => "" },
          ],
          Array.from({ length: ROWS }),
          { size: 9.5, smallest: 8, rowHeight: 10 },
        ),
        gap(3),
        table(
          [
            { title: "上限額に達した日", width: 42, value: () => "月　　 日", align: "right" },
            { title: "確認した指定医療機関名", width: 112, value: () => "" },
            { title: "確認印", width: 26, value: () => "" },
          ],
          [0],
          { size: 9.5, smallest: 8, rowHeight: 11 },
        ),
        gap(2),
        list(say("notes").split("\n"), { size: 10.5, leading: 1.4 }),
      ]),
    ]),
    pageFeet(limitSheet, A4),
  ],
  samples: {
    "2か月分": {
      name: "例示 一郎",
      recipientNumber: "7654321",
      limit: 10_000,
      months: ["2026-12", "2027-01"],
    },
    ...everyCase(
      ({ person }): LimitSheetData => ({
        name: person.name,
        recipientNumber: "1234567",
        limit: 1000,
        months: ["2026-12"],
      }),
    ),
  },
};
