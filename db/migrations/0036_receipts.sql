CREATE SCHEMA "receipts";
--> statement-breakpoint
CREATE TABLE "receipts"."adjustment_reason" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "receipts"."adjustment_reason_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"asked_by" integer NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "adjustment_reason_channel" CHECK (channel in ('payment-fund', 'federation', 'direct')),
	CONSTRAINT "adjustment_reason_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "adjustment_reason_code" CHECK (code ~ '^[0-9A-Z]{1,8}$'),
	CONSTRAINT "adjustment_reason_days" CHECK (valid_to is null or valid_from <= valid_to),
	CONSTRAINT "adjustment_reason_two_people" CHECK (decided_by is null or decided_by <> asked_by)
);
--> statement-breakpoint
CREATE TABLE "receipts"."benefit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "receipts"."benefit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"origin_id" bigint,
	"adjustment_id" integer,
	"program" text NOT NULL,
	"person_number" text NOT NULL,
	"recipient_number" text NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"office_code" text NOT NULL,
	"file_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"channel" text NOT NULL,
	"claim_month" text NOT NULL,
	"treatment_month" text NOT NULL,
	"payment_month" text NOT NULL,
	"institution" char(10) NOT NULL,
	"care" text NOT NULL,
	"payer_number" text NOT NULL,
	"insurer_number" text,
	"other_funds" text[] NOT NULL,
	"days" integer,
	"points" bigint NOT NULL,
	"total_cost" bigint NOT NULL,
	"insured" bigint NOT NULL,
	"high_cost" bigint NOT NULL,
	"additional_benefit" bigint NOT NULL,
	"other_public" bigint NOT NULL,
	"subsidy" bigint NOT NULL,
	"patient_pays" bigint NOT NULL,
	"remarks" text[] NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "benefit_kind" CHECK (kind in ('original', 'taken-back', 'withdrawal', 're-examination')),
	CONSTRAINT "benefit_channel" CHECK (channel in ('payment-fund', 'federation', 'direct')),
	CONSTRAINT "benefit_care" CHECK (care in ('outpatient', 'inpatient', 'pharmacy', 'home-nursing')),
	CONSTRAINT "benefit_origin_named" CHECK ((kind = 'original') = (origin_id is null))
);
--> statement-breakpoint
CREATE TABLE "receipts"."statement" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "receipts"."statement_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"claim_month" text NOT NULL,
	"claimed_count" integer NOT NULL,
	"claimed_amount" bigint NOT NULL,
	"advance_amount" bigint NOT NULL,
	"ledger_count" integer NOT NULL,
	"ledger_amount" bigint NOT NULL,
	"difference_reason" text,
	"asked_by" integer NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "statement_channel" CHECK (channel in ('payment-fund', 'federation', 'direct')),
	CONSTRAINT "statement_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "statement_month" CHECK (claim_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "statement_amounts" CHECK (claimed_count >= 0 and claimed_amount >= 0 and advance_amount >= 0),
	CONSTRAINT "statement_difference" CHECK (claimed_amount = ledger_amount or difference_reason is not null),
	CONSTRAINT "statement_two_people" CHECK (decided_by is null or decided_by <> asked_by)
);
--> statement-breakpoint
CREATE TABLE "receipts"."institution" (
	"code" char(10) PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"named_in" text NOT NULL,
	"registered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "institution_code" CHECK (code ~ '^[0-9]{10}$')
);
--> statement-breakpoint
CREATE TABLE "receipts"."receipt" (
	"file_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"lot" integer NOT NULL,
	"line" integer NOT NULL,
	"number" integer,
	"search_number" text,
	"institution" char(10),
	"care" text,
	"type" text,
	"treatment_month" text,
	"program" text,
	"entitlement_kind" text,
	"payer_number" text,
	"recipient_number" text,
	"registered_number" text,
	"person_number" text,
	"entitlement_id" uuid,
	"office_code" text,
	"insurer_number" text,
	"other_funds" text[] DEFAULT '{}' NOT NULL,
	"days" integer,
	"points" bigint DEFAULT 0 NOT NULL,
	"total_cost" bigint DEFAULT 0 NOT NULL,
	"insured" bigint DEFAULT 0 NOT NULL,
	"high_cost" bigint DEFAULT 0 NOT NULL,
	"additional_benefit" bigint DEFAULT 0 NOT NULL,
	"other_public" bigint DEFAULT 0 NOT NULL,
	"subsidy" bigint DEFAULT 0 NOT NULL,
	"patient_pays" bigint DEFAULT 0 NOT NULL,
	"copay_stated" bigint DEFAULT 0 NOT NULL,
	"copay_expected" bigint,
	"outcome" text DEFAULT 'clear' NOT NULL,
	"decided" text,
	"posted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "receipt_file_id_row_pk" PRIMARY KEY("file_id","row"),
	CONSTRAINT "receipt_care" CHECK (care in ('outpatient', 'inpatient', 'pharmacy', 'home-nursing')),
	CONSTRAINT "receipt_outcome_known" CHECK (outcome in ('clear', 'doubtful', 'blocked')),
	CONSTRAINT "receipt_decided" CHECK (decided in ('asked', 'accepted', 'queried', 'returned')),
	CONSTRAINT "receipt_posted" CHECK (not posted or person_number is not null)
);
--> statement-breakpoint
CREATE TABLE "receipts"."adjustment" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "receipts"."adjustment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"benefit_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"settled_in" text NOT NULL,
	"reason_code" text NOT NULL,
	"points" bigint,
	"subsidy" bigint,
	"patient_pays" bigint,
	"asked_by" integer NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "adjustment_kind" CHECK (kind in ('withdrawal', 're-examination')),
	CONSTRAINT "adjustment_channel" CHECK (channel in ('payment-fund', 'federation', 'direct')),
	CONSTRAINT "adjustment_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "adjustment_month_written" CHECK (settled_in ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "adjustment_two_people" CHECK (decided_by is null or decided_by <> asked_by),
	CONSTRAINT "adjustment_whole" CHECK ((kind = 're-examination') = (points is not null and subsidy is not null and patient_pays is not null))
);
--> statement-breakpoint
CREATE TABLE "receipts"."decision" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "receipts"."decision_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"file_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"action" text NOT NULL,
	"reason" text NOT NULL,
	"needs_second" boolean NOT NULL,
	"asked_by" integer NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "decision_action" CHECK (action in ('accept', 'query', 'return')),
	CONSTRAINT "decision_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "decision_two_people" CHECK (not needs_second or decided_by is null or decided_by <> asked_by),
	CONSTRAINT "decision_whole" CHECK ((decision is null) = (decided_by is null))
);
--> statement-breakpoint
CREATE TABLE "receipts"."fault" (
	"file_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"code" text NOT NULL,
	"line" integer NOT NULL,
	"field" text DEFAULT '' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "fault_file_id_row_code_line_field_reason_pk" PRIMARY KEY("file_id","row","code","line","field","reason")
);
--> statement-breakpoint
CREATE TABLE "receipts"."file" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"format" text NOT NULL,
	"layout" text,
	"channel" text NOT NULL,
	"claim_month" text NOT NULL,
	"payment_month" text NOT NULL,
	"file_name" text NOT NULL,
	"digest" text,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'receiving' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"lot_count" integer DEFAULT 0 NOT NULL,
	"receipt_count" integer DEFAULT 0 NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"judged_at" timestamp with time zone,
	"committed_by" integer,
	"committed_at" timestamp with time zone,
	"withdrawal_asked_by" integer,
	"withdrawn_by" integer,
	"withdrawn_at" timestamp with time zone,
	"problem" text,
	CONSTRAINT "file_format" CHECK (format in ('uke', 'csv')),
	CONSTRAINT "file_channel" CHECK (channel in ('payment-fund', 'federation', 'direct')),
	CONSTRAINT "file_state" CHECK (state in ('receiving', 'judging', 'judged', 'committing', 'committed', 'withdrawing', 'withdrawn', 'cancelled')),
	CONSTRAINT "file_claim_month" CHECK (claim_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "file_payment_month" CHECK (payment_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "file_two_people" CHECK (committed_by is null or committed_by <> prepared_by),
	CONSTRAINT "file_withdrawn_by_two" CHECK (withdrawn_by is null or withdrawn_by <> withdrawal_asked_by),
	CONSTRAINT "file_committed_by_somebody" CHECK (state not in ('committing', 'committed', 'withdrawing', 'withdrawn') or committed_by is not null)
);
--> statement-breakpoint
CREATE TABLE "receipts"."lot" (
	"file_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"first_row" integer NOT NULL,
	"row_count" integer NOT NULL,
	"sealed_id" uuid NOT NULL,
	"judged_at" timestamp with time zone,
	"posted_at" timestamp with time zone,
	CONSTRAINT "lot_file_id_number_pk" PRIMARY KEY("file_id","number")
);
--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD CONSTRAINT "benefit_adjustment_id_adjustment_id_fk" FOREIGN KEY ("adjustment_id") REFERENCES "receipts"."adjustment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD CONSTRAINT "benefit_institution_institution_code_fk" FOREIGN KEY ("institution") REFERENCES "receipts"."institution"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD CONSTRAINT "benefit_file_id_row_receipt_file_id_row_fk" FOREIGN KEY ("file_id","row") REFERENCES "receipts"."receipt"("file_id","row") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD CONSTRAINT "benefit_origin_id_benefit_id_fk" FOREIGN KEY ("origin_id") REFERENCES "receipts"."benefit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts"."receipt" ADD CONSTRAINT "receipt_file_id_lot_lot_file_id_number_fk" FOREIGN KEY ("file_id","lot") REFERENCES "receipts"."lot"("file_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts"."decision" ADD CONSTRAINT "decision_file_id_row_receipt_file_id_row_fk" FOREIGN KEY ("file_id","row") REFERENCES "receipts"."receipt"("file_id","row") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts"."fault" ADD CONSTRAINT "fault_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "receipts"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts"."lot" ADD CONSTRAINT "lot_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "receipts"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_once" ON "receipts"."benefit" USING btree ("file_id","row") WHERE kind = 'original';--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_taken_back_once" ON "receipts"."benefit" USING btree ("origin_id") WHERE kind in ('taken-back', 'withdrawal');--> statement-breakpoint
CREATE INDEX "benefit_person" ON "receipts"."benefit" USING btree ("person_number","treatment_month");--> statement-breakpoint
CREATE INDEX "benefit_month" ON "receipts"."benefit" USING btree ("claim_month","channel");--> statement-breakpoint
CREATE INDEX "benefit_origin" ON "receipts"."benefit" USING btree ("origin_id");--> statement-breakpoint
CREATE UNIQUE INDEX "statement_one" ON "receipts"."statement" USING btree ("channel","claim_month") WHERE decision is distinct from 'refused';--> statement-breakpoint
CREATE INDEX "receipt_outcome" ON "receipts"."receipt" USING btree ("file_id","outcome","row");--> statement-breakpoint
CREATE INDEX "receipt_lot" ON "receipts"."receipt" USING btree ("file_id","lot");--> statement-breakpoint
CREATE INDEX "receipt_person" ON "receipts"."receipt" USING btree ("person_number","treatment_month");--> statement-breakpoint
CREATE INDEX "receipt_undecided" ON "receipts"."receipt" USING btree ("program","file_id","row") WHERE outcome <> 'clear' and (decided is null or decided in ('asked', 'queried'));--> statement-breakpoint
CREATE UNIQUE INDEX "adjustment_one_open" ON "receipts"."adjustment" USING btree ("benefit_id") WHERE decision is null;--> statement-breakpoint
CREATE INDEX "adjustment_month" ON "receipts"."adjustment" USING btree ("settled_in","channel");--> statement-breakpoint
CREATE UNIQUE INDEX "decision_one_open" ON "receipts"."decision" USING btree ("file_id","row") WHERE decision is null;--> statement-breakpoint
CREATE INDEX "decision_row" ON "receipts"."decision" USING btree ("file_id","row");--> statement-breakpoint
CREATE INDEX "fault_code" ON "receipts"."fault" USING btree ("file_id","code","row");--> statement-breakpoint
CREATE UNIQUE INDEX "file_once" ON "receipts"."file" USING btree ("digest") WHERE state not in ('cancelled', 'withdrawn');--> statement-breakpoint
CREATE INDEX "file_month" ON "receipts"."file" USING btree ("claim_month","channel");