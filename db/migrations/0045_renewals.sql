CREATE SCHEMA "renewals";
--> statement-breakpoint
CREATE TABLE "renewals"."answer" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" bigint GENERATED ALWAYS AS IDENTITY (sequence name "renewals"."answer_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"season_id" uuid NOT NULL,
	"program" text NOT NULL,
	"case_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"state" text DEFAULT 'awaiting' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"received_on" date,
	"received_by" integer,
	"via" text,
	"changes" text,
	"missing" text[] DEFAULT '{}' NOT NULL,
	"complete_by" date,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"judged_on" date,
	"outcome" text,
	"reason" text,
	"proposed_by" integer,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"decided_on" date,
	"lapsed_on" date,
	CONSTRAINT "answer_serial_unique" UNIQUE("serial"),
	CONSTRAINT "answer_via" CHECK (via in ('window', 'post', 'electronic')),
	CONSTRAINT "answer_changes" CHECK (changes in ('none', 'reported', 'handled')),
	CONSTRAINT "answer_outcome" CHECK (outcome in ('renew', 'lost', 'suspended')),
	CONSTRAINT "answer_two_people" CHECK (decided_by <> proposed_by),
	CONSTRAINT "answer_decided" CHECK (num_nulls(decided_by, decided_at, decided_on) in (0, 3)),
	CONSTRAINT "answer_received" CHECK (num_nulls(received_on, received_by, via, changes) in (0, 4)),
	CONSTRAINT "answer_ends_only_when_decided" CHECK (decided_by is not null or state not in ('renewed', 'ended', 'lapsed')),
	CONSTRAINT "answer_renewed_only_with_answer" CHECK (state <> 'renewed' or received_on is not null)
);
--> statement-breakpoint
CREATE TABLE "renewals"."answer_event" (
	"answer_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	"comment_id" uuid,
	CONSTRAINT "answer_event_answer_id_revision_pk" PRIMARY KEY("answer_id","revision")
);
--> statement-breakpoint
CREATE TABLE "renewals"."carried_out" (
	"answer_id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"valid_to" date NOT NULL,
	"was_suspended" boolean NOT NULL,
	CONSTRAINT "carried_out_answer_id_entitlement_id_revision_pk" PRIMARY KEY("answer_id","entitlement_id","revision")
);
--> statement-breakpoint
CREATE TABLE "renewals"."income" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "renewals"."income_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"answer_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"income_year" integer NOT NULL,
	"source" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"confirmed_by" integer,
	"confirmed_at" timestamp with time zone,
	CONSTRAINT "income_source" CHECK (source in ('tax-feed', 'keyed')),
	CONSTRAINT "income_two_people" CHECK (confirmed_by <> recorded_by),
	CONSTRAINT "income_confirmation_whole" CHECK ((confirmed_by is null) = (confirmed_at is null))
);
--> statement-breakpoint
CREATE TABLE "renewals"."letter" (
	"answer_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"made_on" date NOT NULL,
	"due_on" date,
	"withdrawn_on" date,
	CONSTRAINT "letter_answer_id_run_id_pk" PRIMARY KEY("answer_id","run_id"),
	CONSTRAINT "letter_kind" CHECK (kind in ('form', 'reminder', 'warning', 'notice'))
);
--> statement-breakpoint
CREATE TABLE "renewals"."season" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"program" text NOT NULL,
	"year" integer NOT NULL,
	"entitled_on" date NOT NULL,
	"starts_on" date NOT NULL,
	"due_on" date NOT NULL,
	"remind_on" date NOT NULL,
	"warn_on" date NOT NULL,
	"warned_until" date NOT NULL,
	"income_year" integer,
	"over_limit" text NOT NULL,
	"no_answer" text NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"planned_by" integer NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"opened_by" integer,
	"opened_at" timestamp with time zone,
	"closed_on" date,
	CONSTRAINT "season_over_limit" CHECK (over_limit in ('lost', 'suspended')),
	CONSTRAINT "season_no_answer" CHECK (no_answer in ('lost', 'suspended')),
	CONSTRAINT "season_two_people" CHECK (opened_by <> planned_by),
	CONSTRAINT "season_opened" CHECK ((opened_by is null) = (opened_at is null)),
	CONSTRAINT "season_open_only_by_two" CHECK (opened_by is not null or state in ('planned', 'refused')),
	CONSTRAINT "season_days" CHECK (due_on < remind_on and remind_on < warn_on and warn_on < warned_until)
);
--> statement-breakpoint
ALTER TABLE "renewals"."answer" ADD CONSTRAINT "answer_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "renewals"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renewals"."answer" ADD CONSTRAINT "answer_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renewals"."answer_event" ADD CONSTRAINT "answer_event_answer_id_answer_id_fk" FOREIGN KEY ("answer_id") REFERENCES "renewals"."answer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renewals"."carried_out" ADD CONSTRAINT "carried_out_answer_id_answer_id_fk" FOREIGN KEY ("answer_id") REFERENCES "renewals"."answer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renewals"."carried_out" ADD CONSTRAINT "carried_out_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renewals"."income" ADD CONSTRAINT "income_answer_id_answer_id_fk" FOREIGN KEY ("answer_id") REFERENCES "renewals"."answer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renewals"."letter" ADD CONSTRAINT "letter_answer_id_answer_id_fk" FOREIGN KEY ("answer_id") REFERENCES "renewals"."answer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renewals"."letter" ADD CONSTRAINT "letter_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "answer_once" ON "renewals"."answer" USING btree ("season_id","case_id");--> statement-breakpoint
CREATE INDEX "answer_case" ON "renewals"."answer" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "answer_person" ON "renewals"."answer" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "answer_state" ON "renewals"."answer" USING btree ("season_id","state","office_code","serial");--> statement-breakpoint
CREATE INDEX "answer_event_on" ON "renewals"."answer_event" USING btree ("on");--> statement-breakpoint
CREATE INDEX "income_answer" ON "renewals"."income" USING btree ("answer_id","person_number");--> statement-breakpoint
CREATE INDEX "letter_run" ON "renewals"."letter" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "season_once" ON "renewals"."season" USING btree ("program","starts_on") WHERE state <> 'refused';