CREATE TABLE "approvals"."bulk" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"program" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"started_by" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"paper" text,
	"confirmed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "approvals"."bulk_item" (
	"bulk_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"revision" integer,
	"summary" text,
	"exception" text,
	"outcome" text,
	"reason" text,
	"settled_at" timestamp with time zone,
	CONSTRAINT "bulk_item_bulk_id_case_id_pk" PRIMARY KEY("bulk_id","case_id"),
	CONSTRAINT "bulk_item_outcome" CHECK (outcome in ('done', 'refused', 'conflict', 'failed')),
	CONSTRAINT "bulk_item_settled_whole" CHECK ((outcome is null) = (settled_at is null))
);
--> statement-breakpoint
CREATE TABLE "cases"."assignment" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cases"."assignment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"from_staff" integer,
	"to_staff" integer,
	"assigned_by" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents"."copy_taken" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "documents"."copy_taken_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"copy_id" integer NOT NULL,
	"lines" integer NOT NULL,
	"taken_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents"."list_copy" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "documents"."list_copy_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"format" text NOT NULL,
	"filter" jsonb NOT NULL,
	"lines" integer NOT NULL,
	"reason" text NOT NULL,
	"requested_by" integer NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"take_by" date,
	CONSTRAINT "list_copy_format" CHECK (format in ('csv', 'print')),
	CONSTRAINT "list_copy_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "list_copy_two_people" CHECK (decided_by <> requested_by),
	CONSTRAINT "list_copy_decision_whole" CHECK (num_nulls(decision, decided_by, decided_at) in (0, 3))
);
--> statement-breakpoint
ALTER TABLE "access"."duty_right" ADD COLUMN "stands_in" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cases"."case" ADD COLUMN "assigned_to" integer;--> statement-breakpoint
ALTER TABLE "approvals"."bulk_item" ADD CONSTRAINT "bulk_item_bulk_id_bulk_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "approvals"."bulk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals"."bulk_item" ADD CONSTRAINT "bulk_item_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases"."assignment" ADD CONSTRAINT "assignment_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents"."copy_taken" ADD CONSTRAINT "copy_taken_copy_id_list_copy_id_fk" FOREIGN KEY ("copy_id") REFERENCES "documents"."list_copy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_item_case" ON "approvals"."bulk_item" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "assignment_case" ON "cases"."assignment" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "copy_taken_copy" ON "documents"."copy_taken" USING btree ("copy_id");--> statement-breakpoint
CREATE INDEX "list_copy_program" ON "documents"."list_copy" USING btree ("program","requested_at");--> statement-breakpoint
CREATE INDEX "case_assigned" ON "cases"."case" USING btree ("assigned_to") WHERE assigned_to is not null;