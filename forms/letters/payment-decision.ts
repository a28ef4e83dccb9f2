import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { everyCase, oldKanjiCase } from "../samples/samples.ts";
import {
  type ClaimDecisionData,
  linesTable,
  manyLines,
  paymentFacts,
  requireSoundLines,
  sampleClaim,
} from "./claim-lines.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 支給決定通知書 of 償還払い: how much is paid for what, when and where to. */
export const paymentDecisionNotice: Form<ClaimDecisionData> = {
  id: "letters/payment-decision",
  version: 2,
  title: "支給決定通知書",
  size: A4,
  wording: {
    intro: "　{program}の支給を、次のとおり決定しましたのでお知らせします。",
    closing: "　振込の予定日を過ぎても入金がないときは、下のお問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) => {
    requireSoundLines(data);
    return letterBlocks(
      paymentDecisionNotice,
      data,
      `${data.program}　支給決定通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(3),
        facts([...data.facts, ...paymentFacts(data), { label: "根拠", value: data.basis }]),
        gap(3),
        linesTable(data.lines),
        gap(2),
        paragraph(say("closing")),
      ],
      appealNotice(data.appeal, say),
    );
  },
  samples: {
    ...everyCase(sampleClaim),
    "30件の長い医療機関名で、表がページをまたぐ": {
      ...sampleClaim(oldKanjiCase),
      lines: manyLines(30),
    },
  },
};
