import { z } from "zod";
import { householdEntry } from "#src/platform/applications/index.ts";
import {
  accountPart,
  agentPart,
  applicantPart,
  insurancePart,
  isoDate,
  mailingPart,
  optionalText,
  personNumber,
  requiredText,
} from "#src/platform/entry-parts/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import { tierTitles } from "#workflows/intractable-disease/plan.ts";
import { choiceSchema, monthSchema, wholeSchema } from "#workflows/rules/rule.ts";
import {
  limitCategories,
  methodTitles,
  patientTitles,
  personRelationTitles,
  receptionTitles,
  recordSourceTitles,
  relationTitles,
  sortTitles,
  taxAssessmentTitles,
} from "./titles.ts";

/** Who applies: the patient, or the guardian of a minor. */
export const applicant = applicantPart("applicant", "申請者", relationTitles);

const amount = wholeSchema(0);

/** 市町村民税 of a person of a 賦課年度; null where it isn't known yet. */
export const taxSchema = z
  .strictObject({
    fiscalYear: wholeSchema(2014, 2100),
    assessment: z.enum(codesOf(taxAssessmentTitles), "課税区分を選んでください。"),
    incomeLevy: amount,
    perCapitaLevy: amount,
    totalIncome: amount,
    pensionReceipts: amount,
    otherBenefits: amount,
  })
  .refine(({ assessment, incomeLevy }) => assessment === "taxed" || incomeLevy === 0, {
    path: ["incomeLevy"],
    message: "課税でない方の所得割額は0円です。課税区分を確かめてください。",
  });

/** A person of the 支給認定基準世帯. */
export const memberSchema = z.strictObject({
  role: z.literal("household"),
  personNumber,
  name: optionalText.default(""),
  relation: z.enum(codesOf(personRelationTitles), "本人から見た続柄を選んでください。"),
  /** 被保険者. */
  insured: z.boolean(),
  /** The guardian whose income counts for a minor. */
  guardian: z.boolean(),
  patient: z.enum(codesOf(patientTitles), "受給の区分を選んでください。"),
  /** Has left the 支給認定基準世帯; kept for what was decided before. */
  left: z.boolean().default(false),
  /** Cap before 按分 of who receives 特定医療費 or 小慢, yen. */
  patientCap: amount,
  tax: taxSchema.nullable(),
});
const nobody = z.object({ role: z.literal("none") });

/** 臨床調査個人票, one a disease. */
export const recordSchema = z.strictObject({
  disease: wholeSchema(1, 999),
  /** 病名 as the paper bears it; empty where it says the same as the list. */
  nameOnPaper: optionalText,
  main: z.boolean(),
  /** 疾病非認定. */
  denied: z.boolean(),
  /** 指定医番号. */
  doctor: z
    .string("指定医番号を入力してください。")
    .trim()
    .regex(/^[0-9A-Z-]{3,20}$/, "指定医番号は、3桁から20桁の半角の英数字で入力してください。"),
  writtenOn: isoDate("個人票の記載年月日"),
  /** 診断年月日. */
  severeOn: z.union([z.literal(""), isoDate("診断年月日")]),
  source: z.enum(codesOf(recordSourceTitles), "個人票の種類を選んでください。"),
  accessKey: z
    .string()
    .trim()
    .max(40, "アクセスキーは40字までです。")
    .regex(/^[0-9A-Za-z-]*$/, "アクセスキーは半角の英数字で入力してください。"),
  note: optionalText,
});
export type ClinicalRecord = z.infer<typeof recordSchema>;

/** A month's cost (10割) of the disease, as 医療費申告書 or 管理票 show it. */
const costSchema = z.strictObject({ month: monthSchema, total: amount });

/** 指定医療機関 of the patient. */
const institutionSchema = z.strictObject({
  code: z.string().regex(/^\d{0,10}$/, "医療機関コードは10桁までの数字で入力してください。"),
  name: requiredText("医療機関の名称"),
  main: z.boolean(),
  since: isoDate("適用開始日"),
});

