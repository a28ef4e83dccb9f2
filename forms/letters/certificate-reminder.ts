import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { everyCase, letter } from "../samples/samples.ts";
import { letterBlocks } from "./letter.ts";

/** 受給者証の返還のお願い: certificates that are not valid any more and did not come back. */
export interface CertificateReminderData extends LetterData {
  readonly certificates: readonly {
    readonly title: string;
    readonly recipientNumber: string;
    /** Why it cannot be used any more. */
    readonly cause: string;
    readonly since: IsoDate;
  }[];
  readonly returnBy: IsoDate;
}

/** 受給者証の返還のお願い. */
export const certificateReminder: Form<CertificateReminderData> = {
  id: "letters/certificate-reminder",
  version: 1,
  title: "受給者証の返還のお願い",
  size: A4,
  wording: {
    intro:
      "　{program}の次の証は使えなくなっていますが、まだ返していただいていません。{returnBy}までに、下のお問い合わせ先に返してください（郵送でも結構です）。",
    requests:
      "なくされたときや、既に破棄されたときは、下のお問い合わせ先にご連絡ください。\n使えなくなった証を使ったときは、助成した費用を返していただくことがあります。\nこのお知らせと行き違いに返していただいたときは、ご容赦ください。",
  },
  blocks: (data, say) =>
    letterBlocks(certificateReminder, data, `${data.program}　受給者証の返還のお願い`, [
      paragraph(say("intro", { program: data.program, returnBy: formatWareki(data.returnBy) })),
      gap(4),
      facts(data.facts),
      gap(4),
      table(
        [
          { title: "証", width: 50, value: ({ title }) => title, lines: 2 },
          { title: "受給者番号", width: 35, value: ({ recipientNumber }) => recipientNumber },
          { title: "使えなくなった理由", width: 45, value: ({ cause }) => cause, lines: 2 },
          { title: "使えなくなった日", width: 40, value: ({ since }) => formatWareki(since) },
        ],
        data.certificates,
        { size: 11, smallest: 9, rowHeight: 10 },
      ),
      heading("お願い"),
      list(say("requests").split("\n")),
    ]),
  samples: everyCase(
    ({ to, person }): CertificateReminderData => ({
      ...letter,
      to,
      facts: [{ label: "対象のお子さま", value: person.name, purpose: "name" }],
      certificates: [
        {
          title: "受給者証（1回目）",
          recipientNumber: "1234567",
          cause: "資格の喪失",
          since: "2026-10-01",
        },
      ],
      returnBy: "2026-12-18",
    }),
  ),
};
