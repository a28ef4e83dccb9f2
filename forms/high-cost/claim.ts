import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { LetterData } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { letterBlocks } from "../letters/letter.ts";
import { letter, longestCase, oldKanjiCase, people, withoutSeal } from "../samples/samples.ts";

/** One person's month for which the city asks 高額療養費. */
export interface HighCostClaimLine {
  /** K000012: the number by which the insurer answers. */
  readonly number: string;
  readonly name: string;
  readonly birthDate: IsoDate;
  /** 被保険者 or 世帯主, where it is another person. */
  readonly insured: string;
  /** 記号・番号, where the city knows it. */
  readonly insuredNumber?: string | undefined;
  /** 令和8年9月 */
  readonly month: string;
  /** ウ, 70-一般 … */
  readonly category: string;
  /** 委任状 on which it rests; nothing where the insurer pays without. */
  readonly mandate?: string | undefined;
  /** 医療費の総額 (10割) of the month. */
  readonly cost: number;
  /** Whole yen that are asked for. */
  readonly amount: number;
}

/** 高額療養費支給申請書兼請求書 to an insurer. */
export interface HighCostClaimData extends LetterData {
  /** Of the claim: Q000012. */
  readonly number: string;
  /** Count and sum as they were approved. */
  readonly count: number;
  readonly sum: number;
  /** To which account it is to be paid. */
  readonly account: string;
  /** At least one. */
  readonly lines: readonly HighCostClaimLine[];
}

/** 高額療養費支給申請書兼請求書: a layout of ours, as each insurer has its own. Overflows to further pages. */
export const highCostClaim: Form<HighCostClaimData> = {
  id: "high-cost/claim",
  version: 1,
  title: "高額療養費支給申請書兼請求書",
  size: A4,
  wording: {
    intro:
      "　{program}により市が支払った次の診療について、被保険者の委任を受けて、高額療養費の支給を申請し、請求します。",
    enclosed: "　添付書類　委任状（明細に番号のあるもの）、診療報酬明細書の写し",
  },
  blocks: (data, say) => {
    const { lines, count, sum } = data;
    if (lines.length === 0) throw new RangeError("a claim has lines");
    if (count !== lines.length || sum !== lines.reduce((total, { amount }) => total + amount, 0))
      throw new RangeError("the lines of a claim are those that were approved");
    const rows = [
      ...lines.map((line, index) => ({ ...line, place: String(index + 1) })),
      undefined,
    ];
    return letterBlocks(highCostClaim, data, "高額療養費支給申請書兼請求書", [
      paragraph(say("intro", { program: data.program })),
      gap(3),
      facts([
        { label: "請求の番号", value: data.number },
        { label: "件数", value: `${count.toLocaleString("ja-JP")}件` },
        { label: "請求する額", value: yen(sum) },
        { label: "振込先", value: data.account, purpose: "name" },
      ]),
      gap(2),
      paragraph(say("enclosed"), { size: 11 }),
      gap(2),
      table<(typeof rows)[number]>(
        [
          { title: "順", width: 9, value: (row) => row?.place ?? "", align: "right" },
          { title: "番号", width: 20, value: (row) => row?.number ?? "", align: "centre" },
          {
            title: "受診した人・生年月日",
            width: 38,
            value: (row) => (row ? `${row.name}\n${formatWareki(row.birthDate)}` : "合計"),
            purpose: "name",
            lines: 4,
          },
          {
            title: "被保険者・記号番号",
            width: 36,
            value: (row) =>
              row ? [row.insured, row.insuredNumber].filter(Boolean).join("\n") : "",
            purpose: "name",
            lines: 4,
          },
          {
            title: "診療月・区分",
            width: 24,
            value: (row) => (row ? `${row.month}\n${row.category}` : ""),
            align: "centre",
            lines: 3,
          },
          {
            title: "医療費・委任状",
            width: 22,
            value: (row) => (row ? [yen(row.cost), row.mandate].filter(Boolean).join("\n") : ""),
            align: "right",
            lines: 2,
          },
          {
            title: "請求額",
            width: 21,
            value: (row) => yen(row ? row.amount : sum),
            align: "right",
          },
        ],
        rows,
        { size: 9, smallest: 5.5, rowHeight: 13 },
      ),
    ]);
  },
  samples: { 通常: claimOf(2), "30件で表がページをまたぐ": claimOf(30) },
};

function claimOf(count: number): HighCostClaimData {
  const lines: HighCostClaimLine[] = Array.from({ length: count }, (_, index) => ({
    number: `K${String(index + 12).padStart(6, "0")}`,
    name: [people.ordinary.name, people.oldKanji.name, people.longest.name][index % 3] ?? "",
    birthDate: "2024-02-29",
    insured: [oldKanjiCase.to.name, longestCase.to.name][index % 2] ?? "",
    insuredNumber: index % 2 === 0 ? "見本 123・4567" : undefined,
    month: "令和8年9月",
    category: index % 2 === 0 ? "ウ" : "70-低所得外来",
    mandate: index % 2 === 0 ? "M000012" : undefined,
    cost: 1_234_560 + index,
    amount: 123_456 + index,
  }));
  return {
    ...letter,
    issuer: count > 2 ? withoutSeal : letter.issuer,
    to: {
      postalCode: "8600000",
      address: "見本市中央区例示町99番9号",
      name: "全国健康保険協会 例示支部",
      honorific: "御中",
    },
    documentNumber: "見こ医第R8-000457号",
    facts: [],
    number: "Q000012",
    count,
    sum: lines.reduce((total, { amount }) => total + amount, 0),
    account: "見本銀行 本店営業部 普通 7654321 見本市会計管理者",
    lines,
  };
}
