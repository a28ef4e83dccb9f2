CREATE TABLE "mailings"."returned_piece" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mailings"."returned_piece_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"kind" text NOT NULL,
	"run_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"subject" text NOT NULL,
	"piece_number" text NOT NULL,
	"reason" text NOT NULL,
	"entered_on" date NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"corrected_by" integer,
	"corrected_at" timestamp with time zone,
	"taken_back" boolean DEFAULT false NOT NULL,
	"outcome" text,
	"settled_on" date,
	"settled_by" integer,
	CONSTRAINT "returned_piece_settled" CHECK ((outcome is null) = (settled_on is null) and (outcome is null) = (settled_by is null)
        and (outcome is null or not taken_back)),
	CONSTRAINT "returned_piece_codes" CHECK (reason in ('unknown-address', 'moved', 'not-collected', 'refused', 'other')
        and (outcome is null or outcome in ('sent-again', 'handed-out', 'moved-away', 'not-found'))),
	CONSTRAINT "returned_piece_corrected" CHECK ((corrected_by is null) = (corrected_at is null))
);
--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" DROP CONSTRAINT "batch_run_made_only_when_approved";--> statement-breakpoint
ALTER TABLE "mailings"."hand_over" ALTER COLUMN "handed_on" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "mailings"."hand_over" ALTER COLUMN "handed_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "mailings"."hand_over" ALTER COLUMN "manner" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "mailings"."batch_item" ADD COLUMN "bundle" integer;--> statement-breakpoint
ALTER TABLE "mailings"."batch_item" ADD COLUMN "settled_by" integer;--> statement-breakpoint
ALTER TABLE "mailings"."batch_item" ADD COLUMN "settled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mailings"."batch_item" ADD COLUMN "settle_reason_id" uuid;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "machine_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "print_by" date;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "send_on" date;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "bundling" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "follows_run_id" uuid;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "withdrawal_asked_by" integer;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "withdrawn_by" integer;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mailings"."contractor" ADD COLUMN "bundle_mark" text DEFAULT 'words' NOT NULL;--> statement-breakpoint
ALTER TABLE "mailings"."hand_over" ADD COLUMN "withdrawn_on" date;--> statement-breakpoint
ALTER TABLE "mailings"."hand_over" ADD COLUMN "withdrawn_by" integer;--> statement-breakpoint
ALTER TABLE "mailings"."package_file" ADD COLUMN "envelopes" integer;--> statement-breakpoint
ALTER TABLE "mailings"."returned_piece" ADD CONSTRAINT "returned_piece_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."returned_piece" ADD CONSTRAINT "returned_piece_item" FOREIGN KEY ("run_id","person_number","subject") REFERENCES "mailings"."batch_item"("run_id","person_number","subject") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "returned_piece_once" ON "mailings"."returned_piece" USING btree ("run_id","piece_number") WHERE not taken_back;--> statement-breakpoint
CREATE INDEX "returned_piece_person" ON "mailings"."returned_piece" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "returned_piece_day" ON "mailings"."returned_piece" USING btree ("program","entered_by","entered_on");--> statement-breakpoint
CREATE INDEX "returned_piece_open" ON "mailings"."returned_piece" USING btree ("program","id") WHERE outcome is null and not taken_back;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD CONSTRAINT "batch_run_follows_run_id_batch_run_id_fk" FOREIGN KEY ("follows_run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batch_item_piece_number" ON "mailings"."batch_item" USING btree ("piece_number");--> statement-breakpoint
CREATE INDEX "batch_item_unsent" ON "mailings"."batch_item" USING btree ("run_id","reason") WHERE settled_by is null and state in ('held', 'left-out');--> statement-breakpoint
ALTER TABLE "mailings"."batch_item" ADD CONSTRAINT "batch_item_settled" CHECK ((settled_by is null) = (settle_reason_id is null) and (settled_by is null or state in ('held', 'left-out')));--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD CONSTRAINT "batch_run_withdrawn_by_another" CHECK ((withdrawn_by is null) = (state <> 'withdrawn') and (withdrawn_by is null) = (withdrawn_at is null)
        and (withdrawn_by is null or withdrawn_by <> withdrawal_asked_by));--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD CONSTRAINT "batch_run_withdrawal_by_version" CHECK (machine_version >= 2 or state not in ('withdrawal-asked', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD CONSTRAINT "batch_run_printed_before_sent" CHECK (print_by is null or send_on is null or print_by <= send_on);--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD CONSTRAINT "batch_run_made_only_when_approved" CHECK (approved_by is not null or state not in ('approved', 'making', 'complete', 'handed-over', 'received', 'closed', 'failed', 'withdrawal-asked', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "mailings"."hand_over" ADD CONSTRAINT "hand_over_or_withdrawal" CHECK ((handed_on is null) = (handed_by is null) and (handed_on is null) = (manner is null)
        and (withdrawn_on is null) = (withdrawn_by is null) and (handed_on is null) <> (withdrawn_on is null)
        and (withdrawn_on is null or (received_on is null and erased_on is null and medium_returned_on is null)));