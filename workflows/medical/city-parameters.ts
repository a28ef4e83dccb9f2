import { z } from "zod";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import type { CityParameter, ParameterTemplate } from "#workflows/parameters/city-parameter.ts";
import {
  choiceField,
  choiceSchema,
  type Fields,
  listField,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { insurerGroups } from "./copay-plan.ts";
import {
  addressesFault,
  bankFault,
  type ClaimAccount,
  type InsurerAddress,
} from "./high-cost-addresses.ts";
import type { MandateRule } from "./high-cost-claim.ts";

const needs = { needed: "委任状が要る", "not-needed": "委任状は要らない" } as const;
const kinds = Object.entries(insurerGroups);
const mandateFields: Fields = Object.fromEntries(
  kinds.map(([kind, title]) => [kind, optional(choiceField(title, needs, "needed"))]),
);
const mandateSchema: z.ZodType<MandateRule> = z.object(
  Object.fromEntries(kinds.map(([kind]) => [kind, choiceSchema(needs).optional()])),
);

/** Whether an insurer pays 高額療養費 to the city only with the insured person's 委任状. */
export const mandateRule: CityParameter<MandateRule> = {
  key: "medical.high-cost-mandate",
  title: "高額療養費を市が請求するときの委任状",
  hint: "市が立て替えた高額療養費を保険者に請求するとき、被保険者の委任状が要るかを、保険の種類ごとに定めます。",
  fields: mandateFields,
  schema: mandateSchema,
  templates: [
    {
      title: "国民健康保険組合は委任状が要る",
      source: "福岡市の取扱い（国民健康保険組合は委任状が必要）",
      certainty: "probable",
      known: { union: "needed" },
    },
  ],
};

const accountTypes = { ordinary: "普通", current: "当座" } as const;
const words = (label: string, most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: `${label}を入力してください。` })
    .max(most, { error: `${label}は${most}字までで入力してください。` });

/** The account to which insurers pay 高額療養費 that belongs to the city. No city's is established: each enters its own. */
export const highCostAccount: CityParameter<ClaimAccount> = {
  key: "medical.high-cost-account",
  title: "高額療養費の振込先（市の口座）",
  hint: "保険者への支給申請書兼請求書に、振込先として印字します。",
  fields: {
    bank: textField("金融機関名", "見本銀行"),
    branch: textField("支店名", "本店営業部"),
    type: choiceField("預金種目", accountTypes, "ordinary"),
    number: textField("口座番号（7桁）", "7654321"),
    holder: textField("口座名義", "見本市会計管理者"),
  },
  schema: z.object({
    bank: words("金融機関名", 40),
    branch: words("支店名", 40),
    type: choiceSchema(accountTypes),
    number: z.string().regex(/^\d{7}$/, { error: bankFault }),
    holder: words("口座名義", 60),
  }),
  triedOn: "計算には使わない数値です。申請",
};

const insurerFields: Fields = {
  number: textField("保険者番号", "01430016"),
  name: textField("名称", "全国健康保険協会 熊本支部"),
  postalCode: textField("郵便番号（7桁）", "8600844"),
  address: textField("住所", "熊本市中央区見本町1-1"),
  building: optional(textField("方書・部署", "高額療養費担当")),
};
const insurerSchema: z.ZodType<InsurerAddress> = z.object({
  number: z
    .string()
    .refine((text) => checkNumber("insurer", text).valid, {
      error: "検証番号を含む6桁か8桁の保険者番号ではありません。",
    })
    .transform((text) => checkNumber("insurer", text).normalized),
  name: words("名称", 60),
  postalCode: z.string().regex(/^\d{7}$/, { error: "郵便番号は7桁の数字で入力してください。" }),
  address: words("住所", 80),
  building: words("方書・部署", 60).optional(),
});
const insurersSchema = z
  .array(insurerSchema, { error: "保険者を入力してください。" })
  .min(1, { error: "保険者を1件以上入力してください。" })
  .superRefine((rows, context) => {
    const fault = addressesFault(rows);
    if (fault) context.addIssue({ code: "custom", path: fault.path, message: fault.message });
  });

/** Names and addresses of the insurers to which claims go. */
export const highCostInsurers: CityParameter<{ readonly value: readonly InsurerAddress[] }> = {
  key: "medical.high-cost-insurers",
  title: "高額療養費を請求する保険者の宛先",
  hint: "保険者への支給申請書兼請求書の宛先です。ここにない保険者あての請求書は発行できません。",
  fields: { value: listField("保険者", insurerFields, insurersSchema, []) },
  schema: z.object({ value: insurersSchema }),
  triedOn: "計算には使わない数値です。申請",
};

/** 公費負担者番号 of a scheme, eight digits with check digit. */
export const payerNumberFields: Fields = { value: textField("公費負担者番号", "54016027") };
export const payerNumberSchema = z.object({
  value: z
    .string()
    .refine((text) => checkNumber("public-payer", text).valid, {
      error: "検証番号を含む8桁の公費負担者番号ではありません。",
    })
    .transform((text) => checkNumber("public-payer", text).normalized),
});

const starts = {
  "treatment-month-end": "診療月の翌月の初日から",
  payment: "支払った日の翌日から",
} as const;
const units = { months: "月", years: "年" } as const;

/** Until when a refund may be claimed. */
export interface RefundDeadline {
  readonly start: keyof typeof starts;
  readonly count: number;
  readonly unit: keyof typeof units;
}
const deadlineFields: Fields = {
  start: choiceField("数え始め", starts, "treatment-month-end"),
  count: wholeField("期間の数", 12, 1, 120),
  unit: choiceField("期間の単位", units, "months"),
};
const deadlineSchema: z.ZodType<RefundDeadline> = z.object({
  start: choiceSchema(starts),
  count: wholeSchema(1, 120),
  unit: choiceSchema(units),
});

/** The deadline of refunds of a scheme as a parameter. */
export const refundDeadline = (
  program: string,
  scheme: string,
  templates: readonly ParameterTemplate[],
): CityParameter<RefundDeadline> => ({
  key: `${program}.refund-deadline`,
  title: `${scheme} 償還払いの申請期限`,
  hint: "償還払いを申請できる期限です。",
  fields: deadlineFields,
  schema: deadlineSchema,
  templates,
});

/** What several subsidies share. */
export const cityParameters = [mandateRule, highCostAccount, highCostInsurers];
