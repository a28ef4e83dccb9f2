import { z } from "zod";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  choiceField,
  choiceSchema,
  dateField,
  dateSchema,
  type Fields,
  flagField,
  listField,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import type { Course, Vaccine, VaccineId } from "../vocabulary.ts";
import { cityVaccineId } from "./city-vaccine-id.ts";

/** On what footing a vaccine is given that the law's schedule does not have. */
export const footings = {
  voluntary: "任意接種の助成",
  measure: "行政措置",
  extraordinary: "臨時の予防接種",
} as const;
export type Footing = keyof typeof footings;

/** A vaccine that the city offers by itself, as two people enter it. Nothing of it is law of everywhere. */
export interface CityVaccine {
  /** 1 to 99: by it the vaccine is named in records and on coupons; never used for another vaccine. */
  readonly number: number;
  readonly name: string;
  readonly footing: Footing;
  readonly diseases: string;
  /** Age in completed months, from and up to which (both days of reaching included). */
  readonly fromMonths: number;
  readonly toMonths?: number | undefined;
  readonly bornFrom?: IsoDate | undefined;
  readonly bornTo?: IsoDate | undefined;
  readonly sex: "any" | "female" | "male";
  readonly doses: number;
  /** Full days between two doses. */
  readonly intervalDays?: number | undefined;
  readonly live: boolean;
  /** What the city pays for a dose, yen. */
  readonly subsidy: number;
}

const sexes = { any: "男女", female: "女", male: "男" } as const;
const text = (label: string, most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: `${label}を入力してください。` })
    .max(most, { error: `${label}は${most}字までです。` });

const rowFields: Fields = {
  number: wholeField("市のワクチン番号（1から99。ほかのワクチンに使い回さない）", 1, 1, 99),
  name: textField("ワクチン名", "おたふくかぜ"),
  footing: choiceField("区分", footings, "voluntary"),
  diseases: textField("予防できる病気", "流行性耳下腺炎（おたふくかぜ）"),
  fromMonths: wholeField("何か月に達した日から", 12, 0, 1440),
  toMonths: optional(wholeField("何か月に達する日まで（空欄は上限なし）", 36, 0, 1440)),
  bornFrom: optional(dateField("生年月日がこの日から（空欄は限らない）", "2020-04-02")),
  bornTo: optional(dateField("生年月日がこの日まで（空欄は限らない）", "2025-04-01")),
  sex: choiceField("性別", sexes, "any"),
  doses: wholeField("回数", 1, 1, 5),
  intervalDays: optional(wholeField("次の回までに空ける日数（n日以上）", 27, 1, 1000)),
  live: flagField("注射生ワクチン（ほかの注射生と27日以上空ける）", false),
  subsidy: wholeField("1回の助成額（円）", 3000, 0, 1_000_000),
};
const rowSchema = z
  .object({
    number: wholeSchema(1, 99),
    name: text("ワクチン名", 30),
    footing: choiceSchema(footings),
    diseases: text("予防できる病気", 60),
    fromMonths: wholeSchema(0, 1440),
    toMonths: wholeSchema(0, 1440).optional(),
    bornFrom: dateSchema.optional(),
    bornTo: dateSchema.optional(),
    sex: choiceSchema(sexes),
    doses: wholeSchema(1, 5),
    intervalDays: wholeSchema(1, 1000).optional(),
    live: z.boolean(),
    subsidy: wholeSchema(0, 1_000_000),
  })
  .refine(({ fromMonths, toMonths = 1440 }) => fromMonths <= toMonths, {
    path: ["toMonths"],
    error: "始まりの月数より後にしてください。",
  })
  .refine(({ bornFrom, bornTo }) => !bornFrom || !bornTo || bornFrom <= bornTo, {
    path: ["bornTo"],
    error: "始まりの生年月日より後にしてください。",
  })
  .refine(({ doses, intervalDays }) => doses === 1 || intervalDays !== undefined, {
    path: ["intervalDays"],
    error: "2回以上のときは、空ける日数を入力してください。",
  });

const tableSchema = z
  .object({ vaccines: z.array(rowSchema).max(99) })
  .superRefine(({ vaccines }, context) => {
    for (const [index, { number }] of vaccines.entries())
      if (vaccines.slice(0, index).some((other) => other.number === number))
        context.addIssue({
          code: "custom",
          path: ["vaccines", index, "number"],
          message: "同じ番号が、上の行にあります。",
        });
  });

/** The vaccines that the city offers beside the law, from a day on. Without a row there are none. */
export const cityVaccines: CityParameter<{ readonly vaccines: readonly CityVaccine[] }> = {
  key: "vaccination.city-vaccines",
  title: "市が独自に行う予防接種（任意接種の助成・行政措置・臨時）",
  hint: "対象、回数、間隔、助成額は、市の要綱や国の通知で確かめて入力します。対象者の抽出に使います。",
  fields: { vaccines: listField("ワクチン", rowFields, z.array(rowSchema), []) },
  schema: tableSchema as unknown as z.ZodType<{ readonly vaccines: readonly CityVaccine[] }>,
  triedOn: "対象者の抽出だけに使います。申請",
};

/**
 * A vaccine of the city as the rules take it: the target by age and cohort, the doses, the distance between them. Its id is none of the
 * law's schedule, and no rule of the schedule knows it.
 */
export function asVaccine(one: CityVaccine, source: string): Vaccine {
  const { fromMonths, toMonths, bornFrom, bornTo, doses, intervalDays = 0 } = one;
  const course: Course = {
    doses: Array.from({ length: doses }, (_, index) => ({
      label: doses === 1 ? "1回" : `${index + 1}回目`,
      ...(index > 0 && { afterPrevious: { days: intervalDays } }),
    })),
  };
  return {
    id: cityVaccineId(one.number) as VaccineId,
    label: one.name,
    category: "B",
    kind: one.live ? "injected-live" : "inactivated",
    ...(one.sex !== "any" && { sex: one.sex }),
    targets: [
      {
        from: { months: fromMonths },
        ...(toMonths !== undefined && { to: { months: toMonths } }),
        ...(bornFrom && { bornFrom }),
        ...(bornTo && { bornTo }),
      },
    ],
    courses: [course],
    basis: [source],
  };
}
