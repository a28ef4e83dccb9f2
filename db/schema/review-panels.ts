import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, moment, oneOf } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { formSetting } from "./printing.ts";

/**
 * 審査会: panels of appointed experts that advise on cases (予防接種健康被害調査委員会, 指定難病審査会): members with terms and groups,
 * meetings with an agenda, invitations, votes and answers. A panel decides nothing. Outside the vault stand codes, days and votes;
 * the words of an answer and of the minutes are sealed.
 */
export const reviewPanels = pgSchema("review_panels");

/** A panel as its 事務 declares it, written by the installation alone (db/sql). */
export const panel = reviewPanels.table(
  "panel",
  {
    code: text().primaryKey(),
    program: text().notNull(),
    /** The kind of cases that it hears, and the state in which they wait for it. */
    kind: text().notNull(),
    waitsIn: text("waits_in").notNull(),
    /** For whom members may sit in it. */
    roles: text().array().notNull(),
    /** What it may say; votes are cast for these. */
    opinions: text().array().notNull(),
    /** Of an opinion that is given with a reason, the codes of the reasons. */
    reasons: jsonb().$type<Readonly<Record<string, readonly string[]>>>().notNull(),
    /** An answer counts once somebody else has compared it with the minutes. */
    compared: boolean().notNull(),
    /** Members that have to be there where the city settled nothing (`half`: half of them; `over-half`: more). */
    quorum: text({ enum: ["half", "over-half"] }).notNull(),
    /** The figure by which the city settles it, where it may. */
    quorumKey: text("quorum_key"),
  },
  (table) => [oneOf("panel_quorum", table.quorum)],
);

const ofPanel = () =>
  text()
    .notNull()
    .references(() => panel.code);

/** 審査グループ (部会): a part of a panel that hears the cases of its field. */
export const panelGroup = reviewPanels.table(
  "panel_group",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    panel: ofPanel(),
    title: text().notNull(),
    closedOn: date("closed_on"),
    enteredBy: integer("entered_by").notNull(),
  },
  (table) => [
    uniqueIndex("panel_group_title").on(table.panel, table.title),
    check("panel_group_words", sql`length(title) between 1 and 40`),
  ],
);

/** 委員: appointed from a day until another. Names of appointed experts, as those of staff. */
export const panelMember = reviewPanels.table(
  "member",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    panel: ofPanel(),
    name: text().notNull(),
    /** For whom they sit there; of the roles of the panel. */
    role: text().notNull(),
    /** Where the invitation goes: the institution. */
    organisation: text().notNull(),
    postalCode: text("postal_code").notNull(),
    address: text().notNull(),
    from: date("from_day").notNull(),
    to: date("to_day").notNull(),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
  },
  (table) => [
    index("member_panel").on(table.panel, table.to),
    check("member_term", sql`from_day <= to_day`),
    check("member_postal_code", sql`postal_code ~ '^[0-9]{7}$'`),
    check(
      "member_words",
      sql`length(name) between 1 and 60 and length(organisation) between 1 and 80 and length(address) between 1 and 120`,
    ),
  ],
);

/** Of which groups somebody is a member. */
export const memberGroup = reviewPanels.table(
  "member_group",
  {
    memberId: integer("member_id")
      .notNull()
      .references(() => panelMember.id),
    groupId: integer("group_id")
      .notNull()
      .references(() => panelGroup.id),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.groupId] })],
);

