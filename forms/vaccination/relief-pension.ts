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
import { everyCase, longestCase } from "../samples/samples.ts";
import { reliefLetter } from "./relief-letter.ts";

/** What a pension comes to from a month on. Whole yen. */
export interface PensionTerms {
  /** First day of the month. */
  readonly from: IsoDate;
  readonly grade: string;
  readonly yearly: number;
  /** How the year comes about: 障害年金 5,175,600円、介護加算 … */
  readonly note: string;
}

const termsTable = (rows: readonly PensionTerms[]) =>
  table<PensionTerms>(
    [
      {
        title: "いつから",
        width: 38,
        value: ({ from }) => formatWareki(from).replace(/1日$/u, "分"),
        align: "centre",
      },
      { title: "等級", width: 20, value: ({ grade }) => grade, align: "centre" },
      { title: "年額", width: 34, value: ({ yearly }) => yen(yearly), align: "right" },
      { title: "内訳", width: 78, value: ({ note }) => note, lines: 3 },
    ],
    rows,
    { size: 11, smallest: 7, rowHeight: 17 },
  );

/** 年金証書: that somebody has a pension, its number and amount, and when it is paid. */
export interface PensionCertificateData extends LetterData {
  readonly number: string;
  /** 障害年金 */
  readonly pension: string;
  readonly terms: readonly PensionTerms[];
  readonly last?: IsoDate | undefined;
  /** 1月、4月、7月、10月 */
  readonly paidIn: string;
}

const sampleTerms: readonly PensionTerms[] = [
  { from: "2023-05-01", grade: "2級", yearly: 4_138_800, note: "障害年金 4,138,800円" },
  {
    from: "2026-10-01",
    grade: "1級",
    yearly: 6_120_000,
    note: "障害年金 5,280,000円、介護加算 864,000円、他の手当・年金との調整 -24,000円",
  },
];

export const reliefPensionCertificate: Form<PensionCertificateData> = {
  id: "vaccination/relief-pension-certificate",
  version: 1,
  title: "年金証書",
  size: A4,
  wording: {
    intro: "　{program}の年金を受ける権利を有することを証します。",
    duties:
      "住所・氏名が変わったとき、障害の状態が変わったとき、他の年金・手当を受けるようになったときは、届け出てください。\n毎年、現況届を提出してください。提出がないときは、支払を差し止めることがあります。\n受給者が亡くなったときは、同居の親族などが届け出てください。",
  },
  blocks: (data, say) =>
    letterBlocks(reliefPensionCertificate, data, `${data.pension}　年金証書`, [
      paragraph(say("intro", { program: data.program })),
      gap(3),
      facts([
        { label: "証書の番号", value: data.number },
        ...data.facts,
        ...(data.last
          ? [{ label: "支給の終わり", value: formatWareki(data.last).replace(/1日$/u, "分") }]
          : []),
        { label: "支払月", value: `${data.paidIn}（支払月の前月分まで）` },
      ]),
      gap(3),
      termsTable(data.terms),
      heading("届出のお願い"),
      list(say("duties").split("\n")),
    ]),
  samples: everyCase(
    ({ to, person }): PensionCertificateData => ({
      ...reliefLetter,
      to,
      number: "K000012",
      pension: "障害年金",
      facts: [
        { label: "受給者", value: person.name, purpose: "name" },
        { label: "生年月日", value: formatWareki(person.birthDate) },
      ],
      terms: sampleTerms,
      last: "2033-04-01",
      paidIn: "1月、4月、7月、10月",
    }),
  ),
};

/** 額改定通知書, 支払差止通知書, 差止解除通知書, 失権通知書: each a decision on a pension. */
export interface PensionNoticeData extends LetterData {
  /** 額改定通知書 */
  readonly heading: string;
  /** What is decided, a sentence or two. */
  readonly decided: readonly string[];
  readonly terms: readonly PensionTerms[];
  readonly basis: string;
  readonly appeal: Appeal;
}

