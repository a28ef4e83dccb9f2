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
import { everyCase, oldKanjiCase } from "../samples/samples.ts";
import {
  type ClaimDecisionData,
  type ClaimLine,
  deductionInWords,
  manyLines,
  paymentFacts,
  requireSoundLines,
  sampleClaim,
  totalOfLines,
} from "./claim-lines.ts";
import { appealNotice, appealWording } from "./letter.ts";

const SHEET = sealedSheet(3);
/** The two leaves of a spread as one. */
const spread = { ...leaf(1), width: leaf(2).x + leaf(2).width - leaf(1).x };

/**
 * 支給決定通知書 as a 圧着はがき of three leaves, everything of the person inside: for the many decisions that have few lines.
 * What does not fit is held, and goes as a letter.
 */
export const paymentPostcard: Form<ClaimDecisionData> = {
  id: "letters/payment-postcard",
  version: 2,
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
  blocks: (data, say) => {
    requireSoundLines(data);
    return [
      once("front", [
        leafFolds,
        ...addressSide(0, say("postage")),
        text({ ...leaf(0), y: 139 }, `←${say("open")}`, {
          size: 9,
          smallest: 7,
          field: "はがし方",
        }),
        templateCorner(paymentPostcard, SHEET),
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
        facts([...data.facts, ...paymentFacts(data)], 31),
      ]),
      flow({ ...leaf(2), y: 36 }, [
        linesOnCard(data.lines),
        gap(2),
        paragraph(say("closing"), { size: 11, leading: 1.4 }),
      ]),
    ];
  },
  samples: {
    ...everyCase(sampleClaim),
    長い医療機関名で2件: {
      ...sampleClaim(oldKanjiCase),
      lines: manyLines(2),
    },
  },
};

/** Characters of the middle column that a line holds at a readable size. */
const ON_A_LINE = 10;

/** The lines in the width of a leaf: what is taken off stands below the institution. */
function linesOnCard(lines: readonly ClaimLine[]) {
  const sum = totalOfLines(lines);
  const rows: (readonly [string, string, string, string])[] = [
    ...lines.map(
      ({ month, care, points, institution, deductions, paid, amount }) =>
        [
          [
            month.replace(/^令和/, "R"),
            care,
            points === undefined ? "" : `${points.toLocaleString("ja-JP")}点`,
          ]
            .filter(Boolean)
            .join("\n"),
          [
            institution,
            ...deductions.map((one) =>
              one.amount < 0 ? deductionInWords(one) : `▲${deductionInWords(one)}`,
            ),
          ].join("\n"),
          yen(paid),
          yen(amount),
        ] as const,
    ),
    ["合計", `▲計 ${yen(sum.off)}`, yen(sum.paid), yen(sum.amount)],
  ];
  // As high as the fullest of them needs.
  const needed = lines.map(
    ({ institution, deductions }) => Math.ceil(institution.length / ON_A_LINE) + deductions.length,
  );
  return table<(typeof rows)[number]>(
    [
      { title: "診療月", width: 16, value: ([month]) => month, lines: 4 },
      { title: "医療機関など・差引き", width: 32, value: ([, where]) => where, lines: 8 },
      { title: "支払った額", width: 18, value: ([, , paid]) => paid, align: "right" },
      { title: "支給する額", width: 18, value: ([, , , amount]) => amount, align: "right" },
    ],
    rows,
    { size: 9, smallest: 6.5, rowHeight: Math.max(12, 2 + 3 * Math.max(...needed)) },
  );
}