/** A meeting of a panel, or of one of its groups. */
export const panelSession = reviewPanels.table(
  "session",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    panel: ofPanel(),
    groupId: integer("group_id").references(() => panelGroup.id),
    heldOn: date("held_on").notNull(),
    /** 14時00分 */
    heldAt: text("held_at").notNull(),
    place: text().notNull(),
    state: text({ enum: ["planned", "invited", "held", "cancelled"] })
      .notNull()
      .default("planned"),
    /** Members whose term holds on that day, counted as it is held. */
    appointed: integer(),
    chairId: integer("chair_id").references(() => panelMember.id),
    plannedBy: integer("planned_by").notNull(),
    plannedAt: moment("planned_at").notNull().defaultNow(),
  },
  (table) => [
    index("session_panel").on(table.panel, table.heldOn),
    oneOf("session_state", table.state),
    check(
      "session_held_whole",
      sql`(state = 'held') = (appointed is not null) and (state = 'held') = (chair_id is not null)`,
    ),
    check(
      "session_words",
      sql`held_at ~ '^[0-2]?[0-9]時[0-5][0-9]分$' and length(place) between 1 and 80`,
    ),
  ],
);

/** 議題: a case on the agenda, under a number instead of a name. */
export const sessionCase = reviewPanels.table(
  "session_case",
  {
    sessionId: integer("session_id")
      .notNull()
      .references(() => panelSession.id),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** 事例1, 事例2 … */
    position: integer().notNull(),
    addedBy: integer("added_by").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.caseId] }),
    uniqueIndex("session_case_position").on(table.sessionId, table.position),
    index("session_case_case").on(table.caseId),
    check("session_case_position_counts", sql`position > 0`),
  ],
);

/** A member who was invited, with the letter as it was printed (it names no citizen), and whether they came. */
export const sessionMember = reviewPanels.table(
  "session_member",
  {
    sessionId: integer("session_id")
      .notNull()
      .references(() => panelSession.id),
    memberId: integer("member_id")
      .notNull()
      .references(() => panelMember.id),
    documentNumber: text("document_number").notNull(),
    letter: bytea("letter").notNull(),
    templateVersion: text("template_version").notNull(),
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
    invitedOn: date("invited_on").notNull(),
    invitedBy: integer("invited_by").notNull(),
    attended: boolean(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.memberId] }),
    uniqueIndex("session_member_document").on(table.documentNumber),
  ],
);

/**
 * 答申, 調査報告: what a meeting says of a case, or of one matter of it (a disease). Its words and the passage of the minutes are
 * sealed. What was sent back is recorded anew; nothing else is ever changed.
 */
export const panelAnswer = reviewPanels.table(
  "answer",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    sessionId: integer("session_id").notNull(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** Of what it is: the number of a disease; empty where it is of the whole case. */
    matter: text().notNull().default(""),
    /** How many voted for each opinion, without whoever was in the chair. */
    votes: jsonb().$type<Readonly<Record<string, number>>>().notNull(),
    /** What the chair said where votes were equal. */
    casting: text(),
    opinion: text().notNull(),
    reason: text(),
    /** Words of the answer and of the minutes. */
    sealedId: uuid("sealed_id").notNull(),
    /** Revision of the case as which it was answered; set by the database. */
    revision: integer().notNull(),
    recordedBy: integer("recorded_by").notNull(),
    recordedOn: date("recorded_on").notNull(),
    /** Who compared it with the minutes: somebody else. */
    comparedBy: integer("compared_by"),
    comparedOn: date("compared_on"),
    sentBackBy: integer("sent_back_by"),
    sentBackOn: date("sent_back_on"),
  },
  (table) => [
    foreignKey({
      columns: [table.sessionId, table.caseId],
      foreignColumns: [sessionCase.sessionId, sessionCase.caseId],
    }),
    index("answer_case").on(table.caseId),
    uniqueIndex("answer_stands_once")
      .on(table.sessionId, table.caseId, table.matter)
      .where(sql`sent_back_by is null`),
    check("answer_compared_whole", sql`num_nulls(compared_by, compared_on) in (0, 2)`),
    check("answer_sent_back_whole", sql`num_nulls(sent_back_by, sent_back_on) in (0, 2)`),
    check("answer_one_of_both", sql`compared_by is null or sent_back_by is null`),
    check(
      "answer_by_another",
      sql`recorded_by <> all (array_remove(array[compared_by, sent_back_by], null))`,
    ),
  ],
);
