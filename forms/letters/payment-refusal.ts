import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { everyCase, longestCase, oldKanjiCase, type SampleCase } from "../samples/samples.ts";
import {
  type ClaimDecisionData,
  linesTable,
  manyLines,
  paymentFacts,
  requireSoundLines,
  sampleClaim,
  totalOfLines,
} from "./claim-lines.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 不支給決定 or 一部支給決定 on a claim: with the reasons (行政手続法8条). */
export interface ClaimRefusalData extends ClaimDecisionData {
  /** Why nothing or less is paid, a sentence each, at least one. */
  readonly reasons: readonly string[];
}

/** 不支給・一部支給決定通知書. */
export const paymentRefusalNotice: Form<ClaimRefusalData> = {
  id: "letters/payment-refusal",
  version: 1,
  title: "不支給・一部支給決定通知書",
  size: A4,
  wording: {
    introNone:
      "　申請のありました{program}について審査しましたが、次の理由により支給しないことを決定しましたので、お知らせします。",
    introPart:
      "　申請のありました{program}について、次の理由により一部を支給することを決定しましたので、お知らせします。",
    ...appealWording,
  },
  blocks: (data, say) => {
    requireSoundLines(data);
    if (data.reasons.length === 0) throw new RangeError("a refusal always has a reason");
    const none = totalOfLines(data.lines).amount === 0;
    return letterBlocks(
      paymentRefusalNotice,
      data,
      `${data.program}　${none ? "不支給" : "一部支給"}決定通知書`,
      [
        paragraph(say(none ? "introNone" : "introPart", { program: data.program })),
        gap(3),
        facts([...data.facts, ...paymentFacts(data), { label: "根拠", value: data.basis }]),
        heading(none ? "支給しない理由" : "一部を支給しない理由"),
        list(data.reasons),
        gap(3),
        linesTable(data.lines),
      ],
      appealNotice(data.appeal, say),
    );
  },
  samples: {
    ...everyCase(part),
    不支給: {
      ...part(oldKanjiCase),
      payment: undefined,
      lines: [
        {
          month: "令和7年9月",
          institution: "例示市 例示こどもクリニック",
          care: "外来",
          points: 1067,
          paid: 3200,
          deductions: [{ label: "対象外", amount: 3200 }],
          amount: 0,
          note: "申請期限を過ぎている",
        },
      ],
      reasons: ["診療を受けた月の翌月から12か月の申請期限を過ぎているため。"],
    },
    "30件で、理由が多い一部支給": {
      ...part(longestCase),
      lines: manyLines(30),
      reasons: [
        "入院したときの食事の費用と差額ベッド代は、助成の対象ではないため。",
        "加入している健康保険から高額療養費と附加給付が支給されるため、その額を差し引きます。",
        "学校の管理の下で起きたけがの費用は、独立行政法人日本スポーツ振興センターの災害共済給付の対象となるため。",
      ],
    },
  },
};

function part(one: SampleCase): ClaimRefusalData {
  return {
    ...sampleClaim(one),
    reasons: ["1回の受診につき500円は、一部負担金としてご負担いただく額のため。"],
  };
}
