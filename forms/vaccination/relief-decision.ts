import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { appealNotice, appealWording, letterBlocks } from "../letters/letter.ts";
import { everyCase, longestCase, oldKanjiCase, type SampleCase } from "../samples/samples.ts";
import { reliefLetter } from "./relief-letter.ts";

/** One amount that is paid: 医療手当 令和7年4月分. Whole yen. */
export interface ReliefLine {
  readonly title: string;
  readonly amount: number;
  readonly note?: string;
}

/** 年金 that begins with the decision. */
export interface ReliefPension {
  readonly title: string;
  readonly from: IsoDate;
  /** Yearly, yen. */
  readonly yearly: number;
  readonly note?: string;
}

/** 支給決定通知書 or 不支給決定通知書 of 健康被害救済. */
export interface ReliefDecisionData extends LetterData {
  readonly lines: readonly ReliefLine[];
  readonly pensions: readonly ReliefPension[];
  /** What of the claim is not paid, and why; a sentence each. */
  readonly refused: readonly string[];
  readonly payment?: { readonly payOn: IsoDate; readonly account: string } | undefined;
  readonly basis: readonly string[];
  /** To the governor, who is the authority for review. */
  readonly appeal: Appeal;
}

/** 支給決定通知書・不支給決定通知書; what is neither paid nor refused is no decision. */
export const reliefDecision: Form<ReliefDecisionData> = {
  id: "vaccination/relief-decision",
  version: 1,
  title: "健康被害救済 支給・不支給決定通知書",
  size: A4,
  wording: {
    introPaid:
      "　請求のありました{program}の給付について、次のとおり支給することを決定しましたのでお知らせします。",
    introPart:
      "　請求のありました{program}の給付について、次のとおり、一部を支給し、一部を支給しないことを決定しましたのでお知らせします。",
    introRefused:
      "　請求のありました{program}の給付について、次の理由により支給しないことを決定しましたのでお知らせします。",
    ...appealWording,
  },
  blocks: (data, say) => {
    const { lines, pensions, refused } = data;
    const pays = lines.length + pensions.length > 0;
    if (!pays && refused.length === 0)
      throw new RangeError("a decision pays something or says why not");
    const part = pays && refused.length > 0;
    const sum = lines.reduce((total, { amount }) => total + amount, 0);
    const word = pays ? (part ? "一部支給" : "支給") : "不支給";
    const rows = [...lines, undefined];
    return letterBlocks(
      reliefDecision,
      data,
      `${data.program}　${word}決定通知書`,
      [
        paragraph(
          say(pays ? (part ? "introPart" : "introPaid") : "introRefused", {
            program: data.program,
          }),
        ),
        gap(3),
        facts([
          ...data.facts,
          ...(lines.length > 0 ? [{ label: "支給する額", value: yen(sum) }] : []),
          ...(data.payment
            ? [
                { label: "振込の予定日", value: formatWareki(data.payment.payOn) },
                { label: "振込先", value: data.payment.account, purpose: "name" as const },
              ]
            : []),
          { label: "根拠", value: data.basis.join("\n") },
        ]),
        ...(refused.length > 0 ? [heading("支給しないもの、その理由"), list(refused)] : []),
        ...(pensions.length > 0
          ? [
              heading("年金"),
              table<ReliefPension>(
                [
                  { title: "年金", width: 50, value: ({ title }) => title, lines: 2 },
                  {
                    title: "支給の始まり",
                    width: 42,
                    value: ({ from }) => formatWareki(from),
                    align: "centre",
                  },
                  {
                    title: "年額",
                    width: 34,
                    value: ({ yearly }) => yen(yearly),
                    align: "right",
                  },
                  { title: "備考", width: 44, value: ({ note }) => note ?? "", lines: 2 },
                ],
                pensions,
                { size: 11, smallest: 7, rowHeight: 11 },
              ),
              gap(3),
            ]
          : []),
        ...(lines.length > 0
          ? [
              gap(3),
              table<(typeof rows)[number]>(
                [
                  {
                    title: "給付",
                    width: 78,
                    value: (row) => (row ? row.title : "合計"),
                    lines: 2,
                  },
                  {
                    title: "支給額",
                    width: 34,
                    value: (row) => yen(row ? row.amount : sum),
                    align: "right",
                  },
                  { title: "備考", width: 58, value: (row) => row?.note ?? "", lines: 2 },
                ],
                rows,
                { size: 11, smallest: 7, rowHeight: 10 },
              ),
            ]
          : []),
      ],
      appealNotice(data.appeal, say),
    );
  },
  samples: {
    ...everyCase(paid),
    不支給: {
      ...paid(oldKanjiCase),
      lines: [],
      payment: undefined,
      refused: [
        "医療費、医療手当　厚生労働大臣が、予防接種によるものと認定しなかったため（令和8年10月1日 厚生労働省発感1001第1号）。",
      ],
    },
    年金の支給と葬祭料の不支給: {
      ...paid(longestCase),
      lines: [],
      payment: undefined,
      pensions: [
        { title: "障害年金 1級", from: "2026-05-01", yearly: 5_175_600, note: "年4回に分けて支給" },
      ],
      refused: ["葬祭料　厚生労働大臣が認定しなかったため。"],
    },
    "30件で表がページをまたぐ": {
      ...paid(oldKanjiCase),
      lines: Array.from({ length: 30 }, (_, at) => ({
        title: `医療手当 令和${7 + Math.floor(at / 12)}年${(at % 12) + 1}月分`,
        amount: 36_900,
        note: "通院3日未満",
      })),
    },
  },
};

function paid({ to, person }: SampleCase): ReliefDecisionData {
  return {
    ...reliefLetter,
    to,
    facts: [
      { label: "請求日", value: "令和7年6月10日" },
      { label: "請求の番号", value: "R7-000321" },
      { label: "接種を受けた方", value: person.name, purpose: "name" },
      { label: "請求した給付", value: "医療費、医療手当" },
    ],
    lines: [
      { title: "医療費", amount: 12_340 },
      { title: "医療手当 令和6年4月分", amount: 38_900, note: "通院3日以上" },
    ],
    pensions: [],
    refused: [],
    payment: { payOn: "2026-12-25", account: "見本銀行 本店 普通 ****567" },
    basis: ["予防接種法第15条、第16条"],
    appeal: {
      reviewAuthority: "例示県知事",
      defendant: "見本市",
      representative: "見本市長",
    },
  };
}
