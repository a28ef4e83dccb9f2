import { gap, paragraph, together } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { everyCase, longestCase } from "../samples/samples.ts";
import {
  blocksToComeBack,
  personFacts,
  type RequestData,
  sampleRequest,
  validity,
} from "./request-parts.ts";

/** 予防接種実施結果報告書: filled in by the clinic, a row a dose, and sent back; the address of the office stands in the window. */
export const requestReport: Form<RequestData> = {
  id: "vaccination/request-report",
  version: 1,
  title: "予防接種実施結果報告書",
  size: A4,
  wording: {
    intro: "　依頼のあった予防接種の結果を、次のとおり報告します。",
    signed:
      "報告の日　　令和　　　年　　　月　　　日\n医療機関の所在地\n医療機関の名前\n電話番号\n医師の氏名",
    how: "　接種した回は、接種日・製品名・ロット番号・接種量・医師の氏名を書いてください。予診のみで見合わせた回は「予診のみ」に〇を付け、予診の日を書いてください。",
  },
  blocks: (data, say) =>
    blocksToComeBack(requestReport, data, "予防接種実施結果報告書", [
      paragraph(say("intro")),
      gap(3),
      facts([
        { label: "依頼書の番号", value: data.letterNumber },
        ...personFacts({ ...data, address: "" }),
        { label: "有効期間", value: validity(data) },
      ]),
      gap(3),
      paragraph(say("how"), { size: 11 }),
      gap(2),
      table<{ title: string; place: string }>(
        [
          { title: "番号", width: 11, value: ({ place }) => place, align: "centre" },
          { title: "予防接種", width: 44, value: ({ title }) => title, lines: 3 },
          { title: "結果", width: 21, value: () => "接種\n予診のみ", align: "centre", lines: 2 },
          { title: "接種日", width: 25, value: () => "年　月　日", align: "right" },
          { title: "製品名・ロット番号", width: 37, value: () => "" },
          { title: "接種量", width: 14, value: () => "mL", align: "right" },
          { title: "医師", width: 18, value: () => "" },
        ],
        data.doses.map(({ title }, index) => ({ title, place: String(index + 1) })),
        { size: 9.5, smallest: 6.5, rowHeight: 14 },
      ),
      gap(3),
      together([
        facts(
          say("signed")
            .split("\n")
            .map((label) => ({ label, value: " " })),
          88,
        ),
      ]),
    ]),
  samples: {
    ...everyCase(sampleRequest),
    "12件で2ページ": {
      ...sampleRequest(longestCase),
      doses: Array.from({ length: 12 }, (_, index) => ({
        title: `五種混合（ジフテリア・百日せき・破傷風・不活化ポリオ・Hib） 第1期初回${index + 1}回目`,
        plannedOn: "2026-12-10" as const,
      })),
    },
  },
};
