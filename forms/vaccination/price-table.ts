import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { PriceLine } from "#workflows/vaccination/clinics/price-lines.ts";
import type { Issuer } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { issuer } from "../samples/samples.ts";

/** 委託単価表 of a kind of contract from a day on. */
export interface PriceTableData {
  /** 令和8年度 */
  readonly year: string;
  /** 市内個別 */
  readonly contract: string;
  readonly from: IsoDate;
  /** Last day; undefined while it goes on. */
  readonly until: IsoDate | undefined;
  /** Where it is written. */
  readonly source: string;
  readonly taxPercent: number;
  readonly printedOn: IsoDate;
  readonly issuer: Issuer;
  /** At least one. */
  readonly lines: readonly PriceLine[];
}

/** 予防接種委託単価表: vaccine, doses, product and outcome, with the tax within. */
export const priceTable: Form<PriceTableData> = {
  id: "vaccination/price-table",
  version: 1,
  title: "予防接種委託単価表",
  size: A4,
  wording: {
    note: "　単価は、消費税を含みます。税の1円未満は切り捨てて表示しています。予診のみの欄が「―」のものは、予診のみでは支払いません。",
  },
  blocks: (data, say) => {
    if (data.lines.length === 0) throw new RangeError("a table of no price is not printed");
    const amount = (value: number | undefined) => (value === undefined ? "―" : yen(value));
    const within = (value: number | undefined) =>
      value === undefined ? "" : `（内税 ${yen(value)}）`;
    return [
      title(16, `予防接種委託単価表（${data.year}）`),
      flow({ x: 15, y: 30, width: 180, bottom: 280, nextY: 16 }, [
        paragraph(
          [
            `契約の種類　${data.contract}　　消費税率　${data.taxPercent}％`,
            `期間　　　　${formatWareki(data.from)}から${data.until ? `${formatWareki(data.until)}まで` : ""}`,
            `根拠　　　　${data.source}`,
          ].join("\n"),
          { size: 11, leading: 1.5 },
        ),
        paragraph(say("note"), { size: 10.5, leading: 1.5 }),
        gap(2),
        table<PriceLine>(
          [
            { title: "予防接種", width: 52, value: ({ vaccine }) => vaccine, lines: 2 },
            { title: "回", width: 22, value: ({ doses }) => doses, align: "centre" },
            { title: "製品", width: 30, value: ({ product }) => product || "すべて", lines: 2 },
            {
              title: "接種",
              width: 38,
              value: ({ given, givenTax }) => `${amount(given)}\n${within(givenTax)}`,
              align: "right",
              lines: 2,
            },
            {
              title: "予診のみ",
              width: 38,
              value: ({ screened, screenedTax }) => `${amount(screened)}\n${within(screenedTax)}`,
              align: "right",
              lines: 2,
            },
          ],
          data.lines,
          { size: 10.5, smallest: 7, rowHeight: 11 },
        ),
        gap(5),
        paragraph(
          `${formatWareki(data.printedOn)}印刷　${data.issuer.title}　${data.issuer.name}`,
          { size: 10.5 },
        ),
      ]),
      pageFeet(priceTable, A4),
    ];
  },
  samples: { 通常: sample(5), "30行で2ページ": sample(30) },
};

function sample(count: number): PriceTableData {
  const kinds = [
    ["B型肝炎", "全回", "ビームゲン"],
    ["麻しん風しん混合(MR) 1期", "全回", ""],
    ["小児用肺炎球菌", "1～3回目", ""],
  ] as const;
  return {
    year: "令和8年度",
    contract: "市内個別",
    from: "2026-04-01",
    until: "2027-03-31",
    source: "令和8年度 見本市予防接種業務委託契約書 別表1",
    taxPercent: 10,
    printedOn: "2026-11-20",
    issuer,
    lines: Array.from({ length: count }, (_, n) => {
      const [vaccine, doses, product] = kinds[n % kinds.length] ?? kinds[0];
      return {
        vaccine,
        doses,
        product,
        given: 10_187 + n,
        givenTax: 926,
        screened: n % 3 === 2 ? undefined : 3190,
        screenedTax: n % 3 === 2 ? undefined : 290,
      };
    }),
  };
}
