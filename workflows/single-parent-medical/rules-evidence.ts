import { citeRow, rowOn } from "#workflows/parameters/dated.ts";
import {
  choiceField,
  choicesField,
  dateField,
  defineRule,
  optional,
  titlesOf,
} from "#workflows/rules/rule.ts";
import { categories, evidence, missingEvidence } from "./categories.ts";

const seen = choicesField("確認した書類", titlesOf(evidence), ["family-register"]);

/** The papers that prove a category. */
export const rules = [
  defineRule({
    id: "single-parent.evidence",
    title: "ひとり親の事由を証明する書類",
    summary: "事由ごとに求める書類と、確認した書類のほかにまだ要るものを示す",
    fields: {
      on: dateField("申請日", "2026-11-20"),
      category: choiceField("事由", titlesOf(categories.rows[0].value), "disability"),
      seen: optional(seen),
    },
    decide: ({ on, category, seen = [] }) => {
      const row = rowOn(categories, on);
      const found = row.value[category];
      const missing = missingEvidence(found, new Set(seen)).map((choices) =>
        choices.map((code) => evidence[code].title),
      );
      return {
        result: { proven: missing.length === 0, missing },
        basis: ["市のひとり親家庭等医療費助成条例", citeRow(categories, row)],
      };
    },
    parameters: [categories],
    notEstablished: ["事由ごとに求める書類(仮設定)"],
    examples: [
      {
        title: "障害には戸籍謄本と、障害者手帳か診断書",
        input: { on: "2026-11-20", category: "disability", seen: ["family-register"] },
        expected: { proven: false, missing: [["障害者手帳の写し", "診断書"]] },
      },
      {
        title: "離婚は戸籍謄本で証明される",
        input: { on: "2026-11-20", category: "divorce", seen: ["family-register"] },
        expected: { proven: true, missing: [] },
      },
    ],
  }),
];
