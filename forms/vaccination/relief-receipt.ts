import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase } from "../samples/samples.ts";
import { reliefLetter } from "./relief-letter.ts";

/** 請求受付のお知らせ: that a claim was received, and how it goes on. */
export interface ReliefReceiptData extends LetterData {
  /** The Minister is asked; the city's own scheme goes without. */
  readonly byState: boolean;
  /** Papers that are still missing; none where all were handed in. */
  readonly missing: readonly string[];
}

/** 請求受付のお知らせ of 健康被害救済. */
export const reliefReceipt: Form<ReliefReceiptData> = {
  id: "vaccination/relief-receipt",
  version: 1,
  title: "請求受付のお知らせ",
  size: A4,
  wording: {
    intro: "　{program}の請求を、次のとおり受け付けましたのでお知らせします。",
    state:
      "書類がそろいましたら、市の予防接種健康被害調査委員会で調査し、都道府県を通じて国に書類を送ります。\n国の審査会の審査を経て、厚生労働大臣が認定するかどうかを判断します。\n国の判断を受けて、市が支給するかどうかを決定し、お知らせします。",
    city: "書類がそろいましたら、市の予防接種健康被害調査委員会で調査します。\n調査の結果を受けて、市が支給するかどうかを決定し、お知らせします。",
    time: "　国の審査には1年を超える期間がかかることがあります。住所や振込先が変わったときは、下のお問い合わせ先にご連絡ください。",
    timeCity: "　住所や振込先が変わったときは、下のお問い合わせ先にご連絡ください。",
  },
  blocks: (data, say) =>
    letterBlocks(reliefReceipt, data, `${data.program}　請求受付のお知らせ`, [
      paragraph(say("intro", { program: data.program })),
      gap(3),
      facts(data.facts),
      ...(data.missing.length > 0
        ? [heading("提出していただく書類"), list(data.missing, { numbered: true })]
        : []),
      heading("これからの流れ"),
      list(say(data.byState ? "state" : "city").split("\n"), { numbered: true }),
      gap(2),
      paragraph(say(data.byState ? "time" : "timeCity")),
    ]),
  samples: {
    ...everyCase(
      ({ to, person }): ReliefReceiptData => ({
        ...reliefLetter,
        to,
        facts: [
          { label: "請求日", value: "令和8年11月10日" },
          { label: "請求の番号", value: "R8-001234" },
          { label: "接種を受けた方", value: person.name, purpose: "name" },
          { label: "請求する給付", value: "医療費、医療手当" },
        ],
        byState: true,
        missing: [],
      }),
    ),
    行政措置で書類が足りない: {
      ...reliefLetter,
      facts: [
        { label: "請求日", value: "令和8年11月10日" },
        { label: "請求の番号", value: "R8-001235" },
      ],
      byState: false,
      missing: ["受診証明書（受診した医療機関・薬局ごと）", "診療録等の写し"],
    },
  },
};
