CREATE SCHEMA "mistakes";
--> statement-breakpoint
CREATE TABLE "mistakes"."adverse_report" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "mistakes"."adverse_report_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"number" text NOT NULL,
	"received_on" date NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer,
	"lot" text,
	"given_on" date NOT NULL,
	"symptom_on" date NOT NULL,
	"symptom_id" uuid NOT NULL,
	"shot_id" uuid,
	"incident_id" uuid,
	"relief_case_id" uuid,
	"state" text DEFAULT 'entered' NOT NULL,
	"withdraw_reason" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"changed_by" integer,
	"changed_at" timestamp with time zone,
	CONSTRAINT "adverse_report_serial_unique" UNIQUE("serial"),
	CONSTRAINT "adverse_report_state" CHECK (state in ('entered', 'withdrawn')),
	CONSTRAINT "adverse_report_days" CHECK (given_on <= symptom_on and symptom_on <= received_on),
	CONSTRAINT "adverse_report_number_said" CHECK (length(number) between 1 and 40),
	CONSTRAINT "adverse_report_withdrawn" CHECK ((withdraw_reason is not null) = (state = 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "mistakes"."incident" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "mistakes"."incident_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"shot_id" uuid,
	"slip_id" uuid,
	"found_by" text NOT NULL,
	"known_on" date NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer,
	"given_on" date NOT NULL,
	"clinic_code" text,
	"clinic_name" text,
	"problems" text[] DEFAULT '{}' NOT NULL,
	"category" integer,
	"report" text,
	"harm" text,
	"measures_id" uuid,
	"payable" text DEFAULT 'undecided' NOT NULL,
	"payable_reason" text,
	"claim_id" uuid,
	"relief_case_id" uuid,
	"state" text DEFAULT 'found' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"judged_by" integer,
	"asked_by" integer,
	"reported_on" date,
	"report_year" integer,
	"opened_by" integer NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "incident_serial_unique" UNIQUE("serial"),
	CONSTRAINT "mistake_found_by" CHECK (found_by in ('entry', 'clinic', 'person', 'other')),
	CONSTRAINT "mistake_state_known" CHECK (state in ('found', 'awaiting-report', 'to-report', 'reported', 'awaiting-close', 'awaiting-dismissal', 'closed', 'dismissed')),
	CONSTRAINT "mistake_payable" CHECK (payable in ('undecided', 'paid', 'not-paid')),
	CONSTRAINT "mistake_category" CHECK (category between 1 and 11),
	CONSTRAINT "mistake_report" CHECK (report in ('at-once', 'yearly')),
	CONSTRAINT "mistake_harm" CHECK (harm in ('none', 'watched', 'harmed')),
	CONSTRAINT "mistake_payable_reason" CHECK (payable_reason in ('contract', 'clinic', 'city', 'other') and payable <> 'undecided' or payable_reason is null and payable = 'undecided'),
	CONSTRAINT "mistake_known" CHECK (known_on >= given_on),
	CONSTRAINT "mistake_reported" CHECK (state not in ('reported', 'awaiting-close', 'closed') or reported_on is not null),
	CONSTRAINT "mistake_asked" CHECK ((asked_by is not null) = (state in ('awaiting-report', 'awaiting-close', 'awaiting-dismissal')))
);
--> statement-breakpoint
CREATE TABLE "mistakes"."incident_event" (
	"incident_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"reason" text,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	CONSTRAINT "incident_event_incident_id_revision_pk" PRIMARY KEY("incident_id","revision")
);
--> statement-breakpoint
CREATE TABLE "mistakes"."told" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mistakes"."told_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"incident_id" uuid NOT NULL,
	"party" text NOT NULL,
	"way" text NOT NULL,
	"told_on" date NOT NULL,
	"told_by" integer NOT NULL,
	"told_at" timestamp with time zone NOT NULL,
	CONSTRAINT "told_party" CHECK (party in ('person', 'clinic', 'prefecture', 'medical-association', 'other')),
	CONSTRAINT "told_way" CHECK (way in ('letter', 'in-person', 'telephone', 'file'))
);
--> statement-breakpoint
CREATE TABLE "mistakes"."year_report" (
	"fiscal_year" integer PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"incidents" integer DEFAULT 0 NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"approved_by" integer,
	"approved_at" timestamp with time zone,
	"sent_on" date,
	CONSTRAINT "year_report_state" CHECK (state in ('prepared', 'approved', 'sent')),
	CONSTRAINT "year_report_year" CHECK (fiscal_year between 2013 and 2200),
	CONSTRAINT "year_report_two" CHECK (approved_by <> prepared_by),
	CONSTRAINT "year_report_approved" CHECK ((approved_by is null) = (state = 'prepared')),
	CONSTRAINT "year_report_sent" CHECK ((sent_on is null) = (state <> 'sent'))
);
--> statement-breakpoint
CREATE TABLE "vaccination"."lot" (
	"vaccine" text NOT NULL,
	"lot" text NOT NULL,
	"product" text NOT NULL,
	"expires_on" date NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"withdrawn" boolean DEFAULT false NOT NULL,
	CONSTRAINT "lot_vaccine_lot_pk" PRIMARY KEY("vaccine","lot"),
	CONSTRAINT "lot_said" CHECK (length(lot) between 1 and 30 and length(product) between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "vaccination"."mother_child_number" (
	"token" bigint NOT NULL,
	"person_number" text NOT NULL,
	"slip_id" uuid NOT NULL,
	"noted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mother_child_number_token_person_number_pk" PRIMARY KEY("token","person_number")
);
--> statement-breakpoint
CREATE TABLE "vaccination"."record_paper" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "vaccination"."record_paper_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"document_number" text NOT NULL,
	"shot_ids" uuid[] NOT NULL,
	"template" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"issued_by" integer NOT NULL,
	"issued_on" date NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "record_paper_serial_unique" UNIQUE("serial"),
	CONSTRAINT "record_paper_kind" CHECK (kind in ('record', 'record-english', 'history')),
	CONSTRAINT "record_paper_shots" CHECK (cardinality(shot_ids) between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "vaccination"."shot_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vaccination"."shot_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"shot_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"what" text NOT NULL,
	"before" jsonb NOT NULL,
	"revision_id" uuid,
	"staff_id" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	CONSTRAINT "shot_change_what" CHECK (what in ('completed', 'corrected', 'cancelled', 'told-by-feed'))
);
--> statement-breakpoint
CREATE TABLE "vaccination"."shot_hold" (
	"shot_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reference" text NOT NULL,
	"held_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shot_hold_shot_id_kind_reference_pk" PRIMARY KEY("shot_id","kind","reference"),
	CONSTRAINT "shot_hold_kind" CHECK (kind in ('paper', 'refund', 'clinic-claim', 'relief')),
	CONSTRAINT "shot_hold_reference" CHECK (length(reference) between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "vaccination"."shot_revision" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "vaccination"."shot_revision_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"shot_id" uuid NOT NULL,
	"shot_seen" integer NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"values" jsonb,
	"reason" text NOT NULL,
	"holds" text[] DEFAULT '{}' NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"refusal" text,
	CONSTRAINT "shot_revision_serial_unique" UNIQUE("serial"),
	CONSTRAINT "shot_revision_kind" CHECK (kind in ('correct', 'cancel')),
	CONSTRAINT "shot_revision_state" CHECK (state in ('waiting', 'applied', 'refused', 'withdrawn')),
	CONSTRAINT "shot_revision_reason" CHECK (reason in ('typing', 'clinic-report', 'other-person', 'not-given', 'told-twice', 'evidence', 'other')),
	CONSTRAINT "shot_revision_refusal" CHECK ((refusal in ('evidence', 'values', 'other')) is not distinct from (case when state = 'refused' then true end)),
	CONSTRAINT "shot_revision_values" CHECK ((values is null) = (kind = 'cancel')),
	CONSTRAINT "shot_revision_decided" CHECK ((decided_by is null) = (state = 'waiting')),
	CONSTRAINT "shot_revision_two" CHECK (state not in ('applied', 'refused') or holds = '{}' or decided_by <> proposed_by)
);
--> statement-breakpoint
CREATE TABLE "vaccination"."slip" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "vaccination"."slip_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"reference" text,
	"outcome" text NOT NULL,
	"state" text NOT NULL,
	"person_number" text,
	"office_code" text,
	"coupon_number" text,
	"vaccine" text NOT NULL,
	"dose" integer,
	"given_on" date NOT NULL,
	"product" text,
	"lot" text,
	"volume" text,
	"route" text,
	"clinic_code" text,
	"clinic_name" text,
	"interview_on" date,
	"details_id" uuid,
	"matched_by" text,
	"score" integer,
	"doubts" text[] DEFAULT '{}' NOT NULL,
	"accepted" text,
	"shot_id" uuid,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"entered_on" date NOT NULL,
	"settled_by" integer,
	"settled_at" timestamp with time zone,
	"discard_reason" text,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "slip_serial_unique" UNIQUE("serial"),
	CONSTRAINT "slip_channel" CHECK (channel in ('slip', 'punched', 'letter', 'certificate', 'in-mover', 'mother-child-handbook', 'session', 'national')),
	CONSTRAINT "slip_outcome" CHECK (outcome in ('given', 'interview-only', 'unfit')),
	CONSTRAINT "slip_state" CHECK (state in ('recorded', 'second-channel', 'noted', 'unmatched', 'doubtful', 'discarded')),
	CONSTRAINT "slip_matched" CHECK (matched_by in ('person-number', 'coupon', 'mother-child-number', 'identity', 'hand')),
	CONSTRAINT "slip_accepted" CHECK (accepted in ('clinic', 'paper', 'as-given', 'other')),
	CONSTRAINT "slip_route" CHECK (route in ('individual', 'group')),
	CONSTRAINT "slip_clinic" CHECK (clinic_code ~ '^[0-9]{10}$'),
	CONSTRAINT "slip_coupon" CHECK (coupon_number ~ '^[0-9]{10}$'),
	CONSTRAINT "slip_dose" CHECK (dose > 0),
	CONSTRAINT "slip_reference_length" CHECK (length(reference) <= 80),
	CONSTRAINT "slip_shot_stands" CHECK ((shot_id is not null) = (state in ('recorded', 'second-channel') and outcome = 'given')),
	CONSTRAINT "slip_person_stands" CHECK (person_number is not null or state in ('unmatched', 'doubtful', 'discarded')),
	CONSTRAINT "slip_discarded" CHECK ((discard_reason is not null) = (state = 'discarded'))
);
--> statement-breakpoint
ALTER TABLE "vaccination"."shot" ADD COLUMN "volume" text;--> statement-breakpoint
ALTER TABLE "vaccination"."shot" ADD COLUMN "route" text;--> statement-breakpoint
ALTER TABLE "vaccination"."shot" ADD COLUMN "clinic_code" text;--> statement-breakpoint
ALTER TABLE "vaccination"."shot" ADD COLUMN "clinic_name" text;--> statement-breakpoint
ALTER TABLE "vaccination"."shot" ADD COLUMN "interview_on" date;--> statement-breakpoint
ALTER TABLE "vaccination"."shot" ADD COLUMN "details_id" uuid;--> statement-breakpoint
ALTER TABLE "vaccination"."shot" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "mistakes"."adverse_report" ADD CONSTRAINT "adverse_report_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "mistakes"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mistakes"."incident" ADD CONSTRAINT "incident_report_year_year_report_fiscal_year_fk" FOREIGN KEY ("report_year") REFERENCES "mistakes"."year_report"("fiscal_year") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mistakes"."incident_event" ADD CONSTRAINT "incident_event_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "mistakes"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mistakes"."told" ADD CONSTRAINT "told_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "mistakes"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "adverse_report_number" ON "mistakes"."adverse_report" USING btree ("number") WHERE state = 'entered';--> statement-breakpoint
CREATE INDEX "adverse_report_person" ON "mistakes"."adverse_report" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "adverse_report_relief" ON "mistakes"."adverse_report" USING btree ("relief_case_id");--> statement-breakpoint
CREATE INDEX "mistake_state" ON "mistakes"."incident" USING btree ("state","known_on");--> statement-breakpoint
CREATE INDEX "mistake_person" ON "mistakes"."incident" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "mistake_shot" ON "mistakes"."incident" USING btree ("shot_id");--> statement-breakpoint
CREATE INDEX "mistake_relief" ON "mistakes"."incident" USING btree ("relief_case_id");--> statement-breakpoint
CREATE INDEX "mistake_year" ON "mistakes"."incident" USING btree ("report_year");--> statement-breakpoint
CREATE UNIQUE INDEX "mistake_slip" ON "mistakes"."incident" USING btree ("slip_id") WHERE slip_id is not null;--> statement-breakpoint
CREATE INDEX "told_incident" ON "mistakes"."told" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "mother_child_number_person" ON "vaccination"."mother_child_number" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "record_paper_person" ON "vaccination"."record_paper" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "shot_change_shot" ON "vaccination"."shot_change" USING btree ("shot_id");--> statement-breakpoint
CREATE INDEX "shot_change_person" ON "vaccination"."shot_change" USING btree ("person_number");--> statement-breakpoint
CREATE UNIQUE INDEX "shot_revision_one" ON "vaccination"."shot_revision" USING btree ("shot_id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "shot_revision_waiting" ON "vaccination"."shot_revision" USING btree ("proposed_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "shot_revision_person" ON "vaccination"."shot_revision" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "slip_waiting" ON "vaccination"."slip" USING btree ("state","entered_at") WHERE state in ('unmatched', 'doubtful', 'discarded');--> statement-breakpoint
CREATE INDEX "slip_entered" ON "vaccination"."slip" USING btree ("entered_by","entered_on","serial");--> statement-breakpoint
CREATE INDEX "slip_person" ON "vaccination"."slip" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "slip_shot" ON "vaccination"."slip" USING btree ("shot_id");--> statement-breakpoint
CREATE UNIQUE INDEX "slip_reference" ON "vaccination"."slip" USING btree ("channel","reference") WHERE reference is not null;--> statement-breakpoint
ALTER TABLE "vaccination"."shot" ADD CONSTRAINT "shot_route" CHECK (route is null or route in ('individual', 'group'));--> statement-breakpoint
ALTER TABLE "vaccination"."shot" ADD CONSTRAINT "shot_clinic" CHECK (clinic_code is null or clinic_code ~ '^[0-9]{10}$');