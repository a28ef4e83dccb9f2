import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf, yen } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { entitlement } from "./entitlements.ts";

export const intractableDisease = pgSchema("intractable_disease");

const caseId = () =>
  uuid("case_id")
    .notNull()
    .references(() => caseRow.id);

/**
 * What an application is, in codes, beside the sealed entry of the same step: for the machine, lists and statistics. Insert
 * only; that of the newest entry counts.
 */
export const applied = intractableDisease.table(
  "applied",
  {
    caseId: caseId(),
    /** Of the entry with which it was said; set by the database. */
    revision: integer().notNull().default(0),
    /** 申請区分; 転入 is examined as 新規. */
    sort: text({ enum: ["new", "renewal", "transfer"] }).notNull(),
    /** 受付窓口区分. */
    reception: text({ enum: ["branch", "head", "post", "electronic"] }).notNull(),
    /** 申請方法区分. */
    method: text({ enum: ["self", "agent", "post", "electronic"] }).notNull(),
    /** 保険者照会同意フラグ. */
    insurerConsent: boolean("insurer_consent").notNull(),
    /** Consent to the use of 臨床調査個人票 for research. */
    researchConsent: boolean("research_consent").notNull(),
    /** A good reason why it was applied for late: the look-back reaches three months. */
    hindered: boolean().notNull(),
    /** 軽症高額: 基準該当日. */
    mildHighCostMetOn: date("mild_high_cost_met_on"),
    /** 既認定者フラグ and 重症患者フラグ of the earlier scheme. */
    certifiedBefore: boolean("certified_before").notNull(),
    severeBefore: boolean("severe_before").notNull(),
    /** 所得状況の確認不能フラグ. */
    incomeUnconfirmed: boolean("income_unconfirmed").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    oneOf("applied_sort", table.sort),
    oneOf("applied_reception", table.reception),
    oneOf("applied_method", table.method),
  ],
);

/** 指定医: a doctor whom the prefecture or city designated, a row a period of designation. Names are published. */
export const designatedDoctor = intractableDisease.table(
  "designated_doctor",
  {
    /** 指定医番号. */
    number: text().notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to").notNull(),
    name: text().notNull(),
    /** 診療科区分. */
    specialty: text().notNull(),
    institution: text().notNull(),
    /** 難病指定医, or 協力難病指定医 who writes for 更新 alone. */
    kind: text({ enum: ["designated", "cooperating"] }).notNull(),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.number, table.validFrom] }),
    oneOf("designated_doctor_kind", table.kind),
    check("designated_doctor_period", sql`valid_to >= valid_from`),
    check("designated_doctor_number", sql`number ~ '^[0-9A-Z-]{3,20}$'`),
    check(
      "designated_doctor_said",
      sql`length(name) between 1 and 80 and length(specialty) between 1 and 80 and length(institution) between 1 and 120`,
    ),
  ],
);

/** 臨床調査個人票 of an entry, one a disease. Insert only; those of the newest entry count. */
export const clinicalRecord = intractableDisease.table(
  "clinical_record",
  {
    caseId: caseId(),
    /** Of the entry with which it was handed in; set by the database. */
    revision: integer().notNull().default(0),
    /** 告示番号. */
    diseaseNumber: smallint("disease_number").notNull(),
    /** 主たる疾病フラグ. */
    main: boolean().notNull(),
    /** 疾病非認定フラグ: handed in, and not certified with the others. */
    denied: boolean().notNull(),
    /** 作成医, of the list of 指定医. */
    doctorNumber: text("doctor_number").notNull(),
    doctorFrom: date("doctor_from").notNull(),
    writtenOn: date("written_on").notNull(),
    /** 診断年月日: the day on which the severity was found to be met; none for 軽症高額. */
    severeOn: date("severe_on"),
    /** On paper, or by the アクセスキー of the national database. */
    source: text({ enum: ["paper", "database"] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision, table.diseaseNumber] }),
    foreignKey({
      columns: [table.doctorNumber, table.doctorFrom],
      foreignColumns: [designatedDoctor.number, designatedDoctor.validFrom],
    }),
    index("clinical_record_doctor").on(table.doctorNumber),
    oneOf("clinical_record_source", table.source),
    check("clinical_record_disease", sql`disease_number between 1 and 999`),
    check("clinical_record_main", sql`not (main and denied)`),
  ],
);

/** 進達 of an application that a 支所 received, and 本庁受領. */
export const arrival = intractableDisease.table(
  "arrival",
  {
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => caseRow.id),
    /** 進達日. */
    forwardedOn: date("forwarded_on").notNull(),
    /** 本庁受領日. */
    arrivedOn: date("arrived_on").notNull(),
    recordedBy: integer("recorded_by").notNull().default(0),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  () => [check("arrival_order", sql`arrived_on >= forwarded_on`)],
);

/** 階層, 自己負担上限月額 and what else a certificate says: the same columns as they are proposed and as they hold. */
const terms = {
  /** From this day on, until the next terms of the entitlement begin. */
  validFrom: date("valid_from").notNull(),
  tier: text({
    enum: ["生活保護", "低所得Ⅰ", "低所得Ⅱ", "一般所得Ⅰ", "一般所得Ⅱ", "上位所得"],
  }).notNull(),
  /** 生活保護への移行防止: the tier without it. */
  tierBefore: text("tier_before"),
  mealExempt: boolean("meal_exempt").notNull(),
  /** 自己負担上限月額, yen, before and after 按分. */
  fullCap: yen("full_cap").notNull(),
  cap: yen("cap").notNull(),
  apportioned: boolean().notNull(),
  longHighCost: boolean("long_high_cost").notNull(),
  ventilator: boolean().notNull(),
  mildHighCost: boolean("mild_high_cost").notNull(),
  incomeUnconfirmed: boolean("income_unconfirmed").notNull(),
  /** 賦課年度 of the taxes that it rests on. */
  taxYear: smallint("tax_year").notNull(),
  /** 適用区分 as the insurer answered; none while it isn't known. */
  limitCategory: text("limit_category", { enum: ["ア", "イ", "ウ", "エ", "オ"] }),
  /** 公費負担者番号 of the person. */
  payerNumber: text("payer_number").notNull(),
  /** 告示番号 of what is certified, the main disease first. */
  diseases: smallint().array().notNull(),
};
const sums = sql`cap >= 0 and cap <= full_cap and (apportioned or cap = full_cap)`;
const prevented = sql`tier_before is not null or not meal_exempt`;
const anyDisease = sql`cardinality(diseases) between 1 and 20`;
const payer = sql`payer_number ~ '^54[0-9]{6}$'`;

/** What was proposed of the terms of an entitlement, in the step that proposed it; a decision carries out exactly this. */
export const proposedTerms = intractableDisease.table(
  "proposed_terms",
  {
    caseId: caseId(),
    /** Of the step that proposed it; set by the database. */
    revision: integer().notNull().default(0),
    ...terms,
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    oneOf("proposed_terms_tier", table.tier),
    oneOf("proposed_terms_category", table.limitCategory),
    check("proposed_terms_sums", sums),
    check("proposed_terms_prevented", prevented),
    check("proposed_terms_diseases", anyDisease),
    check("proposed_terms_payer", payer),
  ],
);

/** The terms of an entitlement as they hold from a day on: of those of one day the newest. Insert only. */
export const entitlementTerms = intractableDisease.table(
  "terms",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    /** The application, or the report of change, whose decision set them. */
    caseId: caseId(),
    ...terms,
    recordedBy: integer("recorded_by").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    index("terms_entitlement").on(table.entitlementId, table.validFrom),
    oneOf("terms_tier", table.tier),
    oneOf("terms_category", table.limitCategory),
    check("terms_sums", sums),
    check("terms_prevented", prevented),
    check("terms_diseases", anyDisease),
    check("terms_payer", payer),
  ],
);
