import { sql } from "drizzle-orm";
import {
  bigint,
  char,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { isMonth, moment, oneOf, yen } from "../columns.ts";
import { caseRow } from "./cases.ts";

/** Money of 指定難病医療給付 beside receipts and claims. Written by the functions of 97-intractable-money.sql alone. */
export const intractableMoney = pgSchema("intractable_money");

/** 指定医療機関, a row a period of designation, as prefectures and designated cities publish them. */
export const designatedInstitution = intractableMoney.table(
  "institution",
  {
    /** Ten digits with check digit: of a 医療機関, a pharmacy, a 訪問看護事業者 or a 介護事業所. */
    code: char({ length: 10 }).notNull(),
    validFrom: date("valid_from").notNull(),
    /** The last day of the designation; of six years, or of a 辞退 or 取消. */
    validTo: date("valid_to"),
    name: text().notNull(),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.code, table.validFrom] }),
    index("institution_name").on(table.name),
    check("institution_code", sql`code ~ '^[0-9]{10}$'`),
    check("institution_period", sql`valid_to is null or valid_to >= valid_from`),
    check("institution_named", sql`length(name) between 1 and 120`),
  ],
);

/** 自己負担上限額管理票 of a person's month as somebody keyed it. Of a month the newest that was not taken back counts. */
export const capSheet = intractableMoney.table(
  "cap_sheet",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    month: text().notNull(),
    /** The slip itself, a copy, or 医療費申告書 with receipts in its place. */
    source: text({ enum: ["original", "copy", "declaration"] }).notNull(),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
    withdrawnBy: integer("withdrawn_by"),
    withdrawnAt: moment("withdrawn_at"),
  },
  (table) => [
    index("cap_sheet_person").on(table.personNumber, table.month),
    oneOf("cap_sheet_source", table.source),
    check("cap_sheet_month", isMonth("month")),
    check("cap_sheet_withdrawn", sql`(withdrawn_by is null) = (withdrawn_at is null)`),
  ],
);

/** A row of a 管理票; yen. */
export const capSheetRow = intractableMoney.table(
  "cap_sheet_row",
  {
    sheetId: bigint("sheet_id", { mode: "number" }).notNull(),
    /** From 1, in the order of the slip. */
    number: integer().notNull(),
    usedOn: date("used_on").notNull(),
    institution: char({ length: 10 }).notNull(),
    /** 医療費総額 (10割). */
    total: yen("total").notNull(),
    /** 自己負担額. */
    share: yen("share").notNull(),
    /** 自己負担の累積額 as the slip says it; nothing where it was left empty. */
    running: yen("running"),
  },
  (table) => [
    primaryKey({ columns: [table.sheetId, table.number] }),
    foreignKey({ columns: [table.sheetId], foreignColumns: [capSheet.id] }),
    check("cap_sheet_row_amounts", sql`total >= 0 and share >= 0 and share <= total`),
  ],
);

/** What an application for 償還払い is, in codes; the newest row of a claim counts. */
export const refundDetail = intractableMoney.table(
  "refund_detail",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    number: integer().notNull(),
    /** 請求理由種別. */
    reason: text({
      enum: ["before-recognition", "not-shown", "above-cap", "institution-error", "other"],
    }).notNull(),
    /** 受付窓口区分. */
    reception: text({ enum: ["branch", "head", "post", "electronic"] }).notNull(),
    /** 認定区分: of which application the recognition is. */
    recognition: text({ enum: ["new", "renewal", "change", "transfer"] }).notNull(),
    /** 登録支所: the office that registered it. */
    branchOffice: text("branch_office"),
    /** 進達日 and 本庁受領日. */
    forwardedOn: date("forwarded_on"),
    arrivedOn: date("arrived_on"),
    recordedBy: integer("recorded_by").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.number] }),
    oneOf("refund_detail_reason", table.reason),
    oneOf("refund_detail_reception", table.reception),
    oneOf("refund_detail_recognition", table.recognition),
    check(
      "refund_detail_order",
      sql`arrived_on is null or forwarded_on is not null and arrived_on >= forwarded_on`,
    ),
  ],
);
