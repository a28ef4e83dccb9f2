import { countMailings, isExactOfProgram } from "#src/platform/statistics/index.ts";
import { mailingPaths } from "#src/web/mailings/index.ts";
import { tableByPart } from "../by-part.ts";
import type { Sheet } from "../sheet.ts";

/** 一括発送 of a 事務: what was made, handed over, and brought back by the post. */
export const mailingSheet = (program: string): Sheet => ({
  id: "mailings",
  title: "一括発送",
  asks: "period",
  byOffice: false,
  source:
    "一括発送・授受簿・返戻郵便の記録。承認した日の属する月で数え、引渡しと返戻もその月に入れる。取り下げた回を除く。",
  exact: (work) => isExactOfProgram(work, program, "mailing.read"),
  async read(work, asked) {
    const paths = mailingPaths(program);
    return [
      tableByPart(asked, {
        title: "発送と返戻",
        found: await countMailings(work, program, asked),
        columns: [
          { title: "回数", unit: "回", value: ({ runs }) => runs, path: () => paths.runs },
          {
            title: "作成",
            unit: "通",
            charted: true,
            value: ({ made }) => made,
            path: () => paths.runs,
          },
          {
            title: "引渡し",
            unit: "通",
            charted: true,
            value: ({ sent }) => sent,
            path: () => paths.handOvers,
          },
          {
            title: "返戻",
            unit: "通",
            charted: true,
            value: ({ returned }) => returned,
            path: () => paths.openReturns,
          },
          { title: "返戻の調査済み", unit: "通", value: ({ settled }) => settled },
        ],
      }),
    ];
  },
});
