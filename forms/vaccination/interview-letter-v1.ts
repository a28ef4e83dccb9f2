import type { CouponData } from "../data.ts";
import { flow, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import {
  contactBox,
  letterHead,
  templateCorner,
  title,
  windowAddress,
} from "../language/letter.ts";
import { A4, foldMarks, once } from "../language/shapes.ts";
import { couponSamples } from "../samples/coupons.ts";
import { interviewSheetV1 } from "./interview-sheet-v1.ts";

/** 予診票 with its letter as it was at first. */
export const interviewLetterV1: Form<CouponData> = {
  id: "vaccination/interview-letter",
  version: 1,
  title: "予診票の送付（券番号入り）",
  size: A4,
  wording: {
    ...interviewSheetV1.wording,
    letterIntro:
      "　予防接種の予診票をお送りします。公費（無料）で受けられますので、期間のうちに医療機関に予約し、同封の予診票に記入して、母子健康手帳と一緒にお持ちください。",
    letterNotes:
      "予診票は、受ける日に記入してください。体温は医療機関で測ります。\n予診票には券番号が印字されています。切り取ったり、ほかの方に渡したりしないでください。\n体調がよいときに受けてください。熱があるときは受けられません。",
  },
  blocks: (data, say) => [
    once("interview-letter", [foldMarks, templateCorner(interviewLetterV1, A4)]),
    windowAddress(data.to),
    letterHead({ date: data.issuedOn, issuer: data.issuer }),
    title(66, "予防接種の予診票をお送りします"),
    flow({ x: 20, y: 80, width: 170, bottom: 111 }, [
      paragraph(
        `${[data.vaccine, data.course, data.dose].filter((part) => part !== undefined).join("　")}`,
        { size: 14, face: "bold" },
      ),
      paragraph(say("letterIntro"), { leading: 1.5 }),
    ]),
    flow({ x: 20, y: 112, width: 170, bottom: 180 }, [
      list(say("letterNotes").split("\n"), { leading: 1.5 }),
    ]),
    contactBox(data.office, 20, 210, 170),
    (paper) => paper.newPage(),
    ...interviewSheetV1.blocks({ ...data, guardian: "" }, say),
  ],
  samples: couponSamples,
};
