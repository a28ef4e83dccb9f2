import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { appealNotice, appealWording, letterBlocks } from "../letters/letter.ts";
import {
  appeal,
  everyCase,
  longestCase,
  oldKanjiCase,
  type SampleCase,
} from "../samples/samples.ts";
import { sampleRequest } from "./request-parts.ts";

/** One dose of a claim and what is paid for it. Whole yen. */
export interface RefundLine {
  /** 五種混合 第1期初回1回目, （予診のみ） */
  readonly title: string;
  readonly givenOn: IsoDate;
  readonly paid: number;
  /** The city's own price; none where nothing is paid. */
  readonly price?: number | undefined;
  readonly amount: number;
  /** Why nothing is paid for it. */
  readonly refusal?: string | undefined;
}

/** 予防接種費用 支給・一部支給・不支給決定通知書. */
export interface RefundDecisionData extends LetterData {
  readonly personName: string;
  /** At least one. */
  readonly lines: readonly RefundLine[];
  /** How it is paid; none where nothing is paid. */
  readonly payment?: { readonly payOn: IsoDate; readonly account: string } | undefined;
  readonly basis: string;
  readonly appeal: Appeal;
}

const total = (lines: readonly RefundLine[]) => lines.reduce((sum, { amount }) => sum + amount, 0);

/** @throws RangeError for what is paid nowhere, or more than was paid or than the city's price */
function requireSound({ lines, payment }: RefundDecisionData): void {
  if (lines.length === 0) throw new RangeError("a decision on a refund has lines");
  for (const { amount, paid, price, refusal } of lines)
    if (amount > paid || amount > (price ?? 0) || (amount === 0) !== (refusal !== undefined))
      throw new RangeError("a line of a refund does not add up");
  if (total(lines) > 0 !== (payment !== undefined))
    throw new RangeError("what is paid is paid somewhere");
}

/** 予防接種費用の払戻しの決定通知書: how much is paid for which dose and why, when and where to. */
export const refundDecision: Form<RefundDecisionData> = {
  id: "vaccination/refund-decision",
  version: 1,
  title: "予防接種費用 払戻しの決定通知書",
  size: A4,
  wording: {
    granted: "　請求のありました予防接種費用の払戻しを、次のとおり決定しましたのでお知らせします。",
    refused:
      "　請求のありました予防接種費用の払戻しについて審査しましたが、次の理由により支給しないことに決定しましたので、お知らせします。",
    rule: "　払い戻す額は、支払った額と、接種を受けた年度の本市の契約単価のうち、少ない方の額です。",
    ...appealWording,
  },
  blocks: (data, say) => {
    requireSound(data);
    const { lines, payment } = data;
    const sum = total(lines);
    const some = lines.some(({ refusal }) => refusal !== undefined);
    const how = sum === 0 ? "不支給" : some ? "一部支給" : "支給";
    const rows = [...lines.map((line) => ({ ...line })), undefined];
    return letterBlocks(
      refundDecision,
      data,
      `予防接種費用　${how}決定通知書`,
      [
        paragraph(say(sum === 0 ? "refused" : "granted")),
        gap(3),
        facts([
          ...data.facts,
          { label: "接種を受けた方", value: data.personName, purpose: "name" },
          { label: "支給する額", value: yen(sum) },
          ...(payment
            ? [
                { label: "振込の予定日", value: formatWareki(payment.payOn) },
                { label: "振込先", value: payment.account, purpose: "name" as const },
              ]
            : []),
          { label: "根拠", value: data.basis },
        ]),
        gap(3),
        table<(typeof rows)[number]>(
          [
            {
              title: "予防接種",
              width: 74,
              value: (row) =>
                row
                  ? [row.title, row.refusal && `（${row.refusal}）`].filter(Boolean).join("\n")
                  : "合計",
              lines: 4,
            },
            {
              title: "接種日",
              width: 30,
              value: (row) => (row ? formatWareki(row.givenOn) : ""),
              align: "centre",
              lines: 2,
            },
            {
              title: "支払った額",
              width: 22,
              value: (row) => yen(row ? row.paid : lines.reduce((all, { paid }) => all + paid, 0)),
              align: "right",
            },
            {
              title: "契約単価",
              width: 22,
              value: (row) => (row?.price === undefined ? "" : yen(row.price)),
              align: "right",
            },
            {
              title: "支給する額",
              width: 22,
              value: (row) => yen(row ? row.amount : sum),
              align: "right",
            },
          ],
          rows,
          { size: 10, smallest: 6.5, rowHeight: 13 },
        ),
        gap(2),
        ...(sum > 0 ? [paragraph(say("rule"))] : []),
      ],
      appealNotice(data.appeal, say),
    );
  },
  samples: {
    ...everyCase(sample),
    一部支給: {
      ...sample(oldKanjiCase),
      lines: [
        ...sample(oldKanjiCase).lines,
        {
          title: "小児用肺炎球菌 初回1回目",
          givenOn: "2026-11-30",
          paid: 11_000,
          amount: 0,
          refusal: "接種を受けた日に、有効な依頼書がなかったため",
        },
      ],
    },
    不支給で長い一覧: {
      ...sample(longestCase),
      payment: undefined,
      lines: Array.from({ length: 14 }, (_, index) => ({
        title: `五種混合（ジフテリア・百日せき・破傷風・不活化ポリオ・Hib） 第1期初回${index + 1}回目（予診のみ）`,
        givenOn: "2026-12-10" as const,
        paid: 5346,
        amount: 0,
        refusal: "滞在先の自治体が費用を負担しているため",
      })),
    },
  },
};

function sample(one: SampleCase): RefundDecisionData {
  return {
    ...sampleRequest(one),
    documentNumber: "見予第R8-000700号",
    facts: [
      { label: "請求日", value: "令和9年1月20日" },
      { label: "請求の番号", value: "R8-001300" },
    ],
    personName: one.person.name,
    lines: [
      {
        title: "五種混合 第1期初回1回目",
        givenOn: "2026-12-10",
        paid: 22_000,
        price: 20_350,
        amount: 20_350,
      },
      {
        title: "五種混合 第1期初回2回目（予診のみ）",
        givenOn: "2027-01-14",
        paid: 3000,
        price: 3190,
        amount: 3000,
      },
    ],
    payment: { payOn: "2027-02-25", account: "見本銀行 本店 普通 ****567" },
    basis: "見本市予防接種費用助成要綱第5条第1項",
    appeal,
  };
}
