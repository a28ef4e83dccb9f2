CREATE SCHEMA "review_panels";
--> statement-breakpoint
CREATE TABLE "review_panels"."member_group" (
	"member_id" integer NOT NULL,
	"group_id" integer NOT NULL,
	CONSTRAINT "member_group_member_id_group_id_pk" PRIMARY KEY("member_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "review_panels"."panel" (
	"code" text PRIMARY KEY NOT NULL,
	"program" text NOT NULL,
	"kind" text NOT NULL,
	"waits_in" text NOT NULL,
	"roles" text[] NOT NULL,
	"opinions" text[] NOT NULL,
	"reasons" jsonb NOT NULL,
	"compared" boolean NOT NULL,
	"quorum" text NOT NULL,
	"quorum_key" text,
	CONSTRAINT "panel_quorum" CHECK (quorum in ('half', 'over-half'))
);
--> statement-breakpoint
CREATE TABLE "review_panels"."answer" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_panels"."answer_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"session_id" integer NOT NULL,
	"case_id" uuid NOT NULL,
	"matter" text DEFAULT '' NOT NULL,
	"votes" jsonb NOT NULL,
	"casting" text,
	"opinion" text NOT NULL,
	"reason" text,
	"sealed_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorded_on" date NOT NULL,
	"compared_by" integer,
	"compared_on" date,
	"sent_back_by" integer,
	"sent_back_on" date,
	CONSTRAINT "answer_compared_whole" CHECK (num_nulls(compared_by, compared_on) in (0, 2)),
	CONSTRAINT "answer_sent_back_whole" CHECK (num_nulls(sent_back_by, sent_back_on) in (0, 2)),
	CONSTRAINT "answer_one_of_both" CHECK (compared_by is null or sent_back_by is null),
	CONSTRAINT "answer_by_another" CHECK (recorded_by <> all (array_remove(array[compared_by, sent_back_by], null)))
);
--> statement-breakpoint
CREATE TABLE "review_panels"."panel_group" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_panels"."panel_group_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"panel" text NOT NULL,
	"title" text NOT NULL,
	"closed_on" date,
	"entered_by" integer NOT NULL,
	CONSTRAINT "panel_group_words" CHECK (length(title) between 1 and 40)
);
--> statement-breakpoint
CREATE TABLE "review_panels"."member" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_panels"."member_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"panel" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"organisation" text NOT NULL,
	"postal_code" text NOT NULL,
	"address" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_term" CHECK (from_day <= to_day),
	CONSTRAINT "member_postal_code" CHECK (postal_code ~ '^[0-9]{7}$'),
	CONSTRAINT "member_words" CHECK (length(name) between 1 and 60 and length(organisation) between 1 and 80 and length(address) between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "review_panels"."session" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "review_panels"."session_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"panel" text NOT NULL,
	"group_id" integer,
	"held_on" date NOT NULL,
	"held_at" text NOT NULL,
	"place" text NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"appointed" integer,
	"chair_id" integer,
	"planned_by" integer NOT NULL,
	"planned_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_state" CHECK (state in ('planned', 'invited', 'held', 'cancelled')),
	CONSTRAINT "session_held_whole" CHECK ((state = 'held') = (appointed is not null) and (state = 'held') = (chair_id is not null)),
	CONSTRAINT "session_words" CHECK (held_at ~ '^[0-2]?[0-9]時[0-5][0-9]分$' and length(place) between 1 and 80)
);
--> statement-breakpoint
CREATE TABLE "review_panels"."session_case" (
	"session_id" integer NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"added_by" integer NOT NULL,
	CONSTRAINT "session_case_session_id_case_id_pk" PRIMARY KEY("session_id","case_id"),
	CONSTRAINT "session_case_position_counts" CHECK (position > 0)
);
--> statement-breakpoint
CREATE TABLE "review_panels"."session_member" (
	"session_id" integer NOT NULL,
	"member_id" integer NOT NULL,
	"document_number" text NOT NULL,
	"letter" "bytea" NOT NULL,
	"template_version" text NOT NULL,
	"form_setting_id" integer,
	"invited_on" date NOT NULL,
	"invited_by" integer NOT NULL,
	"attended" boolean,
	CONSTRAINT "session_member_session_id_member_id_pk" PRIMARY KEY("session_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "review_panels"."member_group" ADD CONSTRAINT "member_group_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "review_panels"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."member_group" ADD CONSTRAINT "member_group_group_id_panel_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "review_panels"."panel_group"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."answer" ADD CONSTRAINT "answer_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."answer" ADD CONSTRAINT "answer_session_id_case_id_session_case_session_id_case_id_fk" FOREIGN KEY ("session_id","case_id") REFERENCES "review_panels"."session_case"("session_id","case_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."panel_group" ADD CONSTRAINT "panel_group_panel_panel_code_fk" FOREIGN KEY ("panel") REFERENCES "review_panels"."panel"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."member" ADD CONSTRAINT "member_panel_panel_code_fk" FOREIGN KEY ("panel") REFERENCES "review_panels"."panel"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."session" ADD CONSTRAINT "session_panel_panel_code_fk" FOREIGN KEY ("panel") REFERENCES "review_panels"."panel"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."session" ADD CONSTRAINT "session_group_id_panel_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "review_panels"."panel_group"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."session" ADD CONSTRAINT "session_chair_id_member_id_fk" FOREIGN KEY ("chair_id") REFERENCES "review_panels"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."session_case" ADD CONSTRAINT "session_case_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "review_panels"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."session_case" ADD CONSTRAINT "session_case_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."session_member" ADD CONSTRAINT "session_member_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "review_panels"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."session_member" ADD CONSTRAINT "session_member_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "review_panels"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_panels"."session_member" ADD CONSTRAINT "session_member_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_case" ON "review_panels"."answer" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "answer_stands_once" ON "review_panels"."answer" USING btree ("session_id","case_id","matter") WHERE sent_back_by is null;--> statement-breakpoint
CREATE UNIQUE INDEX "panel_group_title" ON "review_panels"."panel_group" USING btree ("panel","title");--> statement-breakpoint
CREATE INDEX "member_panel" ON "review_panels"."member" USING btree ("panel","to_day");--> statement-breakpoint
CREATE INDEX "session_panel" ON "review_panels"."session" USING btree ("panel","held_on");--> statement-breakpoint
CREATE UNIQUE INDEX "session_case_position" ON "review_panels"."session_case" USING btree ("session_id","position");--> statement-breakpoint
CREATE INDEX "session_case_case" ON "review_panels"."session_case" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_member_document" ON "review_panels"."session_member" USING btree ("document_number");--> statement-breakpoint
-- The committee of 健康被害救済 becomes a panel, with its members, meetings and reports.
INSERT INTO "review_panels"."panel" ("code", "program", "kind", "waits_in", "roles", "opinions", "reasons", "compared", "quorum")
VALUES ('relief-committee', 'vaccination', 'vaccination/relief', 'committee', '{}', '{}', '{}', false, 'half');--> statement-breakpoint
INSERT INTO "review_panels"."member" ("id", "panel", "name", "role", "organisation", "postal_code", "address", "from_day", "to_day", "entered_by", "entered_at")
OVERRIDING SYSTEM VALUE SELECT "id", 'relief-committee', "name", "role", "organisation", "postal_code", "address", "from_day", "to_day", "entered_by", "entered_at" FROM "relief"."committee_member";--> statement-breakpoint
INSERT INTO "review_panels"."session" ("id", "panel", "held_on", "held_at", "place", "state", "appointed", "chair_id", "planned_by", "planned_at")
OVERRIDING SYSTEM VALUE SELECT "id", 'relief-committee', "held_on", "held_at", "place", "state", "appointed", "chair_id", "planned_by", "planned_at" FROM "relief"."committee_session";--> statement-breakpoint
INSERT INTO "review_panels"."session_case" ("session_id", "case_id", "position", "added_by")
SELECT "session_id", "case_id", "position", "added_by" FROM "relief"."session_case";--> statement-breakpoint
INSERT INTO "review_panels"."session_member" ("session_id", "member_id", "document_number", "letter", "template_version", "form_setting_id", "invited_on", "invited_by", "attended")
SELECT "session_id", "member_id", "document_number", "letter", "template_version", "form_setting_id", "invited_on", "invited_by", "attended" FROM "relief"."session_member";--> statement-breakpoint
INSERT INTO "review_panels"."answer" ("session_id", "case_id", "votes", "casting", "opinion", "sealed_id", "revision", "recorded_by", "recorded_on")
SELECT "session_id", "case_id", jsonb_build_object('related', "related", 'unrelated', "unrelated", 'undetermined', "undetermined"), "casting", "opinion", "sealed_id", "revision", "recorded_by", "recorded_on"
  FROM "relief"."committee_report" ORDER BY "recorded_on", "session_id", "revision";--> statement-breakpoint
SELECT setval(pg_get_serial_sequence('review_panels.member', 'id'), coalesce((SELECT max("id") FROM "review_panels"."member"), 0) + 1, false);--> statement-breakpoint
SELECT setval(pg_get_serial_sequence('review_panels.session', 'id'), coalesce((SELECT max("id") FROM "review_panels"."session"), 0) + 1, false);