/** Parts of an application, which reports of change replace one by one. */
export const enteredShape = {
  sort: z.enum(codesOf(sortTitles), "申請区分を選んでください。"),
  reception: z.enum(codesOf(receptionTitles), "受付窓口を選んでください。"),
  method: z.enum(codesOf(methodTitles), "申請方法を選んでください。"),
  applicant: applicant.schema,
  agent: agentPart.schema.nullable(),
  insurance: insurancePart.schema,
  insurerConsent: z.boolean(),
  limitCategory: z.union([z.literal(""), z.enum(codesOf(limitCategories))]),
  insurerNote: optionalText,
  records: z.array(recordSchema),
  researchConsent: z.boolean(),
  costs: z.array(costSchema),
  onset: z.union([z.literal(""), isoDate("発症した日")]),
  mildHighCost: z.boolean(),
  mildHighCostMetOn: z.union([z.literal(""), isoDate("軽症高額の基準該当日")]),
  longHighCost: z.boolean(),
  ventilator: z.boolean(),
  hindered: z.boolean(),
  certifiedBefore: z.boolean(),
  severeBefore: z.boolean(),
  welfare: z.boolean(),
  welfarePrevention: z
    .strictObject({ tier: choiceSchema(tierTitles), mealExempt: z.boolean() })
    .nullable(),
  incomeUnconfirmed: z.boolean(),
  /** 小慢 of the patient. */
  pediatric: z.strictObject({ sameDisease: z.boolean(), cap: amount }).nullable(),
  tax: taxSchema.nullable(),
  people: z
    .array(z.discriminatedUnion("role", [memberSchema, nobody]))
    .transform((rows) => rows.filter((row) => row.role !== "none")),
  institutions: z.array(institutionSchema),
  /** All 指定医療機関, without a name each. */
  anyInstitution: z.boolean(),
  /** 転入: the certificate of the former prefecture or city. */
  former: z
    .strictObject({
      authority: requiredText("転入前の都道府県・指定都市"),
      payerNumber: z.string().regex(/^(54\d{6})?$/, "公費負担者番号は54で始まる8桁です。"),
      recipientNumber: z.string().regex(/^\d{0,7}$/, "受給者番号は7桁の数字です。"),
      validTo: isoDate("前の受給者証の有効期間の終わり"),
    })
    .nullable(),
  account: accountPart.schema.nullable(),
  mailing: mailingPart.schema.nullable(),
  note: optionalText,
};

/** What is applied for by, or for, a patient. Items that are not listed are refused (ACQ-3). */
export const enteredSchema = z.strictObject(enteredShape).superRefine((entered, context) => {
  const { people, records, sort, former } = entered;
  const issue = (path: (string | number)[], message: string) =>
    context.addIssue({ code: "custom", path, message });
  if (new Set(people.map((one) => one.personNumber)).size < people.length)
    issue(["people"], "同じ方が二度入力されています。");
  if (records.length === 0)
    issue(["records"], "臨床調査個人票を、疾病ごとに1件ずつ入力してください。");
  const numbers = records.map(({ disease }) => disease);
  for (const [at, number] of numbers.entries())
    if (numbers.indexOf(number) < at)
      issue(["records", at, "disease"], "同じ疾病の個人票が二度入力されています。");
  if (records.length > 0 && records.filter(({ main }) => main).length !== 1)
    issue(["records"], "主たる疾病を1つだけ選んでください。");
  for (const [at, record] of records.entries()) {
    if (record.source === "database" && record.accessKey === "")
      issue(["records", at, "accessKey"], "アクセスキーを入力してください。");
    if (record.severeOn === "" && !entered.mildHighCost)
      issue(
        ["records", at, "severeOn"],
        "診断年月日を入力してください。軽症高額のときは空にできます。",
      );
    if (record.main && record.denied)
      issue(["records", at, "denied"], "主たる疾病は、非認定にできません。");
  }
  if (entered.mildHighCost && entered.mildHighCostMetOn === "")
    issue(["mildHighCostMetOn"], "軽症高額の基準を満たした日を入力してください。");
  if (sort === "transfer" && !former)
    issue(["former.authority"], "転入では、前の受給者証の内容を入力してください。");
  const ends = people.filter(({ insured }) => insured).length;
  if (ends > 1) issue(["people"], "被保険者は1人だけ選んでください。");
});

type Typed = z.infer<typeof enteredSchema>;
export type Member = z.infer<typeof memberSchema>;
export type Tax = z.infer<typeof taxSchema>;
/** The application for 支給認定 of a patient. */
export type Entered = Omit<Typed, "people"> & { people: readonly Member[] };

/** What the roles of the entry are called in the case; the patient is its subject. */
export const entry = householdEntry<Entered>({ household: "household" });
