import { z } from "zod";
import type { CityParameter, ParameterTemplate } from "#workflows/parameters/city-parameter.ts";
import { repaymentTerms } from "#workflows/payments/letter-terms.ts";
import { optional, textField, wholeField, wholeSchema } from "#workflows/rules/rule.ts";
import { amountTitles, lawAmounts, type ReliefAmounts } from "./relief/amounts.ts";

type AmountName = keyof ReliefAmounts;

const titles = { A: "A類・臨時", B: "B類", city: "行政措置" } as const;

/** Which amounts each class has (予防接種法第16条). */
const namesOf: Readonly<Record<keyof typeof titles, readonly AmountName[]>> = {
  A: [
    "allowanceHigh",
    "allowanceLow",
    "childCare1",
    "childCare2",
    "disability1",
    "disability2",
    "disability3",
    "careAddition1",
    "careAddition2",
    "deathLumpSum",
    "funeral",
  ],
  B: [
    "allowanceHigh",
    "allowanceLow",
    "childCare1",
    "childCare2",
    "disability1",
    "disability2",
    "survivorPension",
    "survivorLumpSum",
    "funeral",
  ],
  city: [
    "allowanceHigh",
    "allowanceLow",
    "childCare1",
    "childCare2",
    "disability1",
    "disability2",
    "disability3",
    "deathLumpSum",
    "funeral",
  ],
};

const most = 1_000_000_000;

/**
 * Amounts of a class as two people of the city enter them for a time: whatever is not established of that time. What is left out is
 * not known, and a decision that needs it waits.
 */
const amountsParameter = (
  of: keyof typeof titles,
  templates: readonly ParameterTemplate[],
): CityParameter<ReliefAmounts> => ({
  key: `vaccination.relief-amounts-${of.toLowerCase()}`,
  title: `健康被害救済の給付の額(${titles[of]})`,
  hint: "厚生労働省の通知で確かめた額だけを入力します。空欄の額は「登録なし」とし、その額が要る給付は決裁できません。",
  fields: Object.fromEntries(
    namesOf[of].map((name) => [
      name,
      optional(wholeField(`${amountTitles[name]}(円)`, 100_000, 1, most)),
    ]),
  ),
  schema: z.object(
    Object.fromEntries(namesOf[of].map((name) => [name, wholeSchema(1, most).optional()])),
  ) as z.ZodType<ReliefAmounts>,
  templates,
  triedOn: "給付の内容を入力した、終わっていない健康被害救済の請求",
});

/** Amounts of A類 and 臨時, of B類, and of the city's own scheme. */
export const reliefAmountParameters = {
  A: amountsParameter("A", [
    {
      title: "令和6年度(医療手当のほかは確かめて入力)",
      from: "2024-04-01",
      source: "予防接種法施行令第11条(令和6年4月の額)",
      certainty: "established",
      known: lawAmounts.A.rows[1]?.value,
    },
  ]),
  B: amountsParameter("B", [
    {
      title: "令和6年度(医療手当はA類に準ずる。確かめて入力)",
      from: "2024-04-01",
      source: "予防接種法施行令第24条、第26条(令和6年政令第116号)",
      certainty: "probable",
      known: { ...lawAmounts.B.rows[0]?.value, ...lawAmounts.A.rows[1]?.value },
    },
  ]),
  city: amountsParameter("city", []),
} as const;

/** The office of the prefecture to which claims go (進達). */
export interface PrefecturalOffice {
  /** Seven digits, no hyphen. */
  readonly postalCode: string;
  readonly address: string;
  /** 部署, where the letter is to name it. */
  readonly department?: string | undefined;
}

const line = (label: string, most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: `${label}を入力してください。` })
    .max(most, { error: `${label}は${most}字までで入力してください。` });

/** 進達書の宛先. Of no prefecture is it established here: each city enters its own, and until then the letter has the name alone. */
export const prefecturalOffice: CityParameter<PrefecturalOffice> = {
  key: "vaccination.relief-prefecture",
  title: "健康被害救済の進達書の宛先（都道府県）",
  hint: "進達書の封筒の窓に出る宛先です。都道府県の名前は市の設定から印字します。登録がない間は、名前だけを印字します。",
  fields: {
    postalCode: textField("郵便番号（7桁）", "9999999"),
    address: textField("所在地", "例示県例示市例示町1丁目1番1号"),
    department: optional(textField("部署", "健康福祉部 感染症対策課")),
  },
  schema: z.object({
    postalCode: z
      .string()
      .trim()
      .regex(/^\d{7}$/, { error: "郵便番号は7桁の数字で入力してください。" }),
    address: line("所在地", 80),
    department: line("部署", 60).optional(),
  }),
  triedOn: "計算には使わない数値です。申請",
};

/** 返還金の通知 of 予防接種, such as of a pension that was overpaid. */
export const vaccinationRepaymentTerms = repaymentTerms("vaccination", "予防接種");

export const cityParameters = [
  ...Object.values(reliefAmountParameters),
  prefecturalOffice,
  vaccinationRepaymentTerms,
] as readonly CityParameter[];
