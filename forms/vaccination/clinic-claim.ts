import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { LetterData, Recipient } from "../data.ts";
import { gap, heading, type Item, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { letterBlocks } from "../letters/letter.ts";
import { letter, longestCase, oldKanjiCase, people } from "../samples/samples.ts";

/** What a claim says and what it came to, of one 予防接種 × 期・回 × product × outcome. Whole yen. */
export interface ClaimPaperLine {
  /** インフルエンザ（予診のみ） */
  readonly title: string;
  readonly claimed: number;
  readonly claimedYen: number;
  readonly paid: number;
  readonly paidYen: number;
}

/** A slip that goes back, with why. */
export interface ReturnedSlip {
  /** 12 of the list, from 1. */
  readonly number: string;
  readonly clinic: string;
  /** Empty where it may not be shown (支援措置) or is not known. */
  readonly name: string;
  readonly title: string;
  readonly givenOn: IsoDate;
  readonly amount: number | undefined;
  readonly reason: string;
}

/** 過誤 that the payment takes in, and what is carried from an earlier claim. */
export interface SetOffLine {
  readonly number: string;
  readonly title: string;
  readonly reason: string;
  readonly difference: number;
}

/** What the papers of a claim share. */
interface ClaimPaperData extends LetterData {
  /** 令和8年11月 */
  readonly month: string;
  readonly claimNumber: string;
  readonly contract: string;
}

/** 支払明細書 to a clinic. */
export interface ClinicStatementData extends ClaimPaperData {
  readonly lines: readonly ClaimPaperLine[];
  readonly setOff: readonly SetOffLine[];
  /** What slips come to with the tax in it, what is paid, and what is left to be set off next (0 or less). */
  readonly amount: number;
  readonly tax: number;
  readonly pay: number;
  readonly carry: number;
  readonly returned: number;
  readonly payment?: { readonly payOn: IsoDate; readonly account: string } | undefined;
}
/** 返戻一覧: which slips go back and why. */
export interface ClinicReturnsData extends ClaimPaperData {
  readonly slips: readonly ReturnedSlip[];
}
/** 差額通知: which lines differ. */
export interface ClinicDifferenceData extends ClaimPaperData {
  readonly lines: readonly (ClaimPaperLine & { readonly reason: string })[];
  readonly returned: number;
}

const number = (value: number): string => value.toLocaleString("ja-JP");
const sign = (value: number): string =>
  value === 0 ? "0円" : `${value > 0 ? "＋" : "－"}${yen(Math.abs(value))}`;

const claimFacts = (data: ClaimPaperData, more: readonly (readonly [string, string])[]): Item =>
  facts([
    { label: "請求月", value: data.month },
    { label: "請求の番号", value: `${data.claimNumber}（${data.contract}）` },
    ...data.facts,
    ...more.map(([label, value]) => ({ label, value })),
  ]);

interface Total extends ClaimPaperLine {
  readonly reason?: string;
}
const sumOf = (lines: readonly ClaimPaperLine[]): Total =>
  lines.reduce(
    (sum, one) => ({
      title: "合計",
      claimed: sum.claimed + one.claimed,
      claimedYen: sum.claimedYen + one.claimedYen,
      paid: sum.paid + one.paid,
      paidYen: sum.paidYen + one.paidYen,
    }),
    { title: "合計", claimed: 0, claimedYen: 0, paid: 0, paidYen: 0 },
  );

/** 支払明細書: what is paid for a month, line by line, with 返戻, 過誤 and the tax within. */
export const clinicStatement: Form<ClinicStatementData> = {
  id: "vaccination/clinic-statement",
  version: 1,
  title: "予防接種委託料 支払明細書",
  size: A4,
  wording: {
    lead: "　請求のありました予防接種委託料について、次のとおり支払いますのでお知らせします。",
    nothing: "　請求のありました予防接種委託料について、過誤の調整の結果、今回の支払はありません。",
    carried: "　差し引ききれない額は、次回以降の委託料から差し引きます。",
  },
  blocks: (data, say) => {
    const { lines, setOff, amount, tax, pay, carry, returned, payment } = data;
    const adjusted = setOff.reduce((sum, { difference }) => sum + difference, 0);
    if (amount + adjusted !== pay + carry || sumOf(lines).paidYen !== amount)
      throw new RangeError("a statement does not add up");
    return letterBlocks(clinicStatement, data, "予防接種委託料　支払明細書", [
      paragraph(say(pay > 0 ? "lead" : "nothing")),
      gap(3),
      claimFacts(data, [
        ["委託料", `${yen(amount)}（うち消費税 ${yen(tax)}）`],
        ...(setOff.length > 0 ? [["過誤の調整", sign(adjusted)] as const] : []),
        ["支払額", yen(pay)],
        ...(payment
          ? [
              ["振込の予定日", formatWareki(payment.payOn)] as const,
              ["振込先", payment.account] as const,
            ]
          : []),
        ...(returned > 0 ? [["返戻", `${number(returned)}件（返戻一覧のとおり）`] as const] : []),
      ]),
      ...(carry < 0 ? [gap(2), paragraph(`${say("carried")}　次回へ ${sign(carry)}`)] : []),
      heading("明細"),
      table<Total>(
        [
          { title: "予防接種・期・回", width: 66, value: ({ title }) => title, lines: 3 },
          { title: "請求件数", width: 18, value: (row) => number(row.claimed), align: "right" },
          { title: "請求額", width: 28, value: (row) => yen(row.claimedYen), align: "right" },
          { title: "支払件数", width: 18, value: (row) => number(row.paid), align: "right" },
          { title: "支払額", width: 28, value: (row) => yen(row.paidYen), align: "right" },
          {
            title: "差",
            width: 12,
            value: (row) => (row.paid === row.claimed ? "" : number(row.paid - row.claimed)),
            align: "right",
          },
        ],
        [...lines, sumOf(lines)],
        { size: 10, smallest: 6.5, rowHeight: 9 },
      ),
      ...(setOff.length > 0
        ? [
            heading("過誤の調整"),
            table<SetOffLine>(
              [
                { title: "番号", width: 24, value: (row) => row.number, align: "centre" },
                { title: "内容", width: 70, value: ({ title }) => title, lines: 2 },
                { title: "理由", width: 44, value: ({ reason }) => reason, lines: 2 },
                {
                  title: "調整額",
                  width: 32,
                  value: ({ difference }) => sign(difference),
                  align: "right",
                },
              ],
              setOff,
              { size: 10, smallest: 6.5, rowHeight: 9 },
            ),
          ]
        : []),
    ]);
  },
  samples: {
    口座振込: statement(0),
    過誤のある明細で2ページ: {
      ...statement(26),
      to: clinicTo(longestCase.to),
      setOff: [
        {
          number: "K000012",
          title: "令和8年10月分 小児用肺炎球菌 1回目",
          reason: "接種日に市民でない",
          difference: -12_100,
        },
      ],
      pay: statement(26).amount - 12_100,
      returned: 3,
    },
    支払なし: {
      ...statement(0),
      setOff: [
        {
          number: "I000003",
          title: "前回からの繰越し",
          reason: "過誤の残り",
          difference: -200_000,
        },
      ],
      pay: 0,
      carry: statement(0).amount - 200_000,
      payment: undefined,
    },
  },
};

/** 返戻一覧: the slips that go back with the reason, to be claimed again next month. */
export const clinicReturns: Form<ClinicReturnsData> = {
  id: "vaccination/clinic-returns",
  version: 1,
  title: "予防接種予診票 返戻一覧",
  size: A4,
  wording: {
    lead: "　次の予診票は、表の理由により今回の支払に含めず、お返しします。内容を補い、又は直して、次の月の請求と一緒に提出してください。",
    private: "個人情報が書かれています。取扱いにご注意ください。",
    withheld: "（非表示）",
  },
  blocks: (data, say) =>
    letterBlocks(clinicReturns, data, "予防接種予診票　返戻一覧", [
      paragraph(say("lead")),
      gap(3),
      claimFacts(data, [["返戻する予診票", `${number(data.slips.length)}件`]]),
      gap(2),
      paragraph(say("private"), { size: 10, leading: 1.5, face: "bold" }),
      gap(2),
      table<ReturnedSlip>(
        [
          { title: "番号", width: 11, value: (row) => row.number, align: "right" },
          { title: "医療機関", width: 28, value: ({ clinic }) => clinic, lines: 4 },
          {
            title: "氏名",
            width: 40,
            value: ({ name }) => name || say("withheld"),
            purpose: ({ name }) => (name ? "name" : "text"),
            lines: 4,
          },
          { title: "予防接種", width: 38, value: ({ title }) => title, lines: 4 },
          {
            title: "接種日",
            width: 22,
            value: ({ givenOn }) => formatWareki(givenOn),
            align: "centre",
            lines: 2,
          },
          { title: "返戻の理由", width: 31, value: ({ reason }) => reason, lines: 4 },
        ],
        data.slips,
        { size: 9.5, smallest: 6, rowHeight: 13 },
      ),
    ]),
  samples: {
    一覧: { ...claimPaper(), slips: returned(4) },
    長い一覧で3ページ: { ...claimPaper(), to: clinicTo(longestCase.to), slips: returned(30) },
  },
};

/** 差額通知: the lines of a claim that are paid otherwise than claimed, and why. */
export const clinicDifference: Form<ClinicDifferenceData> = {
  id: "vaccination/clinic-difference",
  version: 1,
  title: "予防接種委託料 差額通知",
  size: A4,
  wording: {
    lead: "　請求のありました予防接種委託料のうち、次の区分は、請求の件数又は額と、予診票及び契約単価により計算した件数又は額が違いましたので、計算した額により支払います。",
    ask: "　お心当たりがないときは、下の問合せ先にご連絡ください。",
  },
  blocks: (data, say) => {
    const { lines, returned: back } = data;
    if (lines.length === 0) throw new RangeError("a notice of differences has lines");
    return letterBlocks(clinicDifference, data, "予防接種委託料　差額通知", [
      paragraph(say("lead")),
      gap(3),
      claimFacts(data, back > 0 ? [["返戻", `${number(back)}件（返戻一覧のとおり）`]] : []),
      gap(3),
      table<Total>(
        [
          { title: "予防接種・期・回", width: 54, value: ({ title }) => title, lines: 3 },
          {
            title: "請求",
            width: 30,
            value: (row) => `${number(row.claimed)}件\n${yen(row.claimedYen)}`,
            align: "right",
            lines: 2,
          },
          {
            title: "計算",
            width: 30,
            value: (row) => `${number(row.paid)}件\n${yen(row.paidYen)}`,
            align: "right",
            lines: 2,
          },
          {
            title: "差額",
            width: 26,
            value: (row) => sign(row.paidYen - row.claimedYen),
            align: "right",
          },
          { title: "理由", width: 30, value: ({ reason = "" }) => reason, lines: 3 },
        ],
        [...lines, sumOf(lines)],
        { size: 10, smallest: 6.5, rowHeight: 12 },
      ),
      gap(2),
      paragraph(say("ask")),
    ]);
  },
  samples: {
    差額あり: {
      ...claimPaper(),
      returned: 2,
      lines: [
        { ...line(0), claimed: 14, reason: "返戻・次回回しによる差" },
        { ...line(1), paidYen: 30_000, reason: "計算した額が正しい" },
      ],
    },
  },
};

function clinicTo(to: Recipient): Recipient {
  return { ...to, name: "見本市医師会立 髙橋𠮷田記念小児科・内科クリニック", honorific: "御中" };
}

function claimPaper(): ClaimPaperData {
  return {
    ...letter,
    to: clinicTo(oldKanjiCase.to),
    documentNumber: "見予第R8-000801号",
    date: "2026-12-18",
    facts: [],
    month: "令和8年11月",
    claimNumber: "I000012",
    contract: "市内個別",
  };
}

function line(index: number): ClaimPaperLine {
  const titles = [
    "小児用肺炎球菌 1回目",
    "麻しん風しん混合(MR) 2期",
    "五種混合（ジフテリア・百日せき・破傷風・不活化ポリオ・Hib） 第1期初回2回目（予診のみ）",
    "インフルエンザ",
  ];
  const count = 12 - (index % 5);
  return {
    title: titles[index % titles.length] ?? "",
    claimed: count,
    claimedYen: count * 5500,
    paid: count,
    paidYen: count * 5500,
  };
}

function statement(more: number): ClinicStatementData {
  const lines = Array.from({ length: 3 + more }, (_, index) => line(index));
  const amount = sumOf(lines).paidYen;
  return {
    ...claimPaper(),
    lines,
    setOff: [],
    amount,
    tax: Math.floor((amount * 10) / 110),
    pay: amount,
    carry: 0,
    returned: 0,
    payment: { payOn: "2027-01-15", account: "見本銀行 本店営業部 普通 ****567" },
  };
}

function returned(count: number): ReturnedSlip[] {
  const names = [people.plain.name, oldKanjiCase.person.name, "", longestCase.person.name];
  return Array.from({ length: count }, (_, index) => ({
    number: String(index + 1),
    clinic: "髙橋𠮷田記念小児科・内科クリニック",
    name: names[index % names.length] ?? "",
    title: line(index).title,
    givenOn: "2026-11-05",
    amount: 5500,
    reason: index % 2 === 0 ? "署名・記入漏れ" : "被接種者が特定できない",
  }));
}
