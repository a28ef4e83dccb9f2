CREATE SCHEMA "claims";
--> statement-breakpoint
CREATE TABLE "claims"."claim" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"payee_number" text NOT NULL,
	"channel" text NOT NULL,
	CONSTRAINT "claim_channel" CHECK (channel in ('window', 'post', 'electronic'))
);
--> statement-breakpoint
CREATE TABLE "claims"."acceptance" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"entry_revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"accepted_by" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "acceptance_case_id_entry_revision_number_code_pk" PRIMARY KEY("case_id","entry_revision","number","code")
);
--> statement-breakpoint
CREATE TABLE "claims"."benefit" (
	"approval_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"case_id" uuid NOT NULL,
	"entry_revision" integer NOT NULL,
	"program" text NOT NULL,
	"person_number" text NOT NULL,
	"month" text NOT NULL,
	"institution_mark" "bytea" NOT NULL,
	"care" text NOT NULL,
	"cost" bigint NOT NULL,
	"day" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"amount" bigint NOT NULL,
	"decided_on" date NOT NULL,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "benefit_approval_id_number_pk" PRIMARY KEY("approval_id","number"),
	CONSTRAINT "benefit_care" CHECK (care in ('outpatient', 'inpatient', 'dental', 'pharmacy', 'home-nursing', 'appliance'))
);
--> statement-breakpoint
CREATE TABLE "claims"."bill" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"month" text NOT NULL,
	"day" integer,
	"paid_on" date,
	"institution" char(10),
	"institution_mark" "bytea" NOT NULL,
	"care" text NOT NULL,
	"cost" bigint NOT NULL,
	"insurance_tenths" integer NOT NULL,
	"times" integer NOT NULL,
	"paid" bigint NOT NULL,
	"meals" bigint NOT NULL,
	"meal_days" integer NOT NULL,
	"reimbursed" bigint NOT NULL,
	"high_cost" bigint NOT NULL,
	"additional_benefit" bigint NOT NULL,
	"other_public" bigint NOT NULL,
	"insurer_group" text,
	"category" text,
	"multiple" boolean DEFAULT false NOT NULL,
	"outside_prefecture" boolean NOT NULL,
	"certificate_shown" boolean NOT NULL,
	"exclusion" text,
	"documents" text[] NOT NULL,
	CONSTRAINT "bill_case_id_revision_number_pk" PRIMARY KEY("case_id","revision","number"),
	CONSTRAINT "bill_care" CHECK (care in ('outpatient', 'inpatient', 'dental', 'pharmacy', 'home-nursing', 'appliance')),
	CONSTRAINT "bill_insurer_group" CHECK (insurer_group in ('employee', 'national', 'union', 'elderly')),
	CONSTRAINT "bill_exclusion" CHECK (exclusion in ('school-accident', 'third-party', 'work-accident')),
	CONSTRAINT "bill_month_written" CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "bill_number" CHECK (number between 1 and 200),
	CONSTRAINT "bill_day" CHECK (day between 1 and 31),
	CONSTRAINT "bill_tenths" CHECK (insurance_tenths between 0 and 10),
	CONSTRAINT "bill_times" CHECK (times between 1 and 99 and meal_days between 0 and 99),
	CONSTRAINT "bill_amounts" CHECK (least(cost, paid, meals, reimbursed, high_cost, additional_benefit, other_public) >= 0
        and greatest(cost, paid, meals, reimbursed, high_cost, additional_benefit, other_public) <= 100000000)
);
--> statement-breakpoint
CREATE TABLE "claims"."proposal" (
	"approval_id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"entry_revision" integer DEFAULT 0 NOT NULL,
	"total" bigint NOT NULL,
	CONSTRAINT "proposal_total" CHECK (total >= 0)
);
--> statement-breakpoint
CREATE TABLE "claims"."proposed_line" (
	"approval_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"position" integer NOT NULL,
	"label" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "proposed_line_approval_id_number_position_pk" PRIMARY KEY("approval_id","number","position")
);
--> statement-breakpoint
CREATE TABLE "claims"."proposed_row" (
	"approval_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"entry_revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"amount" bigint NOT NULL,
	CONSTRAINT "proposed_row_approval_id_number_pk" PRIMARY KEY("approval_id","number"),
	CONSTRAINT "proposed_row_outcome" CHECK (outcome in ('granted', 'refused')),
	CONSTRAINT "proposed_row_whole" CHECK (amount >= 0 and (outcome = 'refused') = (reason is not null) and (outcome = 'granted') = (amount > 0))
);
--> statement-breakpoint
ALTER TABLE "claims"."claim" ADD CONSTRAINT "claim_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."acceptance" ADD CONSTRAINT "acceptance_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."acceptance" ADD CONSTRAINT "acceptance_case_id_entry_revision_number_bill_case_id_revision_number_fk" FOREIGN KEY ("case_id","entry_revision","number") REFERENCES "claims"."bill"("case_id","revision","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."benefit" ADD CONSTRAINT "benefit_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."benefit" ADD CONSTRAINT "benefit_approval_id_number_proposed_row_approval_id_number_fk" FOREIGN KEY ("approval_id","number") REFERENCES "claims"."proposed_row"("approval_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."bill" ADD CONSTRAINT "bill_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."proposal" ADD CONSTRAINT "proposal_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "approvals"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."proposal" ADD CONSTRAINT "proposal_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."proposed_line" ADD CONSTRAINT "proposed_line_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."proposed_line" ADD CONSTRAINT "proposed_line_approval_id_number_proposed_row_approval_id_number_fk" FOREIGN KEY ("approval_id","number") REFERENCES "claims"."proposed_row"("approval_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."proposed_row" ADD CONSTRAINT "proposed_row_approval_id_proposal_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "claims"."proposal"("approval_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."proposed_row" ADD CONSTRAINT "proposed_row_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims"."proposed_row" ADD CONSTRAINT "proposed_row_case_id_entry_revision_number_bill_case_id_revision_number_fk" FOREIGN KEY ("case_id","entry_revision","number") REFERENCES "claims"."bill"("case_id","revision","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claim_payee" ON "claims"."claim" USING btree ("payee_number");--> statement-breakpoint
CREATE INDEX "benefit_person" ON "claims"."benefit" USING btree ("person_number","month");--> statement-breakpoint
CREATE INDEX "benefit_case" ON "claims"."benefit" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_once" ON "claims"."benefit" USING btree ("program","person_number","month","institution_mark","care","cost","day","ordinal") WHERE cancelled_at is null;--> statement-breakpoint
CREATE INDEX "bill_month" ON "claims"."bill" USING btree ("month","institution_mark");--> statement-breakpoint
CREATE INDEX "proposal_case" ON "claims"."proposal" USING btree ("case_id");