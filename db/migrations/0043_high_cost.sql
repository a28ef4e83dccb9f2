CREATE SCHEMA "high_cost";
--> statement-breakpoint
CREATE TABLE "high_cost"."claim" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "high_cost"."claim_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"insurer_number" text NOT NULL,
	"through_month" text NOT NULL,
	"state" text DEFAULT 'prepared' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"submitted_by" integer,
	"approved_by" integer,
	"approved_on" date,
	"approved_count" integer,
	"approved_sum" bigint,
	"sent_on" date,
	"closed_on" date,
	CONSTRAINT "claim_serial_unique" UNIQUE("serial"),
	CONSTRAINT "claim_month" CHECK (through_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "claim_two_people" CHECK (approved_by is null or approved_by <> prepared_by and approved_by is distinct from submitted_by),
	CONSTRAINT "claim_approved" CHECK (num_nulls(approved_by, approved_on, approved_count, approved_sum) in (0, 4)),
	CONSTRAINT "claim_approved_before_sent" CHECK (state not in ('approved', 'sent', 'closed') or approved_by is not null)
);
--> statement-breakpoint
CREATE TABLE "high_cost"."claim_event" (
	"claim_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	"reason" text,
	CONSTRAINT "claim_event_claim_id_revision_pk" PRIMARY KEY("claim_id","revision")
);
--> statement-breakpoint
CREATE TABLE "high_cost"."claim_line" (
	"claim_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"released" boolean DEFAULT false NOT NULL,
	"result" text,
	"granted" bigint,
	"reason" text,
	"answered_on" date,
	"answered_by" integer,
	CONSTRAINT "claim_line_claim_id_entry_id_pk" PRIMARY KEY("claim_id","entry_id"),
	CONSTRAINT "claim_line_result" CHECK (result in ('paid', 'differs', 'refused', 'paid-to-person', 'sent-back')),
	CONSTRAINT "claim_line_reason" CHECK (reason in ('paid-to-person', 'below-limit', 'other-category', 'not-insured', 'lapsed', 'papers', 'other')),
	CONSTRAINT "claim_line_amount" CHECK (amount > 0),
	CONSTRAINT "claim_line_answer" CHECK ((result is null) = (answered_by is null) and (result is null) = (answered_on is null)
        and (result is not distinct from 'paid' or result is not distinct from 'differs') = (granted is not null)
        and (result is distinct from 'paid' or granted = amount) and (result is distinct from 'differs' or granted <> amount and granted >= 0))
);
--> statement-breakpoint
CREATE TABLE "high_cost"."entry" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "high_cost"."entry_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"treatment_month" text NOT NULL,
	"household" text NOT NULL,
	"insurer_number" text NOT NULL,
	"insurer_group" text,
	"person_number" text NOT NULL,
	"persons" text[] NOT NULL,
	"office_code" text NOT NULL,
	"category" text,
	"multiple" boolean NOT NULL,
	"amount" bigint NOT NULL,
	"in_kind" bigint NOT NULL,
	"of_city" bigint NOT NULL,
	"of_person" bigint NOT NULL,
	"needs_mandate" boolean NOT NULL,
	"missing" text[] NOT NULL,
	"steps" jsonb NOT NULL,
	"basis" text[] NOT NULL,
	"benefit_ids" bigint[] NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state_since" timestamp with time zone NOT NULL,
	"lapses_on" date NOT NULL,
	"found_by" integer[] NOT NULL,
	"late_of_city" bigint,
	"granted" bigint DEFAULT 0 NOT NULL,
	"answered_by" integer,
	"drop_asked_by" integer,
	"drop_reason" text,
	"repayment_id" uuid,
	"payable_id" uuid,
	CONSTRAINT "entry_serial_unique" UNIQUE("serial"),
	CONSTRAINT "entry_drop_reason" CHECK (drop_reason in ('small', 'lapsed', 'refused', 'no-mandate', 'returned-by-person', 'mistake')),
	CONSTRAINT "entry_month" CHECK (treatment_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "entry_sums" CHECK (amount >= 0 and in_kind >= 0 and of_city >= 0 and of_person >= 0 and in_kind + of_city + of_person = amount),
	CONSTRAINT "entry_granted" CHECK (granted >= 0),
	CONSTRAINT "entry_drop_asked" CHECK (drop_asked_by is null or drop_reason is not null)
);
--> statement-breakpoint
CREATE TABLE "high_cost"."entry_event" (
	"entry_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	"amount" bigint,
	"reason" text,
	"claim_id" uuid,
	CONSTRAINT "entry_event_entry_id_revision_pk" PRIMARY KEY("entry_id","revision")
);
--> statement-breakpoint
CREATE TABLE "high_cost"."insurance" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "high_cost"."insurance_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"insurer_number" text NOT NULL,
	"from_month" text NOT NULL,
	"to_month" text,
	"category" text,
	"multiple" boolean DEFAULT false NOT NULL,
	"insured_person" text,
	"evidence" text NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "insurance_evidence" CHECK (evidence in ('limit-certificate', 'inquiry', 'decision-notice', 'online-check')),
	CONSTRAINT "insurance_from" CHECK (from_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "insurance_to" CHECK (to_month is null or to_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' and to_month >= from_month),
	CONSTRAINT "insurance_says_something" CHECK (category is not null or insured_person is not null)
);
--> statement-breakpoint
CREATE TABLE "high_cost"."mandate" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "high_cost"."mandate_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"insurer_number" text NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"from_month" text NOT NULL,
	"to_month" text,
	"asked_on" date NOT NULL,
	"asked_by" integer NOT NULL,
	"received_on" date,
	"received_by" integer,
	"ended_on" date,
	"ended_by" integer,
	CONSTRAINT "mandate_serial_unique" UNIQUE("serial"),
	CONSTRAINT "mandate_state_known" CHECK (state in ('asked', 'received', 'revoked', 'cancelled')),
	CONSTRAINT "mandate_from" CHECK (from_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "mandate_to" CHECK (to_month is null or to_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' and to_month >= from_month),
	CONSTRAINT "mandate_received" CHECK ((received_on is null) = (received_by is null) and (state <> 'received' or received_on is not null)),
	CONSTRAINT "mandate_ended" CHECK ((ended_on is null) = (ended_by is null) and (ended_on is not null) = (state in ('revoked', 'cancelled')))
);
--> statement-breakpoint
CREATE TABLE "high_cost"."money" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "high_cost"."money_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"claim_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"received_on" date NOT NULL,
	"reference" text NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "money_amount" CHECK (amount <> 0),
	CONSTRAINT "money_reference" CHECK (length(btrim(reference)) between 1 and 30)
);
--> statement-breakpoint
CREATE TABLE "high_cost"."search_line" (
	"run_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"household" text NOT NULL,
	"insurer_number" text NOT NULL,
	"insurer_group" text,
	"person_number" text NOT NULL,
	"persons" text[] NOT NULL,
	"office_code" text NOT NULL,
	"category" text,
	"multiple" boolean NOT NULL,
	"amount" bigint NOT NULL,
	"in_kind" bigint NOT NULL,
	"of_city" bigint NOT NULL,
	"of_person" bigint NOT NULL,
	"needs_mandate" boolean NOT NULL,
	"missing" text[] NOT NULL,
	"steps" jsonb NOT NULL,
	"basis" text[] NOT NULL,
	"benefit_ids" bigint[] NOT NULL,
	"change" text NOT NULL,
	"entry_id" uuid,
	"of_city_before" bigint,
	CONSTRAINT "search_line_run_id_number_pk" PRIMARY KEY("run_id","number"),
	CONSTRAINT "search_line_change_known" CHECK (change in ('new', 'changed', 'same', 'gone', 'late')),
	CONSTRAINT "search_line_sums" CHECK (amount >= 0 and in_kind >= 0 and of_city >= 0 and of_person >= 0 and in_kind + of_city + of_person = amount)
);
--> statement-breakpoint
CREATE TABLE "high_cost"."search_run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "high_cost"."search_run_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"treatment_month" text NOT NULL,
	"only_person" text,
	"state" text DEFAULT 'searching' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"cursor" text DEFAULT '' NOT NULL,
	"households" integer DEFAULT 0 NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"found_at" timestamp with time zone,
	"applied_by" integer,
	"applied_at" timestamp with time zone,
	"problem" text,
	CONSTRAINT "search_run_serial_unique" UNIQUE("serial"),
	CONSTRAINT "search_state" CHECK (state in ('searching', 'found', 'applied', 'cancelled')),
	CONSTRAINT "search_month" CHECK (treatment_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "search_applied" CHECK ((state = 'applied') = (applied_by is not null))
);
--> statement-breakpoint
ALTER TABLE "receipts"."receipt" ADD COLUMN "high_cost_category" text;--> statement-breakpoint
ALTER TABLE "receipts"."receipt" ADD COLUMN "high_cost_multiple" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "high_cost"."claim_event" ADD CONSTRAINT "claim_event_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "high_cost"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "high_cost"."claim_line" ADD CONSTRAINT "claim_line_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "high_cost"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "high_cost"."claim_line" ADD CONSTRAINT "claim_line_entry_id_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "high_cost"."entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "high_cost"."entry_event" ADD CONSTRAINT "entry_event_entry_id_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "high_cost"."entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "high_cost"."money" ADD CONSTRAINT "money_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "high_cost"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "high_cost"."search_line" ADD CONSTRAINT "search_line_run_id_search_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "high_cost"."search_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_list" ON "high_cost"."claim" USING btree ("program","serial");--> statement-breakpoint
CREATE INDEX "claim_state" ON "high_cost"."claim" USING btree ("program","state");--> statement-breakpoint
CREATE INDEX "claim_line_entry" ON "high_cost"."claim_line" USING btree ("entry_id");--> statement-breakpoint
CREATE UNIQUE INDEX "claim_line_once" ON "high_cost"."claim_line" USING btree ("entry_id") WHERE not released and result is null;--> statement-breakpoint
CREATE UNIQUE INDEX "entry_once" ON "high_cost"."entry" USING btree ("program","treatment_month","household","insurer_number");--> statement-breakpoint
CREATE INDEX "entry_state" ON "high_cost"."entry" USING btree ("program","state","lapses_on");--> statement-breakpoint
CREATE INDEX "entry_list" ON "high_cost"."entry" USING btree ("program","treatment_month","serial");--> statement-breakpoint
CREATE INDEX "entry_insurer" ON "high_cost"."entry" USING btree ("program","insurer_number","state");--> statement-breakpoint
CREATE INDEX "entry_person" ON "high_cost"."entry" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "entry_persons" ON "high_cost"."entry" USING gin ("persons");--> statement-breakpoint
CREATE INDEX "insurance_person" ON "high_cost"."insurance" USING btree ("person_number","program");--> statement-breakpoint
CREATE INDEX "mandate_person" ON "high_cost"."mandate" USING btree ("person_number","program");--> statement-breakpoint
CREATE INDEX "mandate_state" ON "high_cost"."mandate" USING btree ("program","state","asked_on");--> statement-breakpoint
CREATE UNIQUE INDEX "mandate_once" ON "high_cost"."mandate" USING btree ("program","person_number","insurer_number","from_month") WHERE state in ('asked', 'received');--> statement-breakpoint
CREATE UNIQUE INDEX "money_once" ON "high_cost"."money" USING btree ("claim_id","reference");--> statement-breakpoint
CREATE UNIQUE INDEX "search_line_once" ON "high_cost"."search_line" USING btree ("run_id","household","insurer_number");--> statement-breakpoint
CREATE INDEX "search_line_change" ON "high_cost"."search_line" USING btree ("run_id","change","number");--> statement-breakpoint
CREATE UNIQUE INDEX "search_one_open" ON "high_cost"."search_run" USING btree ("program","treatment_month") WHERE state in ('searching', 'found') and only_person is null;--> statement-breakpoint
CREATE INDEX "search_program" ON "high_cost"."search_run" USING btree ("program","serial");