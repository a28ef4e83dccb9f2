import { formatWareki } from "#workflows/dates/wareki.ts";
import type { DispatchLine, DispatchListData } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { text } from "../language/text.ts";
import { office, recipients } from "../samples/samples.ts";

/** 発送内訳表: the pieces of one file for the contractor, in the order of its pages. */
export const dispatchList: Form<DispatchListData> = {
  id: "mailing/dispatch-list",
  version: 1,
  title: "発送内訳表",
  size: A4,
  blocks: (data) => {
    const first = data.lines[0];
    const last = data.lines.at(-1);
    const range = first && last ? `${first.pieceNumber} から ${last.pieceNumber} まで` : "なし";
    return [
      text({ x: 20, y: 15, width: 170 }, "発送内訳表", {
        size: 16,
        face: "bold",
        align: "centre",
        tracking: 2,
      }),
      flow({ x: 15, y: 27, width: 180, bottom: 280, nextY: 15 }, [
        paragraph(
          [
            `発送名　　${data.mailing}`,
            `ファイル　${data.file}`,
            `件数　　　${data.lines.length.toLocaleString("ja-JP")}件（${range}）`,
            `作成　　　${formatWareki(data.preparedOn)}　${data.office.name}　電話 ${data.office.telephone}`,
          ].join("\n"),
          { size: 10.5, leading: 1.5 },
        ),
        gap(2),
        table<DispatchLine>(
          [
            { title: "順", width: 11, value: ({ sequence }) => String(sequence), align: "right" },
            {
              title: "券番号等",
              width: 27,
              value: ({ pieceNumber }) => pieceNumber,
              align: "centre",
            },
            {
              title: "郵便番号",
              width: 19,
              value: ({ postalCode }) => `${postalCode.slice(0, 3)}-${postalCode.slice(3)}`,
              align: "centre",
            },
            {
              title: "住所",
              width: 60,
              value: ({ address }) => address,
              purpose: "address",
              lines: 3,
            },
            { title: "宛名", width: 37, value: ({ name }) => name, purpose: "name", lines: 3 },
            { title: "内容", width: 26, value: ({ content }) => content, lines: 2 },
          ],
          data.lines,
          { size: 9, smallest: 6, rowHeight: 9 },
        ),
      ]),
      pageFeet(dispatchList, A4),
    ];
  },
  samples: {
    通常: listOf(60),
    "1件": listOf(1),
  },
};

function listOf(count: number): DispatchListData {
  const { ordinary, longest, oldKanji, plain } = recipients;
  const turn = [ordinary, longest, oldKanji, plain];
  return {
    mailing: "令和8年12月分 接種券（五種混合・MR・BCG）",
    preparedOn: "2026-11-20",
    file: "coupons-0001.pdf",
    office,
    lines: Array.from({ length: count }, (_, index) => {
      const to = turn[index % turn.length] ?? ordinary;
      return {
        sequence: index + 1,
        pieceNumber: String(12345 + index).padStart(10, "0"),
        postalCode: to.postalCode,
        address: [to.address, to.building].filter((part) => part !== undefined).join(" "),
        name: to.name,
        content: ["五種混合 第1期 2回", "麻しん風しん混合 第2期", "BCG"][index % 3] ?? "",
      };
    }),
  };
}
