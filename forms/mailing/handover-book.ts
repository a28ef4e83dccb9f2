import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import type { HandoverBookData, HandoverLine } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4Landscape } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { office, recipients } from "../samples/samples.ts";

/** Stands where there is no digest, as of paper. */
const NONE = "―";

const handedOver: HandoverLine = {
  date: "2026-11-20",
  medium: "暗号化ファイル（age）",
  content: "令和8年12月分 接種券 印刷用PDF（3ファイル）、索引、目録",
  count: 2345,
  digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  givenBy: "見本 一郎",
  receivedBy: "例示 次郎",
};
const broughtBack: HandoverLine = {
  date: "2026-11-27",
  medium: "手渡し",
  content: "刷り損じ（裁断して返却）",
  count: 3,
  digest: "",
  givenBy: "例示 次郎",
  receivedBy: "見本 一郎",
};

/** 授受簿: what was handed to a contractor and came back, with room for 受領印. */
export const handoverBook: Form<HandoverBookData> = {
  id: "mailing/handover-book",
  version: 1,
  title: "データ授受簿",
  size: A4Landscape,
  wording: {
    note: "受け取った人は、件数とSHA-256が合っているか確かめてから、受領印を押してください。",
  },
  blocks: (data, say) => [
    title(13, data.title),
    flow({ x: 15, y: 26, width: 267, bottom: 192, nextY: 15 }, [
      paragraph(`相手方　${data.contractor}\n所属　　${data.office.name}`, {
        size: 10.5,
        leading: 1.5,
      }),
      paragraph(say("note"), { size: 10.5, leading: 1.5 }),
      gap(2),
      table<HandoverLine>(
        [
          {
            title: "年月日",
            width: 23,
            value: ({ date }) => formatWarekiShort(date),
            align: "centre",
          },
          { title: "媒体・方法", width: 32, value: ({ medium }) => medium, lines: 2 },
          { title: "内容", width: 62, value: ({ content }) => content, lines: 3 },
          {
            title: "件数",
            width: 18,
            value: ({ count }) => count.toLocaleString("ja-JP"),
            align: "right",
          },
          { title: "SHA-256", width: 54, value: ({ digest }) => digest || NONE, lines: 2 },
          {
            title: "渡した人",
            width: 27,
            value: ({ givenBy }) => givenBy,
            purpose: "name",
            lines: 3,
          },
          {
            title: "受け取った人",
            width: 27,
            value: ({ receivedBy }) => receivedBy,
            purpose: "name",
            lines: 3,
          },
          { title: "受領印", width: 24, value: () => "" },
        ],
        data.lines,
        { size: 9.5, smallest: 6, rowHeight: 13 },
      ),
    ]),
    pageFeet(handoverBook, A4Landscape),
  ],
  samples: {
    通常: bookSample([handedOver, broughtBack]),
    長い名称と旧字体: {
      ...bookSample([
        {
          ...handedOver,
          content:
            "令和8年度 麻しん風しん混合（MR）第2期 未接種者への再勧奨はがき 印刷用PDF（12ファイル）、索引、目録、校正用の見本",
          count: 123_456,
          givenBy: recipients.oldKanji.name,
          receivedBy: recipients.longest.name,
        },
      ]),
      contractor: "例示データプリントサービス株式会社 熊本セキュアプリントセンター 第2工場",
      office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課 予防接種班" },
    },
    記載が多く3ページ: bookSample(
      Array.from({ length: 13 }, () => [handedOver, broughtBack]).flat(),
    ),
  },
};

function bookSample(lines: readonly HandoverLine[]): HandoverBookData {
  return {
    title: "データ授受簿（令和8年度）",
    contractor: "株式会社見本印刷 熊本工場",
    office,
    lines,
  };
}
