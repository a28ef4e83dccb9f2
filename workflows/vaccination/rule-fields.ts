import { z } from "zod";
import {
  choiceField,
  dateField,
  dateSchema,
  type Field,
  type Fields,
  flagField,
  InputError,
  optional,
  type ResultWords,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { schedule } from "./schedule.ts";
import { type Condition, type Person, type Shot, vaccineIds } from "./vocabulary.ts";

const text = z.string({ error: "文字列で入力してください。" });

/** A shot of a history, or one that is judged. */
export const shotSchema = z.object(
  {
    vaccine: text,
    date: dateSchema,
    dose: wholeSchema(1).optional(),
    product: text.optional(),
    live: z.boolean({ error: "trueかfalseを入力してください。" }).optional(),
  },
  { error: "ワクチンと接種日を持つ形で入力してください。" },
);

const VACCINES = "ワクチンの記号を入力してください。";
const CONDITION =
  "disability-60-64、hiv-60-64、supply-shortage(令和6年度のMR供給不足で受けられなかった)、rubella-antibody-low(風しんの抗体検査で足りなかった)、pregnant(expectedDelivery)、long-illness(until: 支障がなくなった日、from: 支障の始まった日、vaccines: ワクチン)のいずれかを入力してください。";

/** A condition is a name alone, or an object with the name as `kind` and the date that belongs to it. */
const conditionSchema = z.preprocess(
  (value) => (typeof value === "string" ? { kind: value } : value),
  z.discriminatedUnion(
    "kind",
    [
      z.object({ kind: z.literal("disability-60-64") }),
      z.object({ kind: z.literal("hiv-60-64") }),
      z.object({ kind: z.literal("supply-shortage") }),
      z.object({ kind: z.literal("rubella-antibody-low") }),
      z.object({ kind: z.literal("pregnant"), expectedDelivery: dateSchema }),
      z.object({
        kind: z.literal("long-illness"),
        until: dateSchema,
        from: dateSchema.optional(),
        vaccines: z.array(z.enum(vaccineIds, { error: VACCINES })).optional(),
      }),
    ],
    { error: CONDITION },
  ),
);

/** What nobody has established, as each of these rules tells it. */
export const NOT_ESTABLISHED = [
  "高齢者インフルエンザ・新型コロナの接種期間(10月から3月は仮設定。市が定める)",
  "65歳の者の始まりの日(誕生日の前日とした。誕生日とする市がある)",
  "MRワクチンの供給不足による特例の対象者(1期・2期は仮設定)",
  "標準的な間隔の上限(確かめない。2014-03-31まで定期接種の条件だった上限も同じ)",
  "2013-03-31までの定め(その日の接種を確かめようとすると、足りない定めを示して断る)",
  "HPV2価の「2月半以上」の日数(2月以上として確かめる)",
  "年齢と間隔のほかの過去の改正(小児用肺炎球菌の初回の期限など。今の定めで確かめる)",
  "3種混合、単独の不活化ポリオ、麻しん・風しんの単独ワクチン、MR3期・4期(記号がなく、定期接種として扱わない)",
];

const conditionTitles = {
  "disability-60-64": "60～64歳で心臓・腎臓・呼吸器の障害",
  "hiv-60-64": "60～64歳でHIVによる免疫の障害",
  "supply-shortage": "令和6年度のMRワクチンの供給不足で受けられなかった",
  "rubella-antibody-low": "風しんの抗体検査で足りなかった",
  pregnant: "妊娠",
  "long-illness": "長期療養",
} as const;
/** The fields of one shot. */
export const shotFields: Fields = {
  vaccine: {
    ...textField("ワクチン", "5mix"),
    hint: "記号。ほかの生ワクチンは任意の名前で「生ワクチン」を「はい」に",
  },
  date: dateField("接種日", "2026-07-09"),
  dose: optional(wholeField("何回目", 1, 1)),
  product: optional(textField("製品・価", "")),
  live: optional(flagField("生ワクチン", false)),
};

export const birth = dateField("生年月日", "2026-05-10");
export const sex = choiceField("性別", { female: "女", male: "男" }, "female");
export const history = {
  label: "接種歴",
  kind: "list",
  fields: shotFields,
  schema: z.array(shotSchema, { error: "接種歴の一覧を入力してください。" }).default([]),
  example: [{ vaccine: "5mix", date: "2026-07-09" }],
} satisfies Field;
/** Left out of somebody who lives. */
export const diedOn = optional({
  ...dateField("死亡日", "2027-03-31"),
  hint: "亡くなっていればその日。後の接種は認めない",
});
export const conditions = {
  label: "特別な事情",
  kind: "list",
  fields: {
    kind: choiceField("事情", conditionTitles, "pregnant"),
    expectedDelivery: optional({
      ...dateField("出産予定日", "2026-12-01"),
      hint: "妊娠のとき",
    }),
    until: optional({ ...dateField("支障がなくなった日", "2026-09-30"), hint: "長期療養のとき" }),
    from: optional({ ...dateField("支障の始まった日", "2026-04-01"), hint: "長期療養のとき" }),
  },
  schema: z.array(conditionSchema, { error: CONDITION }).default([]),
  example: [{ kind: "long-illness", until: "2026-09-30" }],
} satisfies Field;

/** The person of an input. @throws InputError where the death lies before the birth */
export function personOf(input: {
  birth: Person["birth"];
  sex: Person["sex"];
  diedOn?: Person["diedOn"];
  conditions: Condition[];
}): Person {
  const { birth, sex, diedOn, conditions } = input;
  if (diedOn !== undefined && diedOn < birth)
    throw new InputError("diedOn", "生年月日より前の日付です。");
  return { birth, sex, diedOn, conditions };
}

/** The history of a person, in which nothing stands from before the birth or after the death. @throws InputError */
export function historyOf({ birth, diedOn }: Person, history: readonly Shot[]): readonly Shot[] {
  for (const [at, { date }] of history.entries()) {
    if (date < birth) throw new InputError(`history.${at}.date`, "生まれる前の接種日です。");
    if (diedOn !== undefined && date > diedOn)
      throw new InputError(`history.${at}.date`, "死亡日より後の接種日です。");
  }
  return history;
}

export const words: ResultWords = {
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