export const reliefPensionNotice: Form<PensionNoticeData> = {
  id: "vaccination/relief-pension-notice",
  version: 1,
  title: "年金の決定の通知書",
  size: A4,
  wording: {
    intro: "　{program}の年金について、次のとおり決定しましたのでお知らせします。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      reliefPensionNotice,
      data,
      `${data.program}　${data.heading}`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(3),
        facts([...data.facts, { label: "根拠", value: data.basis }]),
        gap(3),
        list(data.decided),
        ...(data.terms.length > 0 ? [gap(3), termsTable(data.terms)] : []),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: {
    ...everyCase(
      ({ to, person }): PensionNoticeData => ({
        ...reliefLetter,
        to,
        heading: "額改定通知書",
        facts: [
          { label: "証書の番号", value: "K000012" },
          { label: "受給者", value: person.name, purpose: "name" },
        ],
        decided: ["令和8年10月分から、次のとおり年金の額を改定します。"],
        terms: sampleTerms.slice(1),
        basis: "予防接種法第15条、第16条",
        appeal: {
          reviewAuthority: "例示県知事",
          defendant: "見本市",
          representative: "見本市長",
        },
      }),
    ),
  },
};

/** 現況届: printed with what is known, to be filled in and sent back; its 催告 says that it has not come. */
export interface PensionReportData extends LetterData {
  readonly number: string;
  readonly year: string;
  readonly dueOn: IsoDate;
  /** Of a 催告: that the payment is stopped after this day. */
  readonly warnedUntil?: IsoDate | undefined;
}

const questions = [
  "1　住所・氏名の変更　（ なし ・ あり：　　　　　　　　　　　　　 ）",
  "2　障害の状態の変化　（ なし ・ あり：　　　　　　　　　　　　　 ）",
  "3　在宅での介護　　　（ している ・ していない ・ 施設に入所 ）",
  "4　他の手当・年金　　（ なし ・ あり：名称　　　　　年額　　　　円 ）",
  "5　養育する方・遺族の増減　（ なし ・ あり：　　　　　　　　　　 ）",
];

export const reliefPensionReport: Form<PensionReportData> = {
  id: "vaccination/relief-pension-report",
  version: 1,
  title: "年金の現況届",
  size: A4,
  wording: {
    ask: "　{program}の年金を受けている方は、毎年、現況を届け出ることになっています。下の欄に記入し、期限までに提出してください。",
    warn: "　{program}の年金の現況届が、提出期限を過ぎても提出されていません。催告の期限までに提出がないときは、年金の支払を差し止めます。",
  },
  blocks: (data, say) =>
    letterBlocks(reliefPensionReport, data, `${data.program}　年金の現況届`, [
      paragraph(say(data.warnedUntil ? "warn" : "ask", { program: data.program })),
      gap(2),
      facts([
        { label: "証書の番号", value: data.number },
        { label: "年", value: data.year },
        ...data.facts,
        { label: "提出期限", value: formatWareki(data.dueOn) },
        ...(data.warnedUntil
          ? [{ label: "催告の期限", value: formatWareki(data.warnedUntil) }]
          : []),
      ]),
      heading("届出の内容（あてはまるものを○で囲み、必要なことを記入してください）"),
      ...questions.map((one) => paragraph(one)),
      gap(4),
      paragraph("　上のとおり届け出ます。　　　　　年　　　月　　　日"),
      gap(3),
      paragraph("　届出者の氏名　　　　　　　　　　　　　　　　　　電話　　　　　　　　　　　　"),
    ]),
  samples: {
    ...everyCase(
      ({ to, person }): PensionReportData => ({
        ...reliefLetter,
        to,
        number: "K000012",
        year: "令和8年",
        facts: [
          { label: "受給者", value: person.name, purpose: "name" },
          { label: "生年月日", value: formatWareki(person.birthDate) },
        ],
        dueOn: "2026-06-30",
      }),
    ),
    催告: {
      ...reliefLetter,
      to: longestCase.to,
      number: "K000012",
      year: "令和8年",
      facts: [{ label: "受給者", value: longestCase.person.name, purpose: "name" }],
      dueOn: "2026-06-30",
      warnedUntil: "2026-08-31",
    },
  },
};
