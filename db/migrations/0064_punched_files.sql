CREATE SCHEMA "punched";
--> statement-breakpoint
CREATE TABLE "punched"."handover" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "punched"."handover_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"contractor_id" integer NOT NULL,
	"order_number" text NOT NULL,
	"slips_sent" integer NOT NULL,
	"boxes" integer NOT NULL,
	"sent_on" date NOT NULL,
	"due_on" date NOT NULL,
	"sent_by" integer NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"slips_back" integer,
	"back_on" date,
	"back_by" integer,
	"difference" text,
	"closed_by" integer,
	"closed_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "handover_serial_unique" UNIQUE("serial"),
	CONSTRAINT "handover_difference" CHECK (difference in ('blank', 'unreadable', 'counted-wrong', 'lost', 'other')),
	CONSTRAINT "handover_order_number" CHECK (order_number ~ '^[0-9A-Za-z-]{1,30}$'),
	CONSTRAINT "handover_counts" CHECK (slips_sent between 1 and 1000000 and boxes between 1 and 9999 and slips_back between 0 and 1000000),
	CONSTRAINT "handover_days" CHECK (sent_on <= due_on and sent_on <= back_on),
	CONSTRAINT "handover_back" CHECK ((slips_back is null) = (back_on is null) and (slips_back is null) = (back_by is null)),
	CONSTRAINT "handover_closed" CHECK ((closed_by is null) = (closed_at is null))
);
--> statement-breakpoint
CREATE TABLE "punched"."file" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "punched"."file_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"handover_id" uuid NOT NULL,
	"layout_id" integer,
	"file_name" text NOT NULL,
	"encoding" text NOT NULL,
	"encrypted" boolean NOT NULL,
	"digest" text,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"told_rows" integer,
	"row_count" integer DEFAULT 0 NOT NULL,
	"lot_count" integer DEFAULT 0 NOT NULL,
	"sum_fits" boolean,
	"state" text DEFAULT 'receiving' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"received_by" integer NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"judged_at" timestamp with time zone,
	"approved_by" integer,
	"approved_at" timestamp with time zone,
	"taken_at" timestamp with time zone,
	"problem" text,
	CONSTRAINT "file_serial_unique" UNIQUE("serial"),
	CONSTRAINT "file_encoding" CHECK (encoding in ('utf-8', 'shift_jis')),
	CONSTRAINT "file_state" CHECK (state in ('receiving', 'judging', 'judged', 'taking', 'taken', 'closed', 'cancelled')),
	CONSTRAINT "file_digest" CHECK (digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "file_two" CHECK (approved_by <> received_by),
	CONSTRAINT "file_approved" CHECK ((approved_by is not null) = (state in ('taking', 'taken', 'closed')))
);
--> statement-breakpoint
CREATE TABLE "punched"."layout" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "punched"."layout_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"contractor_id" integer NOT NULL,
	"valid_from" date NOT NULL,
	"map" jsonb NOT NULL,
	"asked_by" integer NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "layout_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "layout_two" CHECK (decided_by <> asked_by),
	CONSTRAINT "layout_decided" CHECK ((decision is null) = (decided_by is null))
);
--> statement-breakpoint
CREATE TABLE "punched"."lot" (
	"file_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"first_row" integer NOT NULL,
	"row_count" integer NOT NULL,
	"sealed_id" uuid NOT NULL,
	"judged_at" timestamp with time zone,
	"taken_at" timestamp with time zone,
	CONSTRAINT "lot_file_id_number_pk" PRIMARY KEY("file_id","number")
);
--> statement-breakpoint
CREATE TABLE "punched"."row" (
	"file_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"lot" integer NOT NULL,
	"state" text NOT NULL,
	"faults" text[] DEFAULT '{}' NOT NULL,
	"foreseen" text,
	"doubts" text[] DEFAULT '{}' NOT NULL,
	"slip_id" uuid,
	"corrected_id" uuid,
	"corrected_by" integer,
	"reason" text,
	"settled_by" integer,
	"settled_at" timestamp with time zone,
	CONSTRAINT "row_file_id_row_pk" PRIMARY KEY("file_id","row"),
	CONSTRAINT "row_state_known" CHECK (state in ('ready', 'faulty', 'taken', 'returned', 'dropped')),
	CONSTRAINT "row_foreseen_known" CHECK (foreseen in ('recorded', 'second-channel', 'noted', 'doubtful', 'unmatched')),
	CONSTRAINT "row_reason" CHECK (reason in ('twice', 'not-ours', 'blank', 'unreadable')),
	CONSTRAINT "row_faulty" CHECK (state <> 'faulty' or cardinality(faults) > 0),
	CONSTRAINT "row_taken" CHECK ((slip_id is not null) = (state = 'taken')),
	CONSTRAINT "row_dropped" CHECK ((reason is not null) = (state = 'dropped')),
	CONSTRAINT "row_corrected" CHECK ((corrected_id is null) = (corrected_by is null))
);
--> statement-breakpoint
CREATE TABLE "punched"."rekeying" (
	"file_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"place" integer NOT NULL,
	"drawn_by" integer NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	"keyed_by" integer,
	"keyed_at" timestamp with time zone,
	"items" integer,
	"differing" text[],
	CONSTRAINT "rekeying_file_id_row_pk" PRIMARY KEY("file_id","row"),
	CONSTRAINT "rekeying_keyed" CHECK ((keyed_by is null) = (items is null) and (keyed_by is null) = (differing is null) and items > 0)
);
--> statement-breakpoint
CREATE TABLE "punched"."transit_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"made_by" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "transit_key_recipient" CHECK (recipient ~ '^age1[0-9a-z]{20,}$')
);
--> statement-breakpoint
ALTER TABLE "punched"."handover" ADD CONSTRAINT "handover_contractor_id_contractor_id_fk" FOREIGN KEY ("contractor_id") REFERENCES "mailings"."contractor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "punched"."file" ADD CONSTRAINT "file_handover_id_handover_id_fk" FOREIGN KEY ("handover_id") REFERENCES "punched"."handover"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "punched"."file" ADD CONSTRAINT "file_layout_id_layout_id_fk" FOREIGN KEY ("layout_id") REFERENCES "punched"."layout"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "punched"."layout" ADD CONSTRAINT "layout_contractor_id_contractor_id_fk" FOREIGN KEY ("contractor_id") REFERENCES "mailings"."contractor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "punched"."lot" ADD CONSTRAINT "lot_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "punched"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "punched"."row" ADD CONSTRAINT "row_file_id_lot_lot_file_id_number_fk" FOREIGN KEY ("file_id","lot") REFERENCES "punched"."lot"("file_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "punched"."rekeying" ADD CONSTRAINT "rekeying_file_id_row_row_file_id_row_fk" FOREIGN KEY ("file_id","row") REFERENCES "punched"."row"("file_id","row") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "handover_order" ON "punched"."handover" USING btree ("contractor_id","order_number");--> statement-breakpoint
CREATE INDEX "handover_open" ON "punched"."handover" USING btree ("due_on") WHERE closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "file_once" ON "punched"."file" USING btree ("digest") WHERE state <> 'cancelled';--> statement-breakpoint
CREATE INDEX "file_handover" ON "punched"."file" USING btree ("handover_id");--> statement-breakpoint
CREATE INDEX "file_open" ON "punched"."file" USING btree ("state","received_at") WHERE state <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "layout_once" ON "punched"."layout" USING btree ("contractor_id","valid_from") WHERE decision is distinct from 'refused';--> statement-breakpoint
CREATE INDEX "row_state" ON "punched"."row" USING btree ("file_id","state","row");--> statement-breakpoint
CREATE INDEX "row_foreseen" ON "punched"."row" USING btree ("file_id","foreseen","row");--> statement-breakpoint
CREATE INDEX "row_lot" ON "punched"."row" USING btree ("file_id","lot");--> statement-breakpoint
CREATE INDEX "row_slip" ON "punched"."row" USING btree ("slip_id");--> statement-breakpoint
CREATE UNIQUE INDEX "transit_key_one" ON "punched"."transit_key" USING btree ((ended_at is null)) WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "record_paper_document" ON "vaccination"."record_paper" USING btree ("document_number");