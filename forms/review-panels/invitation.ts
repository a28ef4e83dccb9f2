import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter, office } from "../samples/samples.ts";

/** 招集通知 to a member of a panel; cases are named by their numbers on the agenda alone. */
export interface PanelInvitationData extends LetterData {
  readonly heldOn: IsoDate;
  /** 14時00分 */
  readonly heldAt: string;
  readonly place: string;
  /** 事例1　五種混合（A類疾病の定期接種）, at least one. */
  readonly agenda: readonly string[];
}

interface PanelWords {
  id: string;
  /** Of the form. */
  title: string;
  /** Of the panel: 予防接種健康被害調査委員会. */
  panel: string;
  /** What stands behind the name of a member in the sample. */
  attention: string;
  /** The office of the sample, and what its letters are about. */
  sample: { documentNumber: string; office: string; program: string; agenda: readonly string[] };
}

/** 招集通知 of a panel. */
export function panelInvitation({
  id,
  title,
  panel,
  attention,
  sample,
}: PanelWords): Form<PanelInvitationData> {
  const form: Form<PanelInvitationData> = {
    id,
    version: 1,
    title,
    size: A4,
    wording: {
      intro: `　${panel}を、次のとおり開きます。ご多用のところ恐れ入りますが、ご出席くださるようお願いします。`,
      secrecy:
        "会議で知った秘密は、職を退いた後も漏らしてはなりません。\n資料は会議の場でお配りし、終わりに回収します。\n欠席されるときは、前日までにご連絡ください。",
    },
    blocks: (data, say) => {
      if (data.agenda.length === 0) throw new RangeError("a meeting has an agenda");
      return letterBlocks(form, data, `${panel}の開催について`, [
        paragraph(say("intro")),
        gap(4),
        facts([
          { label: "日時", value: `${formatWareki(data.heldOn)}　${data.heldAt}` },
          { label: "場所", value: data.place },
          ...data.facts,
        ]),
        heading("議題"),
        list(data.agenda),
        heading("お願い"),
        list(say("secrecy").split("\n")),
      ]);
    },
    samples: {
      ...everyCase(
        ({ to }): PanelInvitationData => ({
          ...letter,
          documentNumber: sample.documentNumber,
          office: { ...office, name: sample.office },
          program: sample.program,
          to: { ...to, attention },
          heldOn: "2026-12-10",
          heldAt: "14時00分",
          place: "見本市役所 5階 第2会議室",
          agenda: sample.agenda,
        }),
      ),
    },
  };
  return form;
}
