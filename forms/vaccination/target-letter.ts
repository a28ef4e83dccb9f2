import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer, Office, PrintedPerson, Recipient } from "../data.ts";
import { flow, gap, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import {
  contactBox,
  letterHead,
  templateCorner,
  title,
  windowAddress,
} from "../language/letter.ts";
import { A4, foldMarks, once } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { everyCase, issuer, office } from "../samples/samples.ts";

/** 個別通知: a vaccination that somebody may have, without a coupon. */
export interface TargetLetterData {
  readonly to: Recipient;
  readonly person: Pick<PrintedPerson, "name" | "birthDate">;
  readonly vaccine: string;
  readonly diseases: string;
  readonly dose: string;
  readonly from: IsoDate;
  readonly until: IsoDate;
  /** 整理番号 of the letter. */
  readonly number: string;
  readonly issuedOn: IsoDate;
  readonly issuer: Issuer;
  readonly office: Office;
}

/** 予防接種の個別通知 (letter). */
export const targetLetter: Form<TargetLetterData> = {
  id: "vaccination/target-letter",
  version: 1,
  title: "予防接種の個別通知",
  size: A4,
  wording: {
    intro:
      "　次の方は、次の予防接種を受けられる期間です。受けるときは、効果と副反応について医療機関の説明を受け、期間のうちに受けてください。費用の負担については、市のお知らせをご覧になるか、お問い合わせください。",
    notes:
      "予約のときに、この通知が届いていることを伝えてください。\n体調がよいときに受けてください。熱があるときは受けられません。\nすでに受けた方は、行き違いをお許しください。お手数ですが、受けた日と医療機関をお知らせください。",
  },
  blocks: (data, say) => [
    once("target-letter", [foldMarks, templateCorner(targetLetter, A4)]),
    windowAddress(data.to),
    letterHead({ date: data.issuedOn, issuer: data.issuer }),
    title(66, "予防接種のお知らせ"),
    flow({ x: 20, y: 80, width: 170, bottom: 244 }, [
      paragraph(say("intro"), { leading: 1.5 }),
      gap(4),
      facts([
        { label: "受ける方", value: data.person.name, purpose: "name" },
        { label: "生年月日", value: formatWareki(data.person.birthDate) },
        { label: "予防接種", value: `${data.vaccine}　${data.dose}` },
        { label: "予防できる病気", value: data.diseases },
        {
          label: "受けられる期間",
          value: `${formatWareki(data.from)}から${formatWareki(data.until)}まで`,
        },
      ]),
      gap(4),
      list(say("notes").split("\n"), { leading: 1.5 }),
    ]),
    contactBox(data.office, 20, 248, 170),
    text({ x: 20, y: 276, width: 100 }, `整理番号　${data.number}`, {
      size: 9,
      field: "整理番号",
    }),
  ],
  samples: everyCase(
    ({ to, person }): TargetLetterData => ({
      to: { ...to, name: person.name },
      person,
      vaccine: "高齢者肺炎球菌",
      diseases: "高齢者の肺炎球菌感染症",
      dose: "1回",
      from: "2026-12-01",
      until: "2027-08-13",
      number: "0000012345",
      issuedOn: "2026-11-20",
      issuer,
      office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
    }),
  ),
};
