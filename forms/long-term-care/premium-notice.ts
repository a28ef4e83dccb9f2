import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear, formatWareki } from "#workflows/dates/wareki.ts";
import { storeBarcode } from "#workflows/payments/store-barcode.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { appealNotice, letterBlocks } from "../letters/letter.ts";
import type { PaymentSlip } from "../payments/slip.ts";
import { slipPages, slipWording } from "../payments/slips.ts";
import { appeal, everyCase, letter, office, recipients } from "../samples/samples.ts";

/** 介護保険料納入通知書 with the 納付書 of its instalments. */
export interface PremiumNoticeData extends Omit<LetterData, "facts" | "program"> {
  readonly fiscalYear: number;
  readonly insuredNumber: string;
  readonly name: string;
  /** 第6段階 */
  readonly stage: string;
  /** Why: 本人が市民税課税で、合計所得金額が120万円未満 */
  readonly stageReason: string;
  /** Whole yen of the year. */
  readonly annual: number;
  readonly instalments: readonly {
    readonly name: string;
    /** 普通徴収 or 特別徴収（年金からの天引き） */
    readonly method: string;
    readonly due: IsoDate;
    readonly amount: number;
  }[];
  readonly slips: readonly PaymentSlip[];
  /** 市 named on the slips. */
  readonly municipality: string;
  /** Objections go to the 介護保険審査会 of the prefecture (介護保険法183条). */
  readonly appeal: Appeal;
}

/** Eight dates of payment in a year, on a working day each. */
const DUE: readonly IsoDate[] = [
  "2026-08-25",
  "2026-09-25",
  "2026-10-26",
  "2026-11-25",
  "2026-12-25",
  "2027-01-25",
  "2027-02-25",
  "2027-03-25",
];

/**
 * 介護保険料納入通知書: the letter, and the slips three a page behind it. An action comes after the decision on the objection
 * (介護保険法196条, 行政事件訴訟法8条2項), and an objection may be made by word of mouth (介護保険法192条): its own 教示.
 */
export const premiumNotice: Form<PremiumNoticeData> = {
  id: "long-term-care/premium-notice",
  version: 1,
  title: "介護保険料納入通知書",
  size: A4,
  wording: {
    intro:
      "　介護保険料を次のとおり決定しましたので、お知らせします。後ろの納付書で、金融機関かコンビニエンスストアで、納期限までに納めてください。",
    introPension:
      "　介護保険料を次のとおり決定しましたので、お知らせします。年金から天引きしますので、納める手続きはいりません。",
    hardship:
      "災害や失業などで納めるのが難しいときは、減免や猶予を受けられることがあります。納期限の前にご相談ください。",
    ...slipWording,
    appealObjection:
      "この決定があったことを知った日の翌日から起算して3か月以内に、{authority}に、文書または口頭で審査請求をすることができます。",
    appealAction:
      "この決定の取消しを求める裁判（取消訴訟）は、審査請求に対する裁決の後でなければ、起こすことができません。裁決があったことを知った日の翌日から起算して6か月以内に、{defendant}を被告として（{defendant}を代表するのは{representative}です）、起こすことができます。ただし、裁決の日の翌日から起算して1年を過ぎると、正当な理由がある場合を除き、起こすことができません。なお、審査請求をした日から3か月を過ぎても裁決がないとき、著しい損害を避けるため緊急の必要があるとき、そのほか正当な理由があるときは、裁決を待たずに起こすことができます。",
  },
  blocks: (data, say) => {
    const year = formatFiscalYear(data.fiscalYear);
    const letterOf = { ...data, program: "介護保険料", facts: [] };
    return [
      ...letterBlocks(
        premiumNotice,
        letterOf,
        `${year}　介護保険料納入通知書`,
        [
          paragraph(say(data.slips.length > 0 ? "intro" : "introPension")),
          gap(3),
          facts([
            {
              label: "被保険者",
              value: `${data.name}（番号 ${data.insuredNumber}）`,
              purpose: "name",
            },
            { label: "年間の保険料", value: `${yen(data.annual)}（${data.stage}）` },
            { label: "段階の理由", value: data.stageReason },
          ]),
          gap(3),
          table(
            [
              { title: "期別", width: 28, value: ({ name }) => name, align: "centre" },
              { title: "納め方", width: 62, value: ({ method }) => method },
              {
                title: "納期限（天引きの日）",
                width: 46,
                value: ({ due }) => formatWareki(due),
                align: "right",
              },
              { title: "金額", width: 34, value: ({ amount }) => yen(amount), align: "right" },
            ],
            data.instalments,
            { size: 12, smallest: 9, rowHeight: 8 },
          ),
          heading("納めるのが難しいとき"),
          list(say("hardship").split("\n")),
        ],
        appealNotice(data.appeal, say),
      ),
      ...slipPages(
        {
          title: `${year} 介護保険料`,
          payer: data.name,
          number: data.insuredNumber,
          municipality: data.municipality,
          note: say("slipNote"),
          noStore: say("noStore"),
        },
        data.slips,
      ),
    ];
  },
  samples: {
    ...everyCase(({ to, person }) => ({
      ...noticeOf(4),
      to: { ...to, name: person.name },
      name: person.name,
    })),
    "8期": { ...noticeOf(8), date: "2026-07-14" },
    年金からの天引き: pensionNotice(),
  },
};

function noticeOf(count: number): PremiumNoticeData {
  const instalments = DUE.slice(-count).map((due, index) => ({
    name: `第${DUE.length - count + index + 1}期`,
    method: "普通徴収（納付書）",
    due,
    amount: 9800 + (index === 0 ? 500 : 0),
  }));
  return {
    ...letter,
    to: { ...recipients.plain, name: "例示 ウメ" },
    documentNumber: "見介第4321号",
    office: { ...office, name: "見本市 健康福祉局 高齢者支援部 介護保険課" },
    fiscalYear: 2026,
    insuredNumber: "0001234567",
    name: "例示 ウメ",
    stage: "第6段階",
    stageReason: "本人が市民税課税で、合計所得金額が120万円未満のため。",
    annual: instalments.reduce((sum, { amount }) => sum + amount, 0),
    instalments,
    slips: instalments.map(({ name, due, amount }, index) => ({
      instalment: name,
      due,
      amount,
      barcode: sampleBarcode(index, due, amount),
    })),
    municipality: "見本市",
    appeal: { ...appeal, reviewAuthority: "見本県介護保険審査会" },
  };
}

function pensionNotice(): PremiumNoticeData {
  const instalments = (["2026-10-15", "2026-12-15", "2027-02-15"] as const).map((due, index) => ({
    name: ["10月", "12月", "2月"][index] ?? "",
    method: "特別徴収（年金からの天引き）",
    due,
    amount: 15_400,
  }));
  return { ...noticeOf(1), date: "2026-07-14", annual: 3 * 15_400, instalments, slips: [] };
}

/** An invented 44-digit code. */
function sampleBarcode(instalment: number, due: IsoDate, amount: number): string | undefined {
  const free = `0000012345672026${String(instalment).padStart(5, "0")}`;
  return storeBarcode({ company: "999999", free, reissue: 0, due, amount });
}
