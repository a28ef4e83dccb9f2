import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { oneOf } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { formSetting } from "./printing.ts";
import { panelGroup } from "./review-panels.ts";

/** 審査 of 指定難病: 書類審査, what goes to the panel, and 登録者証. Codes and days; no word of a disease beside its number. */
export const intractableReview = pgSchema("intractable_review");

const ofStep = {
  caseId: uuid("case_id")
    .notNull()
    .references(() => caseRow.id),
  /** Of the step; set by the database. */
  revision: integer().notNull().default(0),
};

/** 書類審査区分: what the office found in 臨床調査個人票, by the step that says so; the newest counts. Insert only. */
export const recordCheck = intractableReview.table(
  "record_check",
  { ...ofStep, result: text({ enum: ["clear", "doubtful", "defective"] }).notNull() },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    oneOf("record_check_result", table.result),
  ],
);

/** 審査依頼: that the panel is asked, and which 審査グループ; 再審査 where it was asked before. Insert only. */
export const referral = intractableReview.table(
  "referral",
  {
    ...ofStep,
    groupId: integer("group_id").references(() => panelGroup.id),
    /** 再審査フラグ; set by the database. */
    again: boolean().notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.revision] })],
);

/**
 * 登録者証 (難病法第28条第2項): proposed by one, decided by another. It has no last day and names no disease. Of the mild without an
 * application for 支給認定 the evidence stands here; of the others it is the application.
 */
export const registration = intractableReview.table(
  "registration",
  {
    id: uuid().primaryKey().defaultRandom(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    /** 受給者, 診断基準を満たすが不認定, 支給認定を申請しない軽症の方. */
    kind: text({ enum: ["recipient", "criteria", "mild"] }).notNull(),
    /** The application that it rests on; none of the mild. */
    caseId: uuid("case_id").references(() => caseRow.id),
    /** 告示番号, 指定医 and day of the diagnosis, of the mild. */
    diseaseNumber: smallint("disease_number"),
    doctorNumber: text("doctor_number"),
    diagnosedOn: date("diagnosed_on"),
    outcome: text({ enum: ["granted", "refused"] }).notNull(),
    /** Why it is refused; none of those that were proposed before reasons were kept. */
    refusal: text({ enum: ["diagnosis", "residence", "documents"] }),
    /** Asked for on paper; by マイナンバー alone otherwise. */
    paper: boolean().notNull(),
    /** 有効期間開始日 of what is granted. */
    validFrom: date("valid_from"),
    state: text({ enum: ["proposed", "decided", "sent-back"] })
      .notNull()
      .default("proposed"),
    proposedBy: integer("proposed_by").notNull(),
    proposedOn: date("proposed_on").notNull(),
    decidedBy: integer("decided_by"),
    decidedOn: date("decided_on"),
  },
  (table) => [
    index("registration_person").on(table.personNumber),
    index("registration_case").on(table.caseId),
    uniqueIndex("registration_once")
      .on(table.personNumber)
      .where(sql`outcome = 'granted' and state <> 'sent-back'`),
    oneOf("registration_kind", table.kind),
    oneOf("registration_outcome", table.outcome),
    oneOf("registration_state", table.state),
    oneOf("registration_refusal", table.refusal),
    check("registration_refused", sql`refusal is null or outcome = 'refused'`),
    check("registration_rests", sql`(kind = 'mild') = (case_id is null)`),
    check(
      "registration_evidence",
      sql`num_nonnulls(disease_number, doctor_number, diagnosed_on) = case when kind = 'mild' then 3 else 0 end`,
    ),
    check("registration_from", sql`(outcome = 'granted') = (valid_from is not null)`),
    check(
      "registration_decided",
      sql`(state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_on is null) and decided_by is distinct from proposed_by`,
    ),
  ],
);

/** 発行通知, 却下通知: what was decided about a 登録者証 is told once, and kept as it was printed. Insert only. */
export const registrationNotice = intractableReview.table("registration_notice", {
  registrationId: uuid("registration_id")
    .primaryKey()
    .references(() => registration.id),
  documentNumber: text("document_number").notNull().unique(),
  templateVersion: text("template_version").notNull(),
  formSettingId: integer("form_setting_id").references(() => formSetting.id),
  sealedId: uuid("sealed_id").notNull(),
  issuedOn: date("issued_on").notNull(),
  issuedBy: integer("issued_by").notNull(),
});
