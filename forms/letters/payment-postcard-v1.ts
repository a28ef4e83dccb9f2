import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import { flow, gap, heading, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { issuedBy, templateCorner } from "../language/letter.ts";
import {
  addressee,
  addressSide,
  leaf,
  leafFolds,
  sealedBack,
  sealedSheet,
} from "../language/postcard.ts";
import { once } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { text } from "../language/text.ts";
import { everyCase } from "../samples/samples.ts";
import { appealNotice, appealWording } from "./letter.ts";
import { type PaymentDecisionDataV1, sampleDecisionV1 } from "./payment-decision-v1.ts";

const SHEET = sealedSheet(3);
/** The two leaves of a spread as one. */
const spread = { ...leaf(1), width: leaf(2).x + leaf(2).width - leaf(1).x };

/**
 * 支給決定通知書 as a 圧着はがき of three leaves: for the many decisions that have few lines. What does not fit is held,
 * and goes as a letter.
 */
export const paymentPostcardV1: Form<PaymentDecisionDataV1> = {
  id: "letters/payment-postcard",
  version: 1,
  title: "支給決定通知書（はがき）",
  size: SHEET,
  wording: {
    postage: "料金後納\n郵便",
    headline: "給付についての大切なお知らせです",
    hint: "左下の角からゆっくりはがして\n中をご覧ください\n（表と裏の両方が開きます）",
    open: "左下の角からはがしてください",
    intro:
      "　申請のありました{program}について、次のとおり支給することを決定しましたのでお知らせします。",
    closing:
      "　振込の予定日を過ぎても入金がないときや、振込先が変わったときは、お問い合わせ先にご連絡ください。",
    ...appealWording,
  },
  blocks: (data, say) => [
    once("front", [
      leafFolds,
      ...addressSide(0, say("postage")),
      text({ ...leaf(0), y: 139 }, `←${say("open")}`, { size: 9, smallest: 7, field: "はがし方" }),
      templateCorner(paymentPostcardV1, SHEET),
    ]),
    ...addressee(0, data.to, data.office),
    flow(leaf(1), appealNotice(data.appeal, say, 10)),
    flow(leaf(2), [
      heading("お問い合わせ"),
      paragraph(data.office.name, { leading: 1.45, purpose: "name" }),
      paragraph(`電話 ${data.office.telephone}\n${data.office.hours}`, { leading: 1.45 }),
    ]),
    (paper) => paper.newPage(),
    once("back", [
      leafFolds,
      ...sealedBack(0, "left", { headline: say("headline"), hint: say("hint") }),
    ]),
    text({ ...spread, y: 8, width: 84 }, data.documentNumber, {
      size: 10.5,
      smallest: 8,
      field: "文書番号",
    }),
    text({ ...leaf(1), y: 13.5 }, formatWareki(data.date), { size: 10.5, field: "日付" }),
    issuedBy(data.issuer, leaf(2).x, 14, leaf(2).width),
    (paper) =>
      paper.tagged("H1", () =>
        text({ x: spread.x, y: 26, width: spread.width }, `${data.program}　支給決定通知書`, {
          size: 15,
          smallest: 12,
          face: "bold",
          align: "centre",
          field: "表題",
        })(paper),
      ),
    flow({ ...leaf(1), y: 36 }, [
      paragraph(say("intro", { program: data.program }), { leading: 1.45 }),
      gap(2),
      facts(
        [
          ...data.facts,
          { label: "支給する額", value: yen(data.amount) },
          { label: "振込の予定日", value: formatWareki(data.payOn) },
          { label: "振込先", value: data.account, purpose: "name" },
        ],
        31,
      ),
    ]),
    flow({ ...leaf(2), y: 36 }, [
      table(
        [
          {
            title: "診療月",
            width: 18,
            value: ({ month }) => month.replace(/^令和/, "R"),
            lines: 2,
          },
          {
            title: "医療機関など",
            width: 30,
            value: ({ clinic, note }) => [clinic, note].filter(Boolean).join("\n"),
            lines: 3,
          },
          { title: "支払った額", width: 18, value: ({ paid }) => yen(paid), align: "right" },
          { title: "支給する額", width: 18, value: ({ amount }) => yen(amount), align: "right" },
        ],
        data.items,
        { size: 10, smallest: 7, rowHeight: 12 },
      ),
      gap(3),
      paragraph(say("closing"), { leading: 1.45 }),
    ]),
  ],
  samples: everyCase(sampleDecisionV1),
};
