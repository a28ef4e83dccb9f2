import { formatWareki } from "#workflows/dates/wareki.ts";
import type { DispatchLine, DispatchListData } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { everyCase, office, type SampleCase } from "../samples/samples.ts";

/** 発送内訳表: the pieces of one file for the contractor, in the order of its pages. */
export const dispatchList: Form<DispatchListData> = {
  id: "mailing/dispatch-list",
  version: 1,
  title: "発送内訳表",
  size: A4,
  wording: {
    title: "発送内訳表",
    note: "個人情報が書かれています。発送の作業のほかには使わず、終わったら発注元に返してください。",
    withheld: "（住所の印字を省いています）",
  },
  blocks: (data, say) => {
    const first = data.lines[0];
    const last = data.lines.at(-1);
    const range = first && last ? `（${first.pieceNumber} から ${last.pieceNumber} まで）` : "";
    return [
      title(14, say("title")),
      flow({ x: 15, y: 26, width: 180, bottom: 280, nextY: 15 }, [
        paragraph(
          [
            `発送名　　${data.mailing}`,
            `ファイル　${data.file}`,
            `件数　　　${data.lines.length.toLocaleString("ja-JP")}件${range}`,
            `作成　　　${formatWareki(data.preparedOn)}　${data.office.name}　電話 ${data.office.telephone}`,
          ].join("\n"),
          { size: 10.5, leading: 1.5 },
        ),
        gap(1),
        paragraph(say("note"), { size: 10.5, leading: 1.5, face: "bold" }),
        gap(2),
        table<DispatchLine>(
          [
            { title: "順", width: 12, value: ({ sequence }) => String(sequence), align: "right" },
            {
              title: "券番号等",
              width: 24,
              value: ({ pieceNumber }) => pieceNumber,
              align: "centre",
            },
            {
              title: "郵便番号",
              width: 19,
              value: ({ postalCode }) =>
                postalCode && `${postalCode.slice(0, 3)}-${postalCode.slice(3)}`,
              align: "centre",
            },
            {
              title: "住所",
              width: 64,
              value: ({ address }) => address || say("withheld"),
              purpose: "address",
              lines: 3,
            },
            { title: "宛名", width: 36, value: ({ name }) => name, purpose: "name", lines: 3 },
            { title: "内容", width: 25, value: ({ content }) => content, lines: 2 },
          ],
          data.lines,
          { size: 9, smallest: 6, rowHeight: 11 },
        ),
      ]),
      pageFeet(dispatchList, A4),
    ];
  },
  samples: {
    ...everyCase((one) => listOf([lineOf(one)])),
    いろいろな宛名で3ページ: listOf(
      Array.from({ length: 15 }, () => Object.values(everyCase(lineOf))).flat(),
    ),
    "0件": listOf([]),
  },
};

/** A piece for the one it goes to; of people under 支援措置 nothing is printed that tells where they are. */
function lineOf({ to, address }: SampleCase): Omit<DispatchLine, "sequence" | "pieceNumber"> {
  return {
    postalCode: address && to.postalCode,
    address,
    name: to.name,
    content: "五種混合 第1期 初回 2回目",
  };
}

function listOf(
  lines: readonly Omit<DispatchLine, "sequence" | "pieceNumber">[],
): DispatchListData {
  return {
    mailing: "令和8年12月分 接種券（五種混合・MR・BCG）",
    preparedOn: "2026-11-20",
    file: "coupons-0001.pdf",
    office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
    lines: lines.map((line, index) => ({
      ...line,
      sequence: index + 1,
      pieceNumber: String(12345 + index).padStart(10, "0"),
    })),
  };
}
