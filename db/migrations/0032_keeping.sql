CREATE SCHEMA "keeping";
--> statement-breakpoint
CREATE TABLE "keeping"."destroyed_papers" (
	"program" text NOT NULL,
	"fiscal_year" integer NOT NULL,
	"applications" integer NOT NULL,
	"destroyed_on" date NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "destroyed_papers_program_fiscal_year_pk" PRIMARY KEY("program","fiscal_year")
);
--> statement-breakpoint
CREATE TABLE "keeping"."erasure_count" (
	"run_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"records" bigint NOT NULL,
	CONSTRAINT "erasure_count_run_id_kind_pk" PRIMARY KEY("run_id","kind")
);
--> statement-breakpoint
CREATE TABLE "keeping"."erasure_person" (
	"run_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"reason" text NOT NULL,
	"ended_on" date NOT NULL,
	"outcome" text,
	"at" timestamp with time zone,
	CONSTRAINT "erasure_person_run_id_person_number_pk" PRIMARY KEY("run_id","person_number"),
	CONSTRAINT "erasure_person_reason" CHECK (reason in ('death', 'move-out'))
);
--> statement-breakpoint
CREATE TABLE "keeping"."erasure_run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "keeping"."erasure_run_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"as_of" date NOT NULL,
	"state" text DEFAULT 'found' NOT NULL,
	"people" integer DEFAULT 0 NOT NULL,
	"searched_by" integer NOT NULL,
	"searched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"proposed_by" integer,
	"proposed_at" timestamp with time zone,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	"key_epoch" integer,
	"problem" text,
	CONSTRAINT "erasure_run_serial_unique" UNIQUE("serial"),
	CONSTRAINT "erasure_run_state" CHECK (state in ('found', 'proposed', 'erasing', 'erased', 'cancelled')),
	CONSTRAINT "erasure_run_two_people" CHECK (decided_by is null or decided_by <> proposed_by or state = 'cancelled'),
	CONSTRAINT "erasure_run_approved" CHECK (state not in ('erasing', 'erased') or (decided_by is not null and proposed_by is not null)),
	CONSTRAINT "erasure_run_out_of_reach" CHECK ((state = 'erased') = (erased_at is not null) and (state = 'erased') = (key_epoch is not null))
);
--> statement-breakpoint
CREATE TABLE "keeping"."keep_years" (
	"program" text NOT NULL,
	"valid_from" date NOT NULL,
	"years" integer NOT NULL,
	CONSTRAINT "keep_years_program_valid_from_pk" PRIMARY KEY("program","valid_from"),
	CONSTRAINT "keep_years_positive" CHECK (years > 0)
);
--> statement-breakpoint
ALTER TABLE "keeping"."erasure_count" ADD CONSTRAINT "erasure_count_run_id_erasure_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "keeping"."erasure_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keeping"."erasure_person" ADD CONSTRAINT "erasure_person_run_id_erasure_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "keeping"."erasure_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "erasure_person_number" ON "keeping"."erasure_person" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "erasure_person_waiting" ON "keeping"."erasure_person" USING btree ("run_id") WHERE outcome is null;--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_run_one_open" ON "keeping"."erasure_run" USING btree ((true)) WHERE state in ('found', 'proposed', 'erasing');