CREATE TABLE "claims"."file" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"program" text NOT NULL,
	"name" text NOT NULL,
	"layout" text NOT NULL,
	"digest" text NOT NULL,
	"bytes" integer NOT NULL,
	"rows" integer NOT NULL,
	"received_on" date NOT NULL,
	"state" text NOT NULL,
	"received_by" integer NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"taken_back_by" integer,
	"taken_back_at" timestamp with time zone,
	CONSTRAINT "file_state" CHECK (state in ('taking', 'taken', 'taking-back', 'taken-back')),
	CONSTRAINT "file_rows" CHECK (rows between 1 and 20000)
);
--> statement-breakpoint
CREATE TABLE "claims"."file_row" (
	"file_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"program" text NOT NULL,
	"state" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"mark" "bytea" NOT NULL,
	"faults" text[] DEFAULT '{}' NOT NULL,
	"reason" text,
	"case_id" uuid,
	"settled_by" integer,
	"settled_at" timestamp with time zone,
	CONSTRAINT "file_row_file_id_line_pk" PRIMARY KEY("file_id","line"),
	CONSTRAINT "file_row_state" CHECK (state in ('waiting', 'faulty', 'claimed', 'incomplete', 'dropped', 'taken-back')),
	CONSTRAINT "file_row_whole" CHECK ((state in ('claimed', 'incomplete', 'taken-back')) = (case_id is not null)
        and (state = 'faulty') = (cardinality(faults) > 0) and (state = 'dropped') = (reason is not null))
);
--> statement-breakpoint
CREATE TABLE "claims"."notice" (
	"approval_id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"sealed_id" uuid NOT NULL,
	"account_id" uuid
);
--> statement-breakpoint
CREATE TABLE "claims"."postcard" (
	"run_id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"issued_on" date NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "postcard_run_id_approval_id_pk" PRIMARY KEY("run_id","approval_id")
);
--> statement-breakpoint
CREATE TABLE "claims"."request" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"kind" text NOT NULL,
	"asked" text NOT NULL,
	"items" text[] NOT NULL,
	"receipts" integer[] NOT NULL,
	"due_on" date NOT NULL,
	"sealed_id" uuid NOT NULL,
	CONSTRAINT "request_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "request_kind" CHECK (kind in ('supplement', 'inquiry')),
	CONSTRAINT "request_asked" CHECK (asked in ('claimant', 'institution', 'insurer')),
	CONSTRAINT "request_whole" CHECK ((kind = 'supplement') = (asked = 'claimant'))
);
--> statement-breakpoint
ALTER TABLE "vault"."draft" ALTER COLUMN "case_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "claims"."bill" ADD COLUMN "prescriber" char(10);--> statement-breakpoint
ALTER TABLE "claims"."bill" ADD COLUMN "prescriber_mark" "bytea";--> statement-breakpoint
ALTER TABLE "vault"."draft" ADD COLUMN "program" text;--> statement-breakpoint
ALTER TABLE "vault"."draft" ADD COLUMN "person_number" text;--> statement-breakpoint
ALTER TABLE "claims"."file_row" ADD CONSTRAINT "file_row_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "claims"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."file_row" ADD CONSTRAINT "file_row_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."notice" ADD CONSTRAINT "notice_approval_id_proposal_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "claims"."proposal"("approval_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."notice" ADD CONSTRAINT "notice_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."notice" ADD CONSTRAINT "notice_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "documents"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."postcard" ADD CONSTRAINT "postcard_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."postcard" ADD CONSTRAINT "postcard_approval_id_notice_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "claims"."notice"("approval_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."postcard" ADD CONSTRAINT "postcard_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."request" ADD CONSTRAINT "request_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "file_once" ON "claims"."file" USING btree ("program","digest") WHERE state <> 'taken-back';--> statement-breakpoint
CREATE INDEX "file_received" ON "claims"."file" USING btree ("program","received_at");--> statement-breakpoint
CREATE INDEX "file_row_state" ON "claims"."file_row" USING btree ("file_id","state");--> statement-breakpoint
CREATE INDEX "file_row_case" ON "claims"."file_row" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "file_row_once" ON "claims"."file_row" USING btree ("program","mark") WHERE state in ('claimed', 'incomplete');--> statement-breakpoint
CREATE INDEX "notice_case" ON "claims"."notice" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "postcard_case" ON "claims"."postcard" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "postcard_once" ON "claims"."postcard" USING btree ("approval_id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "draft_before_case" ON "vault"."draft" USING btree ("program","person_number","page","staff_id") WHERE case_id is null;--> statement-breakpoint
ALTER TABLE "claims"."bill" ADD CONSTRAINT "bill_prescriber" CHECK (care = 'pharmacy' or prescriber is null and prescriber_mark is null);--> statement-breakpoint
ALTER TABLE "vault"."draft" ADD CONSTRAINT "draft_place" CHECK ((case_id is null) = (person_number is not null) and (case_id is null) = (program is not null));