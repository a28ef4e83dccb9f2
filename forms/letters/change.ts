import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Appeal, LetterData } from "../data.ts";
import type { Purpose } from "../fonts/fonts.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { appeal, everyCase, letter, people, recipients } from "../samples/samples.ts";
import { appealNotice, appealWording, letterBlocks } from "./letter.ts";

/** 変更決定通知書: what was decided before and what holds now. */
export interface ChangeData extends LetterData {
  readonly from: IsoDate;
  readonly changes: readonly {
    readonly item: string;
    readonly before: string;
    readonly after: string;
    /** `name` and `address` are held when a character can't be printed as registered. */
    readonly purpose?: Purpose;
  }[];
  readonly reason: string;
  readonly basis: string;
  readonly requests: readonly string[];
  /** Absent for a change that only follows a notice of the person. */
  readonly appeal?: Appeal;
}

/** 変更決定通知書. */
export const changeNotice: Form<ChangeData> = {
  id: "letters/change",
  version: 1,
  title: "変更決定通知書",
  size: A4,
  wording: {
    intro: "　{program}の認定の内容を、次のとおり変更しましたのでお知らせします。",
    closing: "　変更の内容に誤りがあるときは、お手数ですが下のお問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) =>
    letterBlocks(
      changeNotice,
      data,
      `${data.program}　変更決定通知書`,
      [
        paragraph(say("intro", { program: data.program })),
        gap(4),
        facts([
          ...data.facts,
          { label: "変更の日", value: formatWareki(data.from) },
          { label: "変更の理由", value: data.reason },
          { label: "根拠", value: data.basis },
        ]),
        gap(4),
        table(
          [
            { title: "変更した項目", width: 40, value: ({ item }) => item, lines: 2 },
            { title: "変更前", width: 65, value: ({ before }) => before, purpose, lines: 5 },
            { title: "変更後", width: 65, value: ({ after }) => after, purpose, lines: 5 },
          ],
          data.changes,
          { size: 12, smallest: 9, rowHeight: isLong(data) ? 22 : 13 },
        ),
        ...(data.appeal ? [] : [gap(4), paragraph(say("closing"))]),
        ...(data.requests.length > 0 ? [heading("お願い"), list(data.requests)] : []),
      ],
      data.appeal ? appealNotice(data.appeal, say) : [],
    ),
  samples: {
    ...everyCase(
      ({ to, person }): ChangeData => ({
        ...letter,
        to,
        facts: [
          { label: "対象のお子さま", value: person.name, purpose: "name" },
          { label: "受給者番号", value: "1234567" },
        ],
        from: "2026-12-01",
        changes: [
          { item: "加入している健康保険", before: "見本健康保険組合", after: "見本市国民健康保険" },
        ],
        reason: "健康保険の変更の届出があったため。",
        basis: "見本市こども医療費助成条例第8条",
        requests: [
          "新しい受給者証を別にお送りします。前の受給者証は、令和8年12月18日までに、下のお問い合わせ先に返してください（郵送でも結構です）。",
        ],
      }),
    ),
    項目が多く教示のあるもの: {
      ...letter,
      to: recipients.longest,
      facts: [{ label: "対象のお子さま", value: people.longest.name, purpose: "name" }],
      from: "2026-12-01",
      changes: [
        {
          item: "助成の期間",
          before: "令和8年11月1日から令和24年3月31日まで",
          after: "令和8年11月1日から令和9年3月31日まで",
        },
        { item: "自己負担（通院）", before: "なし", after: "1医療機関につき 1か月 500円まで" },
        {
          item: "保護者",
          before: people.longest.name,
          after: recipients.longest.name,
          purpose: "name",
        },
      ],
      reason: "世帯の構成が変わったため。",
      basis: "見本市こども医療費助成条例第8条",
      requests: [],
      appeal,
    },
    長い住所の変更: {
      ...letter,
      to: recipients.longest,
      facts: [{ label: "対象のお子さま", value: people.longest.name, purpose: "name" }],
      from: "2026-12-01",
      changes: [
        {
          item: "住所",
          before: recipients.oldKanji.address,
          after: `${recipients.longest.address} ${recipients.longest.building}`,
          purpose: "address",
        },
        {
          item: "保護者",
          before: recipients.oldKanji.name,
          after: recipients.longest.name,
          purpose: "name",
        },
      ],
      reason: "住所と保護者の変更の届出があったため。",
      basis: "見本市こども医療費助成条例第8条",
      requests: [],
    },
  },
};

const purpose = (row: ChangeData["changes"][number]) => row.purpose ?? "text";

/** Whether a value, such as an address with its 方書, takes more than two lines. */
function isLong({ changes }: ChangeData): boolean {
  return changes.some(({ before, after }) => Math.max(before.length, after.length) > 34);
}
