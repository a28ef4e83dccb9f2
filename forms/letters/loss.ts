import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appeal, everyCase, letter } from "../samples/samples.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 資格喪失通知書: from when the entitlement has ended, and why. */
export interface LossData extends LetterData {
  readonly lostOn: IsoDate;
  readonly reason: string;
  readonly basis: string;
  /** By when the certificate is to be returned. */
  readonly returnBy: IsoDate;
  readonly appeal: Appeal;
}

/** 資格喪失通知書. */
export const lossNotice: Form<LossData> = {
  id: "letters/loss",
  version: 1,
  title: "資格喪失通知書",
  size: A4,
  wording: {
    intro: "　{program}を受ける資格が次のとおりなくなりましたのでお知らせします。",
    requests:
      "{returnBy}までに、お手元の受給者証を下のお問い合わせ先に返してください（郵送でも結構です）。\n資格がなくなった日以後に受給者証を使ったときは、助成した費用を返していただくことがあります。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      lossNotice,
      data,
      `${data.program}　資格喪失通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(4),
        facts([
          ...data.facts,
          { label: "資格がなくなった日", value: formatWareki(data.lostOn) },
          { label: "理由", value: data.reason },
          { label: "根拠", value: data.basis },
        ]),
        heading("お願い"),
        list(say("requests", { returnBy: formatWareki(data.returnBy) }).split("\n")),
      ],
      appealNotice(data.appeal, say),
    ),
  samples: everyCase(
    ({ to, person }): LossData => ({
      ...letter,
      to,
      facts: [
        { label: "対象のお子さま", value: person.name, purpose: "name" },
        { label: "受給者番号", value: "1234567" },
      ],
      lostOn: "2026-11-15",
      reason: "市外に転出されたため。",
      basis: "見本市こども医療費助成条例第3条",
      returnBy: "2026-12-04",
      appeal,
    }),
  ),
};
