import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { everyCase, letter } from "../samples/samples.ts";
import { letterBlocks } from "./letter.ts";

/** 有効期間満了のお知らせ: the last day of an entitlement that ends by itself; no decision, so no 教示. */
export interface ExpiryData extends LetterData {
  readonly lastDay: IsoDate;
  /** Whether the certificate is to be given back; otherwise the holder destroys it. */
  readonly collect: boolean;
}

/** 有効期間満了のお知らせ. */
export const expiryNotice: Form<ExpiryData> = {
  id: "letters/expiry",
  version: 1,
  title: "有効期間満了のお知らせ",
  size: A4,
  wording: {
    intro:
      "　{program}の受給資格は、次のとおり有効期間が満了します（しました）のでお知らせします。満了の日の翌日からの診療は、助成の対象になりません。",
    collect:
      "お手元の受給者証は、満了の日の後に、下のお問い合わせ先に返してください（郵送でも結構です）。",
    destroy: "お手元の受給者証は、満了の日の後に、裁断するなどして破棄してください。",
    claims:
      "満了の日までの診療で、窓口で支払った費用の払戻しがまだの方は、期限までに申請してください。",
  },
  blocks: (data, say) =>
    letterBlocks(expiryNotice, data, `${data.program}　有効期間満了のお知らせ`, [
      paragraph(say("intro", { program: data.program })),
      gap(4),
      facts([...data.facts, { label: "満了の日", value: formatWareki(data.lastDay) }]),
      heading("お願い"),
      list([say(data.collect ? "collect" : "destroy"), say("claims")]),
    ]),
  samples: everyCase(
    ({ to, person }): ExpiryData => ({
      ...letter,
      to,
      facts: [
        { label: "対象のお子さま", value: person.name, purpose: "name" },
        { label: "受給者番号", value: "1234567" },
      ],
      lastDay: "2027-03-31",
      collect: person.name.length > 5,
    }),
  ),
};
