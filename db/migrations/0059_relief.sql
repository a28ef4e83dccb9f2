CREATE SCHEMA "relief";
--> statement-breakpoint
CREATE TABLE "relief"."answer" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"outcome" text NOT NULL,
	"answered_on" date NOT NULL,
	"arrived_on" date NOT NULL,
	"reference" text NOT NULL,
	CONSTRAINT "answer_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "answer_outcome" CHECK (outcome in ('recognised', 'denied', 'deferred')),
	CONSTRAINT "answer_days" CHECK (answered_on <= arrived_on),
	CONSTRAINT "answer_reference" CHECK (length(reference) between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "relief"."answer_benefit" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"benefit" text NOT NULL,
	"recognised" boolean NOT NULL,
	"grade" integer,
	"from_day" date,
	"to_day" date,
	CONSTRAINT "answer_benefit_case_id_revision_benefit_pk" PRIMARY KEY("case_id","revision","benefit"),
	CONSTRAINT "answer_benefit_grade" CHECK (grade between 1 and 3),
	CONSTRAINT "answer_benefit_days" CHECK (from_day <= to_day),
	CONSTRAINT "answer_benefit_recognised" CHECK (recognised or num_nonnulls(grade, from_day, to_day) = 0)
);
--> statement-breakpoint
CREATE TABLE "relief"."appeal" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"outcome" text NOT NULL,
	"on_day" date NOT NULL,
	CONSTRAINT "appeal_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "appeal_outcome" CHECK (outcome in ('filed', 'upheld', 'dismissed'))
);
--> statement-breakpoint
CREATE TABLE "relief"."blackout" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "relief"."blackout_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"attachment_id" uuid NOT NULL,
	"page" integer NOT NULL,
	"left_at" integer NOT NULL,
	"top_at" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"marked_by" integer NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	"taken_back_by" integer,
	"taken_back_at" timestamp with time zone,
	CONSTRAINT "blackout_within" CHECK (page between 1 and 500 and left_at >= 0 and top_at >= 0 and width > 0 and height > 0 and left_at + width <= 1000 and top_at + height <= 1000),
	CONSTRAINT "blackout_taken_back_whole" CHECK (num_nulls(taken_back_by, taken_back_at) in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "relief"."checked_page" (
	"case_id" uuid NOT NULL,
	"attachment_id" uuid NOT NULL,
	"page" integer NOT NULL,
	"checked_by" integer NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "checked_page_case_id_attachment_id_page_pk" PRIMARY KEY("case_id","attachment_id","page")
);
--> statement-breakpoint
CREATE TABLE "relief"."claim_facts" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"class" text NOT NULL,
	"vaccine" text NOT NULL,
	"shot_on" date NOT NULL,
	"shot_id" uuid,
	"residence_code" text NOT NULL,
	"died_on" date,
	"benefits" text[] NOT NULL,
	"claimant_number" text NOT NULL,
	"relation" text NOT NULL,
	"claimed_on" date NOT NULL,
	CONSTRAINT "claim_facts_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "claim_facts_class" CHECK (class in ('A', 'B', 'temporary', 'city')),
	CONSTRAINT "claim_facts_relation" CHECK (relation in ('self', 'guardian', 'representative', 'carer', 'spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'funeral')),
	CONSTRAINT "claim_facts_residence" CHECK (residence_code ~ '^[0-9]{6}$'),
	CONSTRAINT "claim_facts_days" CHECK (shot_on <= claimed_on and died_on >= shot_on),
	CONSTRAINT "claim_facts_vaccine" CHECK (length(vaccine) between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "relief"."committee_member" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "relief"."committee_member_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"role" text NOT NULL,
	"organisation" text NOT NULL,
	"postal_code" text NOT NULL,
	"address" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "committee_member_role" CHECK (role in ('medical-association', 'health-centre', 'prefecture-doctor', 'specialist', 'deputy-mayor', 'other')),
	CONSTRAINT "committee_member_term" CHECK (from_day <= to_day),
	CONSTRAINT "committee_member_postal_code" CHECK (postal_code ~ '^[0-9]{7}$'),
	CONSTRAINT "committee_member_words" CHECK (length(name) between 1 and 60 and length(organisation) between 1 and 80 and length(address) between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "relief"."committee_report" (
	"session_id" integer NOT NULL,
	"case_id" uuid NOT NULL,
	"related" integer NOT NULL,
	"unrelated" integer NOT NULL,
	"undetermined" integer NOT NULL,
	"casting" text,
	"opinion" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorded_on" date NOT NULL,
	CONSTRAINT "committee_report_session_id_case_id_pk" PRIMARY KEY("session_id","case_id"),
	CONSTRAINT "committee_report_opinion" CHECK (opinion in ('related', 'unrelated', 'undetermined')),
	CONSTRAINT "committee_report_casting" CHECK (casting in ('related', 'unrelated', 'undetermined')),
	CONSTRAINT "committee_report_votes" CHECK (least(related, unrelated, undetermined) >= 0)
);
--> statement-breakpoint
CREATE TABLE "relief"."committee_session" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "relief"."committee_session_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"held_on" date NOT NULL,
	"held_at" text NOT NULL,
	"place" text NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"appointed" integer,
	"chair_id" integer,
	"planned_by" integer NOT NULL,
	"planned_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "committee_session_state" CHECK (state in ('planned', 'invited', 'held', 'cancelled')),
	CONSTRAINT "committee_session_held_whole" CHECK ((state = 'held') = (appointed is not null) and (state = 'held') = (chair_id is not null)),
	CONSTRAINT "committee_session_words" CHECK (held_at ~ '^[0-2]?[0-9]時[0-5][0-9]分$' and length(place) between 1 and 80)
);
--> statement-breakpoint
CREATE TABLE "relief"."forwarding" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"package_id" uuid NOT NULL,
	"forwarded_on" date NOT NULL,
	CONSTRAINT "forwarding_case_id_revision_pk" PRIMARY KEY("case_id","revision")
);
--> statement-breakpoint
CREATE TABLE "relief"."harm" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_number" text NOT NULL,
	"case_id" uuid NOT NULL,
	"opened_by" integer DEFAULT 0 NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "relief"."package" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"sealed_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"pages" integer NOT NULL,
	"blackouts" integer NOT NULL,
	"scans" uuid[] NOT NULL,
	"counts" integer[] NOT NULL,
	"revision" integer NOT NULL,
	"made_by" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "package_pages" CHECK (pages > 0)
);
--> statement-breakpoint
CREATE TABLE "relief"."claim" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"harm_id" uuid NOT NULL,
	"follows" uuid,
	CONSTRAINT "claim_follows_another" CHECK (follows <> case_id)
);
--> statement-breakpoint
CREATE TABLE "relief"."session_case" (
	"session_id" integer NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"added_by" integer NOT NULL,
	CONSTRAINT "session_case_session_id_case_id_pk" PRIMARY KEY("session_id","case_id"),
	CONSTRAINT "session_case_position_counts" CHECK (position > 0)
);
--> statement-breakpoint
CREATE TABLE "relief"."session_member" (
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
ALTER TABLE "relief"."answer" ADD CONSTRAINT "answer_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."answer_benefit" ADD CONSTRAINT "answer_benefit_case_id_revision_answer_case_id_revision_fk" FOREIGN KEY ("case_id","revision") REFERENCES "relief"."answer"("case_id","revision") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."appeal" ADD CONSTRAINT "appeal_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."blackout" ADD CONSTRAINT "blackout_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."blackout" ADD CONSTRAINT "blackout_attachment_id_attachment_id_fk" FOREIGN KEY ("attachment_id") REFERENCES "intake"."attachment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."checked_page" ADD CONSTRAINT "checked_page_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."checked_page" ADD CONSTRAINT "checked_page_attachment_id_attachment_id_fk" FOREIGN KEY ("attachment_id") REFERENCES "intake"."attachment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."claim_facts" ADD CONSTRAINT "claim_facts_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."committee_report" ADD CONSTRAINT "committee_report_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."committee_report" ADD CONSTRAINT "committee_report_session_id_case_id_session_case_session_id_case_id_fk" FOREIGN KEY ("session_id","case_id") REFERENCES "relief"."session_case"("session_id","case_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."committee_session" ADD CONSTRAINT "committee_session_chair_id_committee_member_id_fk" FOREIGN KEY ("chair_id") REFERENCES "relief"."committee_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."forwarding" ADD CONSTRAINT "forwarding_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."forwarding" ADD CONSTRAINT "forwarding_package_id_package_id_fk" FOREIGN KEY ("package_id") REFERENCES "relief"."package"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."harm" ADD CONSTRAINT "harm_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."package" ADD CONSTRAINT "package_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."claim" ADD CONSTRAINT "claim_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."claim" ADD CONSTRAINT "claim_harm_id_harm_id_fk" FOREIGN KEY ("harm_id") REFERENCES "relief"."harm"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."claim" ADD CONSTRAINT "claim_follows_case_id_fk" FOREIGN KEY ("follows") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."session_case" ADD CONSTRAINT "session_case_session_id_committee_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "relief"."committee_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."session_case" ADD CONSTRAINT "session_case_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."session_member" ADD CONSTRAINT "session_member_session_id_committee_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "relief"."committee_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."session_member" ADD CONSTRAINT "session_member_member_id_committee_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "relief"."committee_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief"."session_member" ADD CONSTRAINT "session_member_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "blackout_page" ON "relief"."blackout" USING btree ("case_id","attachment_id","page");--> statement-breakpoint
CREATE INDEX "claim_facts_claimant" ON "relief"."claim_facts" USING btree ("claimant_number");--> statement-breakpoint
CREATE INDEX "committee_report_case" ON "relief"."committee_report" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "harm_person" ON "relief"."harm" USING btree ("person_number");--> statement-breakpoint
CREATE UNIQUE INDEX "harm_case" ON "relief"."harm" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "package_case" ON "relief"."package" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "claim_harm" ON "relief"."claim" USING btree ("harm_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_case_position" ON "relief"."session_case" USING btree ("session_id","position");--> statement-breakpoint
CREATE INDEX "session_case_case" ON "relief"."session_case" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_member_document" ON "relief"."session_member" USING btree ("document_number");