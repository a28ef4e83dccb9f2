import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { nw7 } from "../codes/bars.ts";
import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { everyCase, letter } from "../samples/samples.ts";
import { letterBlocks } from "./letter.ts";

/** 現況届の提出のお願い（督促）, and the one that warns of what follows (差止予告). */
export interface RenewalReminderData extends LetterData {
  /** 令和8年度 */
  readonly year: string;
  /** 整理番号 of the answer, with its check digit. */
  readonly number: string;
  /** The day that has passed. */
  readonly dueOn: IsoDate;
  readonly sendBy: IsoDate;
  /** What follows when nothing comes by then, and from which day; absent from the first reminder. */
  readonly warning?: { readonly ends: "lost" | "suspended"; readonly from: IsoDate };
}

/** 現況届の提出のお願い. */
export const renewalReminder: Form<RenewalReminderData> = {
  id: "letters/renewal-reminder",
  version: 1,
  title: "現況届の提出のお願い",
  size: A4,
  wording: {
    intro:
      "　{program}を続けて受けるための現況届を、{dueOn}までに出していただくようお願いしていましたが、まだ届いていません。",
    please:
      "　{sendBy}までに、必ず提出してください。この手紙と行き違いに提出されたときは、ご容赦ください。",
    lost: "　{sendBy}までに提出がないときは、{from}から、{program}を受ける資格がなくなります。",
    suspended: "　{sendBy}までに提出がないときは、{from}から、{program}の支給を停止します。",
    how: "先にお送りした現況届に記入し、下のお問い合わせ先に持参するか、郵送してください。\n現況届がお手元にないときや、期限に間に合わないときは、下のお問い合わせ先にご連絡ください。",
  },
  blocks: (data, say) => [
    ...letterBlocks(renewalReminder, data, `${data.year}　${data.program}　現況届の提出のお願い`, [
      paragraph(say("intro", { program: data.program, dueOn: formatWareki(data.dueOn) })),
      gap(2),
      paragraph(say("please", { sendBy: formatWareki(data.sendBy) })),
      ...(data.warning
        ? [
            heading("提出がないとき"),
            paragraph(
              say(data.warning.ends, {
                program: data.program,
                sendBy: formatWareki(data.sendBy),
                from: formatWareki(data.warning.from),
              }),
            ),
          ]
        : []),
      gap(4),
      facts([
        ...data.facts,
        { label: "整理番号", value: data.number },
        { label: "提出の期限", value: formatWareki(data.sendBy) },
      ]),
      heading("提出の方法"),
      list(say("how").split("\n")),
      gap(6),
      (area) => {
        const y = area.take(14);
        nw7(20, y, 55, 8, data.number)(area.paper);
      },
    ]),
  ],
  samples: {
    ...everyCase(
      ({ to }): RenewalReminderData => ({
        ...letter,
        to,
        program: "ひとり親家庭等医療費助成",
        facts: [{ label: "受給者番号", value: "1234567" }],
        year: "令和8年度",
        number: "000123459",
        dueOn: "2026-12-10",
        sendBy: "2026-12-18",
      }),
    ),
    差止予告: {
      ...letter,
      program: "ひとり親家庭等医療費助成",
      facts: [{ label: "受給者番号", value: "1234567" }],
      year: "令和8年度",
      number: "000123459",
      dueOn: "2026-12-10",
      sendBy: "2026-12-28",
      warning: { ends: "lost", from: "2027-01-01" },
    },
    停止の予告: {
      ...letter,
      program: "ひとり親家庭等医療費助成",
      facts: [{ label: "受給者番号", value: "1234567" }],
      year: "令和8年度",
      number: "000123459",
      dueOn: "2026-12-10",
      sendBy: "2026-12-28",
      warning: { ends: "suspended", from: "2027-01-01" },
    },
  },
};
