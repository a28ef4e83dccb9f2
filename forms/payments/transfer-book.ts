import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki, formatWarekiShort } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Office } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4Landscape } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { longestCase, office, oldKanjiCase } from "../samples/samples.ts";

/** One file of a bank that was handed over. */
export interface TransferBookLine {
  readonly on: IsoDate;
  /** S000012 */
  readonly run: string;
  readonly payOn: IsoDate;
  readonly file: string;
  /** ファイル転送 or 媒体 */
  readonly manner: string;
  readonly count: number;
  readonly sum: number;
  /** SHA-256 in 64 figures. */
  readonly digest: string;
  readonly givenBy: string;
  readonly receiver: string;
  readonly receivedBy: string;
}

/** 振込データ授受簿: which files of a 事務 were handed over in a 年度, to whom. */
export interface TransferBookData {
  readonly program: string;
  /** 令和8年度 */
  readonly year: string;
  readonly office: Office;
  readonly printedOn: IsoDate;
  /** At least one, the earliest first. */
  readonly lines: readonly TransferBookLine[];
}

/** 振込データ授受簿, with room for 受領印. */
export const transferBook: Form<TransferBookData> = {
  id: "payments/transfer-book",
  version: 1,
  title: "振込データ授受簿",
  size: A4Landscape,
  wording: {
    note: "受け取った人は、件数、合計額とSHA-256が合っているか確かめてから、受領印を押してください。",
  },
  blocks: (data, say) => {
    if (data.lines.length === 0) throw new RangeError("a book of nothing is not printed");
    return [
      title(13, `${data.program}　振込データ授受簿（${data.year}）`),
      flow({ x: 12, y: 26, width: 273, bottom: 192, nextY: 15 }, [
        paragraph(
          `所属　${data.office.name}　　印刷　${formatWareki(data.printedOn)}　　${data.lines.length.toLocaleString("ja-JP")}件`,
          { size: 10.5, leading: 1.5 },
        ),
        paragraph(say("note"), { size: 10.5, leading: 1.5 }),
        gap(2),
        table<TransferBookLine>(
          [
            {
              title: "年月日",
              width: 20,
              value: ({ on }) => formatWarekiShort(on),
              align: "centre",
            },
            { title: "支払の回", width: 20, value: ({ run }) => run, align: "centre" },
            {
              title: "振込指定日",
              width: 20,
              value: ({ payOn }) => formatWarekiShort(payOn),
              align: "centre",
            },
            {
              title: "ファイル・方法",
              width: 34,
              value: ({ file, manner }) => `${file}\n${manner}`,
              lines: 3,
            },
            {
              title: "件数",
              width: 16,
              value: ({ count }) => count.toLocaleString("ja-JP"),
              align: "right",
            },
            { title: "合計額", width: 26, value: ({ sum }) => yen(sum), align: "right" },
            { title: "SHA-256", width: 46, value: ({ digest }) => digest, lines: 3 },
            {
              title: "渡した人",
              width: 24,
              value: ({ givenBy }) => givenBy,
              purpose: "name",
              lines: 3,
            },
            {
              title: "渡した先・受け取った人",
              width: 45,
              value: ({ receiver, receivedBy }) => `${receiver}\n${receivedBy}`,
              purpose: "name",
              lines: 4,
            },
            { title: "受領印", width: 22, value: () => "" },
          ],
          data.lines,
          { size: 9, smallest: 6, rowHeight: 14 },
        ),
      ]),
      pageFeet(transferBook, A4Landscape),
    ];
  },
  samples: { 通常: book(2), "30件で4ページ": book(30) },
};

function book(count: number): TransferBookData {
  return {
    program: "こども医療費助成",
    year: "令和8年度",
    office,
    printedOn: "2026-11-20",
    lines: Array.from({ length: count }, (_, index) => ({
      on: `2026-${String((index % 9) + 4).padStart(2, "0")}-10` as IsoDate,
      run: `S${String(index + 1).padStart(6, "0")}`,
      payOn: `2026-${String((index % 9) + 4).padStart(2, "0")}-15` as IsoDate,
      file: `S${String(index + 1).padStart(6, "0")}-2026${String((index % 9) + 4).padStart(2, "0")}15.txt`,
      manner: index % 2 === 0 ? "ファイル転送" : "媒体",
      count: 12_345 + index,
      sum: 123_456_789 + index,
      digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      givenBy: index % 2 === 0 ? "出納　花子" : oldKanjiCase.to.name,
      receiver:
        index % 2 === 0 ? "見本銀行 本店営業部" : "例示県信用農業協同組合連合会 見本中央支所",
      receivedBy: index % 2 === 0 ? "銀行　太郎" : longestCase.to.name,
    })),
  };
}
