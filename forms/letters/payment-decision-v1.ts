import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import {
  appeal,
  everyCase,
  letter,
  people,
  recipients,
  type SampleCase,
} from "../samples/samples.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 支給決定通知書: how much is paid for what, when and where to. */
export interface PaymentDecisionDataV1 extends LetterData {
  /** Whole yen. */
  readonly amount: number;
  readonly payOn: IsoDate;
  /** Bank, branch and the account with all but the last figures hidden: 見本銀行 本店 普通 ＊＊＊＊567 */
  readonly account: string;
  readonly items: readonly {
    /** 令和8年10月 */
    readonly month: string;
    readonly clinic: string;
    readonly paid: number;
    readonly amount: number;
    /** Why less is paid than was claimed. */
    readonly note?: string;
  }[];
  readonly appeal: Appeal;
}

/** 支給決定通知書 of the first days: without 点数 and 差引き. */
export const paymentDecisionNoticeV1: Form<PaymentDecisionDataV1> = {
  id: "letters/payment-decision",
  version: 1,
  title: "支給決定通知書",
  size: A4,
  wording: {
    intro: "　{program}の支給を、次のとおり決定しましたのでお知らせします。",
    closing: "　振込の予定日を過ぎても入金がないときは、下のお問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      paymentDecisionNoticeV1,
      data,
      `${data.program}　支給決定通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(3),
        facts([
          ...data.facts,
          { label: "支給する額", value: yen(data.amount) },
          { label: "振込の予定日", value: formatWareki(data.payOn) },
          { label: "振込先", value: data.account },
        ]),
        gap(3),
        table(
          [
            { title: "診療月", width: 26, value: ({ month }) => month, align: "centre" },
            {
              title: "医療機関など",
              width: 63,
              value: ({ clinic }) => clinic,
              purpose: "address",
              lines: 2,
            },
            { title: "支払った額", width: 25, value: ({ paid }) => yen(paid), align: "right" },
            { title: "支給する額", width: 25, value: ({ amount }) => yen(amount), align: "right" },
            { title: "備考", width: 31, value: ({ note }) => note ?? "", lines: 2 },
          ],
          data.items,
          { size: 11, smallest: 8, rowHeight: 10.5 },
        ),
        gap(3),
        paragraph(say("closing")),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: {
    ...everyCase(sampleDecisionV1),
    明細が多く2ページ: {
      ...letter,
      to: recipients.oldKanji,
      facts: [{ label: "対象のお子さま", value: people.oldKanji.name, purpose: "name" }],
      amount: 18 * 68_586,
      payOn: "2026-12-15",
      account: "見本銀行 本店営業部 普通 ＊＊＊＊567",
      items: Array.from({ length: 18 }, (_, index) => ({
        month: index < 8 ? `令和7年${5 + index}月` : `令和8年${index - 7}月`,
        clinic: "独立行政法人 例示県立こども総合医療センター",
        paid: 70_000 + index,
        amount: 68_586,
        note: "高額療養費を除く",
      })),
      appeal,
    },
  },
};

/** A decision of two lines, one of them with less than was paid. */
export function sampleDecisionV1({ to, person }: SampleCase): PaymentDecisionDataV1 {
  return {
    ...letter,
    to,
    facts: [
      { label: "申請日", value: "令和8年11月10日" },
      { label: "対象のお子さま", value: person.name, purpose: "name" },
      { label: "受給者番号", value: "1234567" },
    ],
    amount: 5230,
    payOn: "2026-12-15",
    account: "見本銀行 本店営業部 普通 ＊＊＊＊567",
    items: [
      {
        month: "令和8年9月",
        clinic: "例示市 例示こどもクリニック",
        paid: 3200,
        amount: 2700,
        note: "一部負担 500円",
      },
      { month: "令和8年10月", clinic: "例示薬局 駅前店", paid: 2530, amount: 2530 },
    ],
    appeal,
  };
}
