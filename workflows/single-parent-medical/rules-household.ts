import { z } from "zod";
import {
  choiceField,
  choiceSchema,
  dateField,
  defineRule,
  type Field,
  InputError,
  optional,
  titlesOf,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { carers, householdRoles, householdTest } from "./household.ts";
import { incomeItemsField, incomeItemsSchema } from "./income-items.ts";
import { incomeOrdinances } from "./limits.ts";

const MEMBERS = "所得を見る人を1人以上入力してください。";
const count = wholeSchema(0, 30);
const members = {
  label: "所得を見る人",
  kind: "list",
  fields: {
    role: choiceField("続柄", householdRoles, "applicant"),
    carer: optional({
      ...choiceField("養育者の区分", carers, Object.keys(carers)[0] as keyof typeof carers),
      hint: "申請者が養育者のとき",
    }),
    dependants: wholeField("扶養親族等の数", 1, 0, 30),
    elderlyDependants: optional(wholeField("うち老人扶養親族の数", 0, 0, 30)),
    studentDependants: optional(wholeField("うち特定扶養親族等の数", 0, 0, 30)),
    items: incomeItemsField,
  },
  schema: z
    .array(
      z.strictObject(
        {
          role: choiceSchema(householdRoles),
          carer: choiceSchema(carers).optional(),
          dependants: count,
          elderlyDependants: count.optional(),
          studentDependants: count.optional(),
          items: incomeItemsSchema,
        },
        { error: MEMBERS },
      ),
      { error: MEMBERS },
    )
    .min(1, { error: MEMBERS }),
  example: [
    { role: "applicant", dependants: 1, items: { salary: 1_800_000, childSupport: 600_000 } },
    { role: "supporter", dependants: 0, items: { pension: 900_000 } },
  ],
} satisfies Field;

/** The incomes of the household against their limits. */
export const rules = [
  defineRule({
    id: "single-parent.household-test",
    title: "ひとり親家庭等医療費助成の世帯の所得判定",
    summary: "申請者・配偶者・扶養義務者の所得を一人ずつ計算し、全員が限度額未満かを判定する",
    fields: {
      on: dateField("判定する日", "2026-11-20"),
      members,
      ordinance: optional(
        choiceField("条例の基準", titlesOf(incomeOrdinances), "national-partial"),
      ),
    },
    decide: ({ on, members, ordinance = "national-partial" }) => {
      if (members.some(({ role, carer }) => carer && role !== "applicant"))
        throw new InputError("members", "養育者の区分は、申請者だけに入力してください。");
      const { basis, ...result } = householdTest({ on, members }, incomeOrdinances[ordinance]);
      return {
        result,
        basis: [
          "児童扶養手当法施行令第2条の4、第3条、第4条",
          "市のひとり親家庭等医療費助成条例",
          ...basis,
        ],
      };
    },
    parameters: Object.values(incomeOrdinances).flatMap(({ applicant, supporter }) => [
      applicant,
      supporter,
    ]),
    notEstablished: [
      "市ごとの条例が誰の所得を見るか(配偶者・扶養義務者の範囲)",
      "孤児等の養育者に扶養義務者等の限度額を使うか(児童扶養手当と同じとした)",
    ],
    examples: [
      {
        title: "申請者は限度額未満、同居の祖父は扶養義務者等の限度額ちょうど",
        input: {
          on: "2026-11-20",
          members: [
            { role: "applicant", dependants: 1, items: { salary: 1_800_000 } },
            { role: "supporter", dependants: 0, items: { business: 2_440_000 } },
          ],
        },
        expected: {
          within: false,
          failing: [1],
          members: { contains: { role: "supporter", assessed: 2_360_000, limit: 2_360_000 } },
        },
      },
      {
        title: "全員が限度額未満",
        input: {
          on: "2026-11-20",
          members: [
            { role: "applicant", dependants: 0, items: { business: 2_159_999 } },
            { role: "spouse", dependants: 0, items: { business: 2_439_999 } },
          ],
        },
        expected: { within: true, failing: [] },
      },
      {
        title: "孤児等の養育者は、扶養義務者等の限度額に照らす",
        input: {
          on: "2026-11-20",
          members: [
            {
              role: "applicant",
              carer: "orphan-carer",
              dependants: 0,
              items: { business: 2_300_000 },
            },
          ],
        },
        expected: {
          within: true,
          members: { contains: { assessed: 2_220_000, limit: 2_360_000 } },
        },
      },
    ],
  }),
];
