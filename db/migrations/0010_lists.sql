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
ALTER TABLE "access"."duty_right" ADD COLUMN "stands_in" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cases"."case" ADD COLUMN "assigned_to" integer;--> statement-breakpoint
ALTER TABLE "approvals"."bulk_item" ADD CONSTRAINT "bulk_item_bulk_id_bulk_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "approvals"."bulk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals"."bulk_item" ADD CONSTRAINT "bulk_item_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases"."assignment" ADD CONSTRAINT "assignment_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_item_case" ON "approvals"."bulk_item" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "assignment_case" ON "cases"."assignment" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "case_assigned" ON "cases"."case" USING btree ("assigned_to") WHERE assigned_to is not null;