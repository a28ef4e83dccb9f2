import type { Office, Recipient } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { contactBox, templateCorner, title, windowAddress } from "../language/letter.ts";
import { A4, foldMarks } from "../language/shapes.ts";
import { everyCase, office } from "../samples/samples.ts";

/** 宛名用紙: the sheet on top of the pieces that go into one envelope. */
export interface BundleCoverData {
  readonly to: Recipient;
  /** What is in the envelope, such as 予防接種券. */
  readonly content: string;
  readonly pieces: number;
  readonly office: Office;
}

/** 宛名用紙: whose envelope it is, and how many pieces follow. Nothing of the persons they are about stands on it. */
export const bundleCover: Form<BundleCoverData> = {
  id: "mailing/bundle-cover",
  version: 1,
  title: "宛名用紙",
  size: A4,
  wording: {
    intro:
      "　この封筒には、次のものが入っています。数をお確かめください。足りないものや、ほかの方のものが入っていたときは、お手数ですが、下の問い合わせ先にお知らせください。",
  },
  blocks: ({ to, content, pieces, office }, say) => [
    foldMarks,
    windowAddress(to),
    title(72, "同封のもの"),
    flow({ x: 20, y: 88, width: 170, bottom: 240 }, [
      paragraph(say("intro")),
      gap(6),
      paragraph(`${content}　${pieces.toLocaleString("ja-JP")}通`, { size: 15, face: "bold" }),
    ]),
    contactBox(office, 20, 254, 170),
    templateCorner(bundleCover, A4),
  ],
  samples: everyCase(({ to }) => ({ to, content: "予防接種券", pieces: 12, office })),
};
