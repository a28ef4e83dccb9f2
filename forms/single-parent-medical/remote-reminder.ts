import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter } from "../samples/samples.ts";

/** 遠隔地証の更新のお知らせ: until when the certificate is valid, and what has to be done to go on. */
export interface RemoteReminderData extends LetterData {
  readonly until: IsoDate;
}

/** 遠隔地証の更新のお知らせ. */
export const remoteReminder: Form<RemoteReminderData> = {
  id: "single-parent-medical/remote-reminder",
  version: 1,
  title: "遠隔地証の更新のお知らせ",
  size: A4,
  wording: {
    intro: "　お持ちの遠隔地証は、次の日を過ぎると使えなくなります。",
    requests:
      "引き続き別居して就学などをされる場合は、{until}までに、変更届（遠隔地証）と在学証明書などを下のお問い合わせ先に出してください。\n別居が終わった場合、又は届出がない場合は、期限の後に遠隔地証を返してください。",
  },
  blocks: (data, say) =>
    letterBlocks(remoteReminder, data, `${data.program}　遠隔地証の更新のお知らせ`, [
      paragraph(say("intro")),
      gap(4),
      facts([...data.facts, { label: "使える最後の日", value: formatWareki(data.until) }]),
      heading("お願い"),
      list(say("requests", { until: formatWareki(data.until) }).split("\n")),
    ]),
  samples: everyCase(
    ({ to, person }): RemoteReminderData => ({
      ...letter,
      to,
      program: "ひとり親家庭等医療費助成",
      facts: [
        { label: "対象の児童", value: person.name, purpose: "name" },
        { label: "受給者番号", value: "1234567" },
      ],
      until: "2027-03-31",
    }),
  ),
};
