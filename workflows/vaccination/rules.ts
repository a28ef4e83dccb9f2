import { z } from "zod";
import {
  choiceField,
  dateField,
  dateSchema,
  defineRule,
  type Field,
  type Fields,
  flagField,
  optional,
  type ResultWords,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { checkShot } from "./check.ts";
import { dueDoses } from "./due.ts";
import { mrShortage } from "./mr-shortage.ts";
import { findVaccine, getVaccine, schedule } from "./schedule.ts";
import type { Condition, Person } from "./vocabulary.ts";
import { vaccinationWindows } from "./windows.ts";

const INTERVALS = "予防接種実施規則(接種間隔)";
const text = z.string({ error: "文字列で入力してください。" });

const shotSchema = z.object(
  {
    vaccine: text,
    date: dateSchema,
    dose: wholeSchema(1).optional(),
    product: text.optional(),
    live: z.boolean({ error: "trueかfalseを入力してください。" }).optional(),
  },
  { error: "ワクチンと接種日を持つ形で入力してください。" },
);

const CONDITION =
  "disability-60-64、hiv-60-64、supply-shortage(令和6年度のMR供給不足で受けられなかった)、pregnant(expectedDelivery)、long-illness(until: 支障がなくなった日)のいずれかを入力してください。";

/** A condition is a name alone, or an object with the name as `kind` and the date that belongs to it. */
const conditionSchema = z.preprocess(
  (value) => (typeof value === "string" ? { kind: value } : value),
  z.discriminatedUnion(
    "kind",
    [
      z.object({ kind: z.literal("disability-60-64") }),
      z.object({ kind: z.literal("hiv-60-64") }),
      z.object({ kind: z.literal("supply-shortage") }),
      z.object({ kind: z.literal("pregnant"), expectedDelivery: dateSchema }),
      z.object({ kind: z.literal("long-illness"), until: dateSchema }),
    ],
    { error: CONDITION },
  ),
);

const NOT_ESTABLISHED = [
  "高齢者インフルエンザ・新型コロナの接種期間(10月から3月は仮設定。市が定める)",
  "65歳の者の始まりの日(誕生日の前日とした。誕生日とする市がある)",
  "MRワクチンの供給不足による特例の対象者(1期・2期は仮設定。風しん5期は含まない)",
  "標準的な間隔の上限(確かめない)",
];

const conditionTitles = {
  "disability-60-64": "60～64歳で心臓・腎臓・呼吸器の障害",
  "hiv-60-64": "60～64歳でHIVによる免疫の障害",
  "supply-shortage": "令和6年度のMRワクチンの供給不足で受けられなかった",
  pregnant: "妊娠",
  "long-illness": "長期療養",
} as const;
const shotFields: Fields = {
  vaccine: {
    ...textField("ワクチン", "5mix"),
    hint: "記号。ほかの生ワクチンは任意の名前で「生ワクチン」を「はい」に",
  },
  date: dateField("接種日", "2026-07-09"),
  dose: optional(wholeField("何回目", 1, 1)),
  product: optional(textField("製品・価", "")),
  live: optional(flagField("生ワクチン", false)),
};

const birth = dateField("生年月日", "2026-05-10");
const sex = choiceField("性別", { female: "女", male: "男" }, "female");
const history = {
  label: "接種歴",
  kind: "list",
  fields: shotFields,
  schema: z.array(shotSchema, { error: "接種歴の一覧を入力してください。" }).default([]),
  example: [{ vaccine: "5mix", date: "2026-07-09" }],
} satisfies Field;
const conditions = {
  label: "特別な事情",
  kind: "list",
  fields: {
    kind: choiceField("事情", conditionTitles, "pregnant"),
    expectedDelivery: optional({
      ...dateField("出産予定日", "2026-12-01"),
      hint: "妊娠のとき",
    }),
    until: optional({ ...dateField("支障がなくなった日", "2026-09-30"), hint: "長期療養のとき" }),
  },
  schema: z.array(conditionSchema, { error: CONDITION }).default([]),
  example: [{ kind: "long-illness", until: "2026-09-30" }],
} satisfies Field;

function personOf(input: {
  birth: Person["birth"];
  sex: Person["sex"];
  conditions: Condition[];
}): Person {
  const { birth, sex, conditions } = input;
  return { birth, sex, conditions };
}

const words: ResultWords = {
  parts: {
    windows: "接種できる期間",
    due: "次に受けるもの",
    problems: "問題",
    vaccine: "ワクチン",
    dose: "回",
    standardFrom: "標準の開始",
    standardTo: "標準の終了",
    earliest: "最も早い日",
    latest: "最も遅い日",
  },
  values: { vaccine: Object.fromEntries(schedule.map(({ id, label }) => [id, label])) },
};

/** Rules about vaccination. */
export const rules = [
  defineRule({
    id: "vaccination.windows",
    title: "予防接種の対象期間",
    summary: "生年月日と性別から、各ワクチンの各回を受けられる期間と標準的な期間を求める",
    fields: { birth, sex, conditions },
    decide: (input) => ({
      result: { windows: vaccinationWindows(personOf(input)) },
      basis: schedule.flatMap((vaccine) => vaccine.basis),
    }),
    parameters: [mrShortage],
    notEstablished: NOT_ESTABLISHED,
    words,
    examples: [
      {
        title: "2014年4月1日生まれのHPVは2025年度から",
        input: { birth: "2014-04-01", sex: "female" },
        expected: {
          windows: expectSome({ vaccine: "hpv9", dose: 1, from: "2025-04-01", to: "2030-03-31" }),
        },
      },
      {
        title: "2026年度のMR2期",
        input: { birth: "2021-04-01", sex: "male" },
        expected: {
          windows: expectSome({ vaccine: "mr2", dose: 1, from: "2026-04-01", to: "2027-03-31" }),
        },
      },
      {
        title: "令和6年度に供給不足でMR1期を受けられなかった子(仮設定)",
        input: { birth: "2022-04-02", sex: "male", conditions: ["supply-shortage"] },
        expected: {
          windows: expectSome({ vaccine: "mr1", dose: 1, from: "2025-04-01", to: "2027-03-31" }),
        },
      },
    ],
  }),
  defineRule({
    id: "vaccination.due",
    title: "次に受ける予防接種",
    summary: "接種歴をふまえ、基準日以後に受けられる各ワクチンの次の回とその期間を求める",
    fields: { birth, sex, on: dateField("基準日", "2026-11-20"), history, conditions },
    decide: (input) => {
      const due = dueDoses(personOf(input), input.on, input.history);
      return {
        result: { due },
        basis: [...due.flatMap(({ vaccine }) => getVaccine(vaccine).basis), INTERVALS],
      };
    },
    parameters: [mrShortage],
    notEstablished: NOT_ESTABLISHED,
    words,
    examples: [
      {
        title: "B型肝炎の3回目は、1回目から139日以上(140日後)",
        input: {
          birth: "2026-05-10",
          sex: "female",
          on: "2026-08-07",
          history: [
            { vaccine: "hepb", date: "2026-07-09" },
            { vaccine: "hepb", date: "2026-08-06" },
          ],
        },
        expected: {
          due: expectSome({
            vaccine: "hepb",
            dose: 3,
            earliest: "2026-11-26",
            latest: "2027-05-09",
          }),
        },
      },
      {
        title: "小児用肺炎球菌の追加は、60日以上かつ生後12月から",
        input: {
          birth: "2026-05-10",
          sex: "male",
          on: "2026-09-04",
          history: ["2026-07-09", "2026-08-06", "2026-09-03"].map((date) => ({
            vaccine: "pcv",
            date,
          })),
        },
        expected: {
          due: expectSome({ vaccine: "pcv", dose: 4, label: "追加", earliest: "2027-05-09" }),
        },
      },
    ],
  }),
  defineRule({
    id: "vaccination.check",
    title: "接種の確認",
    summary: "行われた(これから行う)接種が、年齢・間隔・回数・製品の定めに合うかを確かめる",
    fields: {
      birth,
      sex,
      history,
      given: {
        label: "確かめる接種",
        kind: "group",
        fields: shotFields,
        schema: shotSchema,
        example: { vaccine: "5mix", date: "2026-07-30" },
      },
      conditions,
    },
    decide: (input) => {
      const problems = checkShot(personOf(input), input.history, input.given);
      return {
        result: { valid: problems.length === 0, problems },
        basis: [
          ...(findVaccine(input.given.vaccine)?.basis ?? ["予防接種法施行令第3条"]),
          INTERVALS,
        ],
      };
    },
    parameters: [mrShortage],
    notEstablished: NOT_ESTABLISHED,
    words,
    examples: [
      {
        title: "20日以上の間隔は、3週間後の同じ曜日から",
        input: {
          birth: "2026-05-10",
          sex: "female",
          history: [{ vaccine: "5mix", date: "2026-07-09" }],
          given: { vaccine: "5mix", date: "2026-07-29" },
        },
        expected: {
          valid: false,
          problems: [{ code: "interval-too-short", earliest: "2026-07-30" }],
        },
      },
      {
        title: "注射生ワクチンどうしは27日以上",
        input: {
          birth: "2026-05-10",
          sex: "female",
          history: [{ vaccine: "mr1", date: "2027-06-01" }],
          given: { vaccine: "vzv", date: "2027-06-28" },
        },
        expected: {
          valid: false,
          problems: [{ code: "live-interval-too-short", earliest: "2027-06-29" }],
        },
      },
      {
        title: "1歳の誕生日の前日からMR1期",
        input: { birth: "2026-05-10", sex: "male", given: { vaccine: "mr1", date: "2027-05-09" } },
        expected: { valid: true, problems: [] },
      },
    ],
  }),
];

/** In an example: a list that contains at least this. */
function expectSome(item: Record<string, unknown>): { contains: Record<string, unknown> } {
  return { contains: item };
}
