import { formatWareki } from "#workflows/dates/wareki.ts";
import type { ApprovalData, GrantedPerson } from "../data.ts";
import { gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { type Column, table } from "../language/table.ts";
import { appeal, everyCase, letter, people, recipients, withoutSeal } from "../samples/samples.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** One row a person, for one as for a household. */
const columns: readonly Column<GrantedPerson>[] = [
  {
    title: "氏名・生年月日",
    width: 58,
    value: ({ name, birthDate }) => `${name}\n${formatWareki(birthDate)}生`,
    purpose: "name",
    lines: 5,
  },
  {
    title: "受給者番号",
    width: 25,
    value: ({ recipientNumber }) => recipientNumber ?? "（付番前）",
    align: "centre",
  },
  {
    title: "助成の期間",
    width: 46,
    value: ({ from, until }) => `${formatWareki(from)}から\n${formatWareki(until)}まで`,
    lines: 2,
  },
  { title: "自己負担", width: 41, value: ({ share }) => share.join("\n"), lines: 4 },
];

/** 認定通知書: whom the city grants what, each person once. */
export const approvalNotice: Form<ApprovalData> = {
  id: "letters/approval",
  version: 2,
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
      approvalNotice,
      data,
      `${data.program}　認定通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(4),
        table(columns, data.persons, { size: 12, smallest: 8, rowHeight: rowHeight(data) }),
        gap(4),
        facts([...data.facts, { label: "根拠", value: data.basis }]),
        gap(5),
        paragraph(say("closing")),
      ],
      data.appeal ? appealNotice(data.appeal, say) : [],
    ),
  samples: samples(),
};

/** Characters of 12 pt that a line of a name and one of a share take. */
const [NAME_LINE, SHARE_LINE] = [12, 11];

/** Millimetres: for two lines, or for more where a name or a share is long. */
function rowHeight({ persons }: ApprovalData): number {
  const lines = (texts: readonly string[]) =>
    texts.reduce((sum, one) => sum + Math.ceil(one.length / SHARE_LINE), 0);
  const isLong = persons.some(({ name, share }) => name.length > NAME_LINE || lines(share) > 2);
  return isLong ? 19 : 13;
}

function samples(): Record<string, ApprovalData> {
  const every = everyCase(
    ({ to, person }): ApprovalData => ({
      ...letter,
      to,
      facts: [{ label: "申請日", value: "令和8年11月10日" }],
      persons: [granted(person)],
      basis: "見本市こども医療費助成条例第5条",
    }),
  );
  const household = {
    ...every.通常,
    program: "ひとり親家庭等医療費助成",
    basis: "見本市ひとり親家庭等医療費助成条例第5条",
  };
  const parent = { name: recipients.ordinary.name, birthDate: "1990-04-01" } as const;
  const difficult = [people.longest, people.oldKanji, people.plain, people.ordinary];
  return {
    ...every,
    "公印省略・長い根拠・教示": {
      ...every.通常,
      issuer: withoutSeal,
      appeal,
      basis: "見本市こども医療費助成条例第5条および同条例施行規則第8条第2項",
    },
    "世帯の2人・教示": {
      ...household,
      appeal,
      persons: [parent, people.ordinary].map(granted),
    },
    "世帯の6人・難しい氏名・長い自己負担": {
      ...household,
      to: recipients.longest,
      appeal,
      persons: [parent, ...difficult, people.protected].map((person, at) => ({
        ...granted(person, at),
        share: [
          "入院　なし",
          "通院　1日500円まで（1か月に2回まで。3回目からはなし）",
          "調剤　なし",
        ],
      })),
    },
    "世帯の10人・付番前": {
      ...household,
      appeal,
      persons: [...difficult, ...difficult, people.protected, parent].map((person) => {
        const { recipientNumber: _, ...proposed } = granted(person);
        return proposed;
      }),
    },
  };
}

function granted(
  { name, birthDate }: Pick<GrantedPerson, "name" | "birthDate">,
  at = 0,
): GrantedPerson {
  return {
    name,
    birthDate,
    recipientNumber: String(1_234_567 + at),
    from: "2026-11-01",
    until: "2044-03-31",
    share: ["入院　なし", "通院　1日500円まで"],
  };
}
