import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Office, PrintedPerson, Recipient } from "../data.ts";
import { flow, gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { templateCorner } from "../language/letter.ts";
import {
  addressee,
  addressSide,
  leaf,
  leafFolds,
  sealedBack,
  sealedSheet,
} from "../language/postcard.ts";
import { once } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { everyCase, office } from "../samples/samples.ts";

/** 勧奨はがき: a dose that is still to be had. */
export interface ReminderPostcardData {
  readonly to: Recipient;
  readonly person: Pick<PrintedPerson, "name">;
  readonly vaccine: string;
  readonly dose: string;
  readonly until: IsoDate;
  readonly sentOn: IsoDate;
  /** 整理番号: by it a card that comes back is entered. */
  readonly number: string;
  readonly office: Office;
}

const SHEET = sealedSheet(2);

/** 勧奨はがき, pressure-sealed: outside with the address, inside what only the family is to read. */
export const reminderPostcard: Form<ReminderPostcardData> = {
  id: "vaccination/reminder-postcard",
  version: 2,
  title: "予防接種のお知らせ（はがき）",
  size: SHEET,
  wording: {
    postage: "料金後納\n郵便",
    headline: "予防接種の大切なお知らせです",
    hint: "右下の角からゆっくりはがして\n中をご覧ください",
    title: "予防接種はお済みですか",
    intro:
      "　次の予防接種の記録が、まだありません。期限を過ぎると、自己負担になります。早めに医療機関に予約し、期限までに受けてください。",
    belongings:
      "予診票または接種券（ないときはお問い合わせください）\n母子健康手帳\n住所の分かるもの（マイナンバーカードなど）",
    done: "　{date}現在の記録でお送りしています。すでに受けた方は、行き違いをお許しください。",
  },
  blocks: (data, say) => [
    once("outside", [
      leafFolds,
      ...sealedBack(0, "right", { headline: say("headline"), hint: say("hint") }),
      ...addressSide(1, say("postage")),
    ]),
    ...addressee(1, data.to, data.office),
    text({ x: leaf(1).x, y: SHEET.height - 9, width: 60 }, `整理番号 ${data.number}`, {
      size: 8,
      field: "整理番号",
    }),
    (paper) => paper.newPage(),
    once("inside", [leafFolds, templateCorner(reminderPostcard, SHEET)]),
    flow(leaf(0), [
      paragraph(say("title"), { size: 15, face: "bold" }),
      gap(2),
      paragraph(say("intro"), { leading: 1.5 }),
      gap(3),
      facts(
        [
          { label: "お名前", value: `${data.person.name}`, purpose: "name" },
          { label: "予防接種", value: `${data.vaccine}\n${data.dose}` },
          { label: "期限", value: `${formatWareki(data.until)}まで` },
        ],
        26,
      ),
    ]),
    flow(leaf(1), [
      heading("持っていくもの"),
      list(say("belongings").split("\n"), { leading: 1.45 }),
      heading("すでに受けた方へ"),
      paragraph(say("done", { date: formatWareki(data.sentOn) }), { leading: 1.45 }),
      heading("お問い合わせ"),
      paragraph(data.office.name, { leading: 1.45, purpose: "name" }),
      paragraph(`電話 ${data.office.telephone}\n${data.office.hours}`, { leading: 1.45 }),
    ]),
  ],
  samples: everyCase(
    ({ to, person }): ReminderPostcardData => ({
      to: { ...to, name: person.name, attention: "保護者　様" },
      person,
      vaccine: "麻しん風しん混合（MR）",
      dose: "第2期",
      until: "2027-03-31",
      sentOn: "2026-11-20",
      number: "0000012345",
      office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
    }),
  ),
};
