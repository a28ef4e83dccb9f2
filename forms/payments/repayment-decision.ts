import type { Appeal } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appealNotice, appealWording, letterBlocks } from "../letters/letter.ts";
import { appeal, everyCase, oldKanjiCase, type SampleCase } from "../samples/samples.ts";
import {
  monthlyParts,
  partsTable,
  type RepaymentLetterData,
  repaymentSample,
  requireParts,
  slipsOf,
  sumFacts,
} from "./repayment-letter.ts";
import { slipWording } from "./slips.ts";

/** 返還決定通知書, and what is told after it: 変更決定 by which less is asked for, 分納 that was agreed on. */
export interface RepaymentDecisionData extends RepaymentLetterData {
  readonly sort: "decision" | "reduction" | "plan";
  /** Why, in words the person understands (行政手続法14条). */
  readonly reason: string;
  /** By what it is asked back; none on a letter that decides nothing. */
  readonly basis?: string | undefined;
  /** 教示, where it is a decision. */
  readonly appeal?: Appeal | undefined;
}

const titles = {
  decision: "返還決定通知書",
  reduction: "返還決定変更通知書",
  plan: "返還金分納のお知らせ",
} as const satisfies Record<RepaymentDecisionData["sort"], string>;

/** 返還決定通知書: what is asked back and why, by when or in which parts, with 教示 and the slips. */
export const repaymentDecision: Form<RepaymentDecisionData> = {
  id: "payments/repayment-decision",
  version: 1,
  title: "返還決定通知書",
  size: A4,
  wording: {
    intro:
      "　{program}について、次のとおり返還していただくことを決定しましたので、お知らせします。後ろの納付書で、納期限までに納めてください。",
    introReduction:
      "　{program}の返還について、先に通知した額を次のとおり変更しましたので、お知らせします。",
    introPlan:
      "　{program}の返還金を、次のとおり分けて納めていただくことになりましたので、お知らせします。",
    hardship: "納期限の前に、下のお問い合わせ先にご相談ください。",
    ...slipWording,
    ...appealWording,
  },
  blocks: (data, say) => {
    requireParts(data.parts);
    const intro = { decision: "intro", reduction: "introReduction", plan: "introPlan" }[data.sort];
    return [
      ...letterBlocks(
        repaymentDecision,
        data,
        `${data.program}　${titles[data.sort]}`,
        [
          paragraph(say(intro, { program: data.program })),
          gap(3),
          facts([
            ...data.facts,
            ...sumFacts(data),
            { label: data.sort === "plan" ? "説明" : "理由", value: data.reason },
            ...(data.basis ? [{ label: "根拠", value: data.basis }] : []),
          ]),
          gap(3),
          partsTable(data.parts),
          heading("納めるのが難しいとき"),
          list(say("hardship").split("\n")),
        ],
        data.appeal ? appealNotice(data.appeal, say) : [],
      ),
      ...slipsOf(data, say),
    ];
  },
  samples: {
    ...everyCase(sample),
    "30回の分納で、表がページをまたぐ": {
      ...sample(oldKanjiCase),
      ...repaymentSample(oldKanjiCase, monthlyParts(30)),
    },
    "減額の変更・納付書なし": {
      ...sample(oldKanjiCase),
      sort: "reduction",
      amount: 412_345,
      reducedBy: 100_000,
      received: 2_345,
      reason:
        "高額療養費が加入している健康保険から市に支払われることになったため、その額を減らしました。",
      parts: [{ name: "全額", due: "2026-12-25", amount: 310_000 }],
      slips: [],
    },
    "分納のお知らせ・教示なし": {
      ...repaymentSample(oldKanjiCase, monthlyParts(3)),
      sort: "plan",
      reason: "令和8年11月20日の申出により、3回に分けます。",
    },
  },
};

function sample(one: SampleCase): RepaymentDecisionData {
  return {
    ...repaymentSample(one),
    sort: "decision",
    reason:
      "令和8年9月1日に市外へ転出され、受給資格がなくなった後に、受給者証を使って受診されたため。",
    basis: "見本市こども医療費助成条例第10条",
    appeal,
  };
}
