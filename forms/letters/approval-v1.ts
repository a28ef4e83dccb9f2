import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Appeal, LetterData } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { appeal, everyCase, letter, withoutSeal } from "../samples/samples.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** What the first 認定通知書 said: one period for all, persons among the facts. */
interface ApprovalDataV1 extends LetterData {
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly basis: string;
  readonly appeal?: Appeal;
}

/** 認定通知書, first version. */
export const approvalNoticeV1: Form<ApprovalDataV1> = {
  id: "letters/approval",
  version: 1,
  title: "認定通知書",
  size: A4,
  wording: {
    intro: "　{program}を、次のとおり認定しましたのでお知らせします。",
    closing:
      "　住所、氏名、保護者、加入している健康保険が変わったときは、14日以内に届け出てください。届出がないと、助成した費用を返していただくことがあります。\n　この通知に誤りがあるときや、分からないことがあるときは、下のお問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      approvalNoticeV1,
      data,
      `${data.program}　認定通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(4),
        facts([
          ...data.facts,
          {
            label: "助成の期間",
            value: `${formatWareki(data.from)}から\n${formatWareki(data.until)}まで`,
          },
          { label: "根拠", value: data.basis },
        ]),
        gap(5),
        paragraph(say("closing")),
      ],
      data.appeal ? appealNotice(data.appeal, say) : [],
    ),
  samples: samples(),
};

function samples(): Record<string, ApprovalDataV1> {
  const every = everyCase(
    ({ to, person }): ApprovalDataV1 => ({
      ...letter,
      to,
      facts: [
        { label: "申請日", value: "令和8年11月10日" },
        { label: "対象のお子さま", value: person.name, purpose: "name" },
        { label: "生年月日", value: formatWareki(person.birthDate) },
        { label: "受給者番号", value: "1234567" },
      ],
      from: "2026-11-01",
      until: "2044-03-31",
      basis: "見本市こども医療費助成条例第5条",
    }),
  );
  return {
    ...every,
    "公印省略・長い根拠・教示": {
      ...every.通常,
      issuer: withoutSeal,
      appeal,
      basis: "見本市こども医療費助成条例第5条および同条例施行規則第8条第2項",
    },
  };
}
