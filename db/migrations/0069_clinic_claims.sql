CREATE SCHEMA "clinic_claims";
--> statement-breakpoint
CREATE TABLE "clinic_claims"."claim" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "clinic_claims"."claim_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"claimant_code" text NOT NULL,
	"month" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"file_digest" text,
	"received_on" date NOT NULL,
	"due_on" date NOT NULL,
	"late_reason" text,
	"late_by" integer,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"examined_by" integer,
	"reckoned_at" timestamp with time zone,
	"proposed_by" integer,
	"proposed_at" timestamp with time zone,
	"slips" integer,
	"amount" bigint,
	"tax" bigint,
	"set_off" bigint,
	"pay" bigint,
	"carry" bigint,
	"mark" text,
	"approved_by" integer,
	"approved_at" timestamp with time zone,
	"decision_id" uuid,
	"payable_id" uuid,
	"carried_to" uuid,
	CONSTRAINT "claim_serial_unique" UNIQUE("serial"),
	CONSTRAINT "claim_kind" CHECK (kind in ('individual', 'mutual', 'regional', 'mass')),
	CONSTRAINT "claim_channel" CHECK (channel in ('keyboard', 'file')),
	CONSTRAINT "claim_late_reason" CHECK (late_reason in ('clinic', 'city', 'post', 'other')),
	CONSTRAINT "claim_late" CHECK ((late_reason is null) = (late_by is null)),
	CONSTRAINT "claim_state_is" CHECK (state in ('received', 'examining', 'proposed', 'approved', 'paid', 'withdrawn')),
	CONSTRAINT "claim_claimant" CHECK (claimant_code ~ '^([0-9]{10}|D[0-9]{4})$'),
	CONSTRAINT "claim_month_is" CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "claim_file" CHECK ((channel = 'file') = (file_digest is not null)),
	CONSTRAINT "claim_two_people" CHECK (approved_by <> proposed_by and approved_by <> entered_by),
	CONSTRAINT "claim_proposed" CHECK (num_nulls(proposed_by, proposed_at, slips, amount, tax, set_off, pay, carry, mark) in (0, 9)
        and (state not in ('proposed', 'approved', 'paid') or mark is not null)),
	CONSTRAINT "claim_approved" CHECK ((state in ('approved', 'paid')) = (approved_by is not null) and num_nulls(approved_by, approved_at, decision_id) in (0, 3)),
	CONSTRAINT "claim_sum" CHECK (amount >= 0 and tax between 0 and amount and pay >= 0 and carry <= 0 and pay + carry = amount + set_off and (pay = 0 or carry = 0)),
	CONSTRAINT "claim_payable" CHECK (payable_id is null or pay > 0)
);
--> statement-breakpoint
CREATE TABLE "clinic_claims"."claim_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "clinic_claims"."claim_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"claim_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"reason" text,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clinic_claims"."claim_line" (
	"claim_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"product" text DEFAULT '' NOT NULL,
	"outcome" text NOT NULL,
	"count" integer NOT NULL,
	"amount" bigint NOT NULL,
	"accepted" text,
	"accepted_by" integer,
	CONSTRAINT "claim_line_claim_id_place_pk" PRIMARY KEY("claim_id","place"),
	CONSTRAINT "claim_line_outcome" CHECK (outcome in ('given', 'screened')),
	CONSTRAINT "claim_line_accepted" CHECK (accepted in ('as-reckoned', 'slips-returned', 'asked-clinic', 'other')),
	CONSTRAINT "claim_line_dose" CHECK (dose between 1 and 99 and place between 1 and 500),
	CONSTRAINT "claim_line_figures" CHECK (count between 0 and 100000 and amount between 0 and 100000000000),
	CONSTRAINT "claim_line_product" CHECK (length(product) <= 60),
	CONSTRAINT "claim_line_judged" CHECK ((accepted is null) = (accepted_by is null))
);
--> statement-breakpoint
CREATE TABLE "clinic_claims"."claim_paper" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "clinic_claims"."claim_paper_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"claim_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"document_number" text NOT NULL,
	"template" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"claim_revision" integer NOT NULL,
	"issued_by" integer NOT NULL,
	"issued_on" date NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_paper_serial_unique" UNIQUE("serial"),
	CONSTRAINT "claim_paper_kind" CHECK (kind in ('statement', 'returned', 'difference'))
);
--> statement-breakpoint
CREATE TABLE "clinic_claims"."claim_row" (
	"id" uuid PRIMARY KEY NOT NULL,
	"claim_id" uuid NOT NULL,
	"slip_id" uuid,
	"shot_id" uuid,
	"person_number" text,
	"clinic_code" text NOT NULL,
	"given_on" date NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"product" text DEFAULT '' NOT NULL,
	"outcome" text NOT NULL,
	"price" bigint,
	"tax" bigint,
	"copay" bigint DEFAULT 0 NOT NULL,
	"exempt" boolean DEFAULT false NOT NULL,
	"amount" bigint,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"disposition" text NOT NULL,
	"reason" text,
	"judged_by" integer,
	"query_due_on" date,
	"answer" text,
	"answered_on" date,
	"origin_id" uuid,
	"standing" boolean NOT NULL,
	CONSTRAINT "claim_row_outcome" CHECK (outcome in ('given', 'screened')),
	CONSTRAINT "claim_row_disposition" CHECK (disposition in ('open', 'pay', 'same', 'return', 'query', 'refuse', 'later')),
	CONSTRAINT "claim_row_answer" CHECK (answer in ('as-claimed', 'corrected', 'given-up', 'none')),
	CONSTRAINT "claim_row_source" CHECK (num_nulls(slip_id, shot_id) < 2),
	CONSTRAINT "claim_row_clinic" CHECK (clinic_code ~ '^[0-9]{10}$'),
	CONSTRAINT "claim_row_money" CHECK ((price is null) = (amount is null) and (price is null) = (tax is null) and price > 0 is not false
        and copay >= 0 and amount = greatest(price - case when exempt then 0 else copay end, 0) is not false),
	CONSTRAINT "claim_row_paid" CHECK (disposition <> 'pay' or (amount > 0 and person_number is not null)),
	CONSTRAINT "claim_row_why" CHECK (disposition in ('open', 'pay', 'same') or (reason is not null and judged_by is not null)),
	CONSTRAINT "claim_row_query" CHECK (disposition <> 'query' or query_due_on is not null),
	CONSTRAINT "claim_row_answer_whole" CHECK ((answer is null) = (answered_on is null))
);
--> statement-breakpoint
CREATE TABLE "clinic_claims"."correction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "clinic_claims"."correction_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"claim_id" uuid NOT NULL,
	"row_id" uuid NOT NULL,
	"claimant_code" text NOT NULL,
	"before" bigint NOT NULL,
	"after" bigint NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"applied_to" uuid,
	CONSTRAINT "correction_serial_unique" UNIQUE("serial"),
	CONSTRAINT "correction_reason" CHECK (reason in ('record-cancelled', 'other-person', 'price', 'copay', 'paid-twice', 'not-resident', 'invalid', 'other')),
	CONSTRAINT "correction_state" CHECK (state in ('proposed', 'approved', 'refused', 'withdrawn')),
	CONSTRAINT "correction_changes" CHECK (before >= 0 and after >= 0 and before <> after),
	CONSTRAINT "correction_two_people" CHECK (state not in ('approved', 'refused') or decided_by <> proposed_by),
	CONSTRAINT "correction_decided" CHECK ((state = 'proposed') = (decided_by is null)),
	CONSTRAINT "correction_applied_when_approved" CHECK (applied_to is null or state = 'approved')
);
--> statement-breakpoint
ALTER TABLE "payments"."account" DROP CONSTRAINT "account_source";--> statement-breakpoint
ALTER TABLE "payments"."account" DROP CONSTRAINT "account_confirmed";--> statement-breakpoint
ALTER TABLE "payments"."account" ALTER COLUMN "person_number" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "payments"."account" ALTER COLUMN "office_code" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "payments"."payable" ALTER COLUMN "person_number" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "payments"."payable" ALTER COLUMN "office_code" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "payments"."account" ADD COLUMN "party_code" text;--> statement-breakpoint
ALTER TABLE "payments"."payable" ADD COLUMN "party_code" text;--> statement-breakpoint
ALTER TABLE "clinic_claims"."claim_event" ADD CONSTRAINT "claim_event_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "clinic_claims"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinic_claims"."claim_line" ADD CONSTRAINT "claim_line_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "clinic_claims"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinic_claims"."claim_paper" ADD CONSTRAINT "claim_paper_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "clinic_claims"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinic_claims"."claim_row" ADD CONSTRAINT "claim_row_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "clinic_claims"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinic_claims"."correction" ADD CONSTRAINT "correction_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "clinic_claims"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinic_claims"."correction" ADD CONSTRAINT "correction_row_id_claim_row_id_fk" FOREIGN KEY ("row_id") REFERENCES "clinic_claims"."claim_row"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinic_claims"."correction" ADD CONSTRAINT "correction_applied_to_claim_id_fk" FOREIGN KEY ("applied_to") REFERENCES "clinic_claims"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "claim_once" ON "clinic_claims"."claim" USING btree ("claimant_code","month","kind") WHERE state <> 'withdrawn';--> statement-breakpoint
CREATE INDEX "claim_month" ON "clinic_claims"."claim" USING btree ("month","state");--> statement-breakpoint
CREATE INDEX "claim_state" ON "clinic_claims"."claim" USING btree ("state","entered_at");--> statement-breakpoint
CREATE INDEX "claim_carries" ON "clinic_claims"."claim" USING btree ("claimant_code") WHERE carry < 0 and carried_to is null;--> statement-breakpoint
CREATE INDEX "claim_event_claim" ON "clinic_claims"."claim_event" USING btree ("claim_id","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "claim_line_once" ON "clinic_claims"."claim_line" USING btree ("claim_id","vaccine","dose","product","outcome");--> statement-breakpoint
CREATE INDEX "claim_paper_claim" ON "clinic_claims"."claim_paper" USING btree ("claim_id");--> statement-breakpoint
CREATE INDEX "claim_row_claim" ON "clinic_claims"."claim_row" USING btree ("claim_id","disposition");--> statement-breakpoint
CREATE INDEX "claim_row_person" ON "clinic_claims"."claim_row" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "claim_row_shot" ON "clinic_claims"."claim_row" USING btree ("shot_id");--> statement-breakpoint
CREATE INDEX "claim_row_query" ON "clinic_claims"."claim_row" USING btree ("query_due_on") WHERE disposition = 'query';--> statement-breakpoint
CREATE UNIQUE INDEX "claim_row_slip_once" ON "clinic_claims"."claim_row" USING btree ("slip_id") WHERE standing;--> statement-breakpoint
CREATE UNIQUE INDEX "claim_row_shot_once" ON "clinic_claims"."claim_row" USING btree ("shot_id") WHERE standing and slip_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "claim_row_slip_of_claim" ON "clinic_claims"."claim_row" USING btree ("claim_id","slip_id");--> statement-breakpoint
CREATE UNIQUE INDEX "claim_row_shot_of_claim" ON "clinic_claims"."claim_row" USING btree ("claim_id","shot_id") WHERE slip_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "correction_one" ON "clinic_claims"."correction" USING btree ("row_id") WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "correction_open" ON "clinic_claims"."correction" USING btree ("claimant_code") WHERE state = 'approved' and applied_to is null;--> statement-breakpoint
CREATE INDEX "correction_waiting" ON "clinic_claims"."correction" USING btree ("proposed_at") WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "correction_applied" ON "clinic_claims"."correction" USING btree ("applied_to");--> statement-breakpoint
CREATE UNIQUE INDEX "account_of_party_in_force" ON "payments"."account" USING btree ("program","party_code") WHERE state = 'confirmed';--> statement-breakpoint
CREATE INDEX "payable_party" ON "payments"."payable" USING btree ("program","party_code") WHERE party_code is not null;--> statement-breakpoint
ALTER TABLE "payments"."account" ADD CONSTRAINT "account_holder" CHECK (num_nonnulls(person_number, party_code) = 1 and (office_code is null) = (party_code is not null) and party_code ~ '^[0-9A-Za-z-]{1,20}$' is not false);--> statement-breakpoint
ALTER TABLE "payments"."account" ADD CONSTRAINT "account_of_register" CHECK ((source = 'register') = (party_code is not null));--> statement-breakpoint
ALTER TABLE "payments"."account" ADD CONSTRAINT "account_source" CHECK (source in ('application', 'change', 'counter', 'public', 'register'));--> statement-breakpoint
ALTER TABLE "payments"."account" ADD CONSTRAINT "account_confirmed" CHECK (state not in ('confirmed', 'closed') or (decided_by is not null and (evidence is not null or source = 'register')));--> statement-breakpoint
ALTER TABLE "payments"."payable" ADD CONSTRAINT "payable_holder" CHECK (num_nonnulls(person_number, party_code) = 1 and (office_code is null) = (party_code is not null) and party_code ~ '^[0-9A-Za-z-]{1,20}$' is not false);--> statement-breakpoint
ALTER TABLE "payments"."payable" ADD CONSTRAINT "payable_party_by_transfer" CHECK (party_code is null or kind = 'transfer');