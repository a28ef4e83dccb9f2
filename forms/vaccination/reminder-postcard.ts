import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Office, PrintedPerson, Recipient } from "../data.ts";
import { flow, gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { addressBlock, contactLines, templateCorner } from "../language/letter.ts";
import { type Block, grey, type Size } from "../language/paper.ts";
import { frame, line, once } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { office, people, recipients } from "../samples/samples.ts";

/** 勧奨はがき: a dose that is still to be had. */
export interface ReminderPostcardData {
  readonly to: Recipient;
  readonly person: Pick<PrintedPerson, "name">;
  readonly vaccine: string;
  readonly dose: string;
  readonly until: IsoDate;
  readonly sentOn: IsoDate;
  readonly office: Office;
}

/** Two leaves of a 圧着はがき side by side, folded in the middle to 100 × 148 mm. */
const SHEET: Size = { width: 200, height: 148 };
const LEAF = 100;

/** The fold, as short marks outside the text. */
const fold: Block = (paper) => {
  for (const y of [0, SHEET.height - 4])
    paper.line(LEAF, y, LEAF, y + 4, { width: 0.15, colour: grey });
};

const outside: readonly Block[] = [
  fold,
  frame(LEAF + 8, 8, 19, 19, { width: 0.3 }),
  text({ x: LEAF + 8, y: 8, width: 19, height: 19 }, "料金後納\n郵便", {
    size: 10,
    lines: 2,
    align: "centre",
    valign: "middle",
  }),
  text({ x: LEAF + 30, y: 10, width: 62 }, "親展", {
    size: 12,
    face: "bold",
    align: "right",
    tracking: 4,
  }),
  text({ x: 10, y: 58, width: 80 }, "予防接種の大切なお知らせです", {
    size: 14,
    face: "bold",
    align: "centre",
  }),
  text({ x: 10, y: 70, width: 80 }, "右下の角からゆっくりはがして\n中をご覧ください", {
    size: 12,
    lines: 2,
    align: "centre",
  }),
  line(72, 138, 92, 138, { width: 0.5 }),
  line(92, 138, 88, 135.5, { width: 0.5 }),
  line(92, 138, 88, 140.5, { width: 0.5 }),
];

/** 勧奨はがき, pressure-sealed: outside with the address, inside what only the family is to read. */
export const reminderPostcard: Form<ReminderPostcardData> = {
  id: "vaccination/reminder-postcard",
  version: 1,
  title: "予防接種のお知らせ（はがき）",
  size: SHEET,
  blocks: (data) => [
    once("outside", outside),
    addressBlock(data.to, { x: LEAF + 10, y: 36, width: 82, height: 50 }),
    ...contactLines(data.office, LEAF + 10, 118, 82),
    (paper) => paper.newPage(),
    once("inside", [fold, templateCorner(reminderPostcard, SHEET)]),
    flow({ x: 8, y: 12, width: 84, bottom: 140 }, [
      paragraph("予防接種はお済みですか", { size: 15, face: "bold" }),
      gap(2),
      paragraph(
        "　次の予防接種の記録が、まだありません。期間を過ぎると自己負担になります。早めに医療機関に予約してください。",
        { leading: 1.5 },
      ),
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
    flow({ x: LEAF + 8, y: 12, width: 84, bottom: 140 }, [
      heading("持っていくもの"),
      list(
        [
          "予診票または接種券（ないときはお問い合わせください）",
          "母子健康手帳",
          "住所の分かるもの（マイナンバーカードなど）",
        ],
        { leading: 1.45 },
      ),
      heading("すでに受けた方へ"),
      paragraph(
        `　${formatWareki(data.sentOn)}現在の記録でお送りしています。行き違いのときはお許しください。`,
        { leading: 1.45 },
      ),
      heading("お問い合わせ"),
      paragraph(`${data.office.name}\n電話 ${data.office.telephone}\n${data.office.hours}`, {
        leading: 1.45,
      }),
    ]),
  ],
  samples: {
    通常: {
      to: { ...recipients.ordinary, name: people.ordinary.name, attention: "保護者　様" },
      person: people.ordinary,
      vaccine: "麻しん風しん混合（MR）",
      dose: "第2期",
      until: "2027-03-31",
      sentOn: "2026-11-20",
      office: { ...office, name: "見本市 感染症対策課" },
    },
    最も長い氏名と住所: {
      to: { ...recipients.longest, name: people.longest.name, attention: "保護者　様" },
      person: people.longest,
      vaccine: "日本脳炎",
      dose: "第2期",
      until: "2037-02-27",
      sentOn: "2026-11-20",
      office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
    },
  },
};
