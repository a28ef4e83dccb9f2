import { choicesField, dateField, defineRule, InputError } from "#workflows/rules/rule.ts";
import { birth, sex } from "./rule-fields.ts";
import { schedule } from "./schedule.ts";
import { exceptionRefusals, judgeException } from "./special/exception.ts";

const vaccines = Object.fromEntries(
  schedule.map(({ id, label, period }) => [id, [label, period].filter(Boolean).join(" ")]),
);

/** Rules about special cases of vaccination. */
export const rules = [
  defineRule({
    id: "vaccination.long-illness",
    title: "長期療養特例の期限",
    summary:
      "長期の療養などで受けられなかった者が、支障がなくなった日から定期接種として受けられる最後の日を、ワクチンごとに求める",
    fields: {
      birth,
      sex,
      hindranceFrom: dateField("受けられなくなった日", "2026-06-01"),
      hindranceTo: dateField("支障がなくなった日", "2028-04-01"),
      vaccines: choicesField("ワクチン", vaccines, ["mr1"]),
    },
    decide: ({ birth, sex, hindranceFrom, hindranceTo, vaccines: asked }) => {
      if (hindranceTo < hindranceFrom)
        throw new InputError("hindranceTo", "受けられなくなった日より前の日付です。");
      const hindrance = { from: hindranceFrom, to: hindranceTo };
      return {
        result: {
          exceptions: asked.map((vaccine) => judgeException(vaccine, { birth, sex }, hindrance)),
        },
        basis: ["予防接種法施行令第3条第2項"],
      };
    },
    notEstablished: [
      "特別の事情となる病気(主治医の意見書により市が判断する)",
      "受けられなかった間に一日でも対象であれば特例とする(仮設定)",
    ],
    words: {
      parts: {
        exceptions: "特例",
        vaccine: "ワクチン",
        until: "最後の日",
        by: "期限の決まり方",
        refusal: "特例にならない理由",
      },
      values: {
        vaccine: vaccines,
        by: { years: "年数(2年、高齢者の肺炎球菌と帯状疱疹は1年)", age: "上限の年齢" },
        refusal: exceptionRefusals,
      },
    },
    examples: [
      {
        title: "MR1期は2年、BCGは4歳まで、ロタウイルスは特例がない",
        input: {
          birth: "2026-05-10",
          sex: "female",
          hindranceFrom: "2026-06-01",
          hindranceTo: "2028-10-01",
          vaccines: ["mr1", "bcg", "rota1"],
        },
        expected: {
          exceptions: [
            { vaccine: "mr1", until: "2030-09-30", by: "years" },
            { vaccine: "bcg", until: "2030-05-09", by: "age" },
            { vaccine: "rota1", refusal: "no-exception" },
          ],
        },
      },
    ],
  }),
];
