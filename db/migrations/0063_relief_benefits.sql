CREATE SCHEMA "relief_benefits";
--> statement-breakpoint
CREATE TABLE "relief_benefits"."award" (
	"approval_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"case_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"payee_number" text NOT NULL,
	"benefit" text NOT NULL,
	"month" text,
	"amount" bigint NOT NULL,
	"decided_on" date NOT NULL,
	CONSTRAINT "award_approval_id_number_pk" PRIMARY KEY("approval_id","number"),
	CONSTRAINT "award_benefit" CHECK (benefit in ('medical-cost', 'medical-allowance', 'child-care-pension', 'disability-pension', 'death-lump-sum', 'survivor-pension', 'survivor-lump-sum', 'funeral'))
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."entry" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"entered_by" integer DEFAULT 0 NOT NULL,
	"died_on" date,
	"disability_months" integer DEFAULT 0 NOT NULL,
	"sealed_id" uuid NOT NULL,
	CONSTRAINT "entry_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "entry_disability_months" CHECK (disability_months between 0 and 1200)
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."visit" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"institution_mark" "bytea" NOT NULL,
	"month" text NOT NULL,
	"way" text NOT NULL,
	"days" integer[] NOT NULL,
	"paid" bigint NOT NULL,
	"meals" bigint NOT NULL,
	"reimbursed" bigint NOT NULL,
	"paid_on" date,
	"certificate" boolean NOT NULL,
	"hospital_equivalent" boolean NOT NULL,
	"refusal" text,
	CONSTRAINT "visit_case_id_revision_number_pk" PRIMARY KEY("case_id","revision","number"),
	CONSTRAINT "visit_way" CHECK (way in ('outpatient', 'inpatient', 'pharmacy')),
	CONSTRAINT "visit_refusal" CHECK (refusal in ('not-counted', 'duplicate', 'other-benefit', 'not-hospital-equivalent', 'late', 'not-survivor', 'not-recognised', 'no-proof')),
	CONSTRAINT "visit_month_written" CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "visit_number" CHECK (number between 1 and 500),
	CONSTRAINT "visit_days" CHECK (cardinality(days) between 1 and 31),
	CONSTRAINT "visit_amounts" CHECK (least(paid, meals, reimbursed) >= 0 and greatest(paid, meals, reimbursed) <= 100000000 and reimbursed <= paid + meals)
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."claimed" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"benefit" text NOT NULL,
	"month" text,
	"payee_number" text NOT NULL,
	"rank" text,
	"grade" integer,
	"from_month" date,
	"home_care" boolean DEFAULT false NOT NULL,
	"other_benefits" bigint DEFAULT 0 NOT NULL,
	"refusal" text,
	CONSTRAINT "claimed_case_id_revision_number_pk" PRIMARY KEY("case_id","revision","number"),
	CONSTRAINT "claimed_benefit" CHECK (benefit in ('medical-cost', 'medical-allowance', 'child-care-pension', 'disability-pension', 'death-lump-sum', 'survivor-pension', 'survivor-lump-sum', 'funeral')),
	CONSTRAINT "claimed_rank" CHECK (rank in ('spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling')),
	CONSTRAINT "claimed_refusal" CHECK (refusal in ('not-counted', 'duplicate', 'other-benefit', 'not-hospital-equivalent', 'late', 'not-survivor', 'not-recognised', 'no-proof')),
	CONSTRAINT "claimed_month_written" CHECK (month is null or month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "claimed_whole" CHECK ((month is not null) = (benefit in ('medical-cost', 'medical-allowance'))
        and (benefit like '%-pension') = (from_month is not null and grade is not null)
        and (rank is not null) = (benefit in ('death-lump-sum', 'survivor-pension', 'survivor-lump-sum'))),
	CONSTRAINT "claimed_from_month" CHECK (from_month is null or extract(day from from_month) = 1),
	CONSTRAINT "claimed_amounts" CHECK (grade between 1 and 3 and other_benefits between 0 and 100000000)
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."payment" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"approval_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"payee_number" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "payment_amount" CHECK (amount > 0)
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."pension" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "relief_benefits"."pension_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"class" text NOT NULL,
	"benefit" text NOT NULL,
	"person_number" text NOT NULL,
	"payee_number" text NOT NULL,
	"office_code" text NOT NULL,
	"from_month" date NOT NULL,
	"last_month" date,
	"state" text DEFAULT 'paying' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"asked_by" integer,
	"end_reason" text,
	"ended_on" date,
	"asked_end_reason" text,
	"asked_ended_on" date,
	"asked_payee" text,
	"arrears_payee" text,
	"granted_on" date NOT NULL,
	CONSTRAINT "pension_serial_unique" UNIQUE("serial"),
	CONSTRAINT "pension_class" CHECK (class in ('A', 'B', 'temporary', 'city')),
	CONSTRAINT "pension_benefit" CHECK (benefit in ('child-care-pension', 'disability-pension', 'survivor-pension')),
	CONSTRAINT "pension_end_reason" CHECK (end_reason in ('death', 'recovery', 'age', 'care-ended', 'family', 'term', 'other')),
	CONSTRAINT "pension_from" CHECK (extract(day from from_month) = 1),
	CONSTRAINT "pension_last" CHECK (extract(day from last_month) = 1),
	CONSTRAINT "pension_ended" CHECK ((ended_on is null) = (end_reason is null))
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."pension_event" (
	"pension_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"on" date NOT NULL,
	"comment_id" uuid,
	CONSTRAINT "pension_event_pension_id_revision_pk" PRIMARY KEY("pension_id","revision")
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."pension_line" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"run_id" uuid NOT NULL,
	"pension_id" uuid NOT NULL,
	"payee_number" text NOT NULL,
	"office_code" text NOT NULL,
	"pension_revision" integer NOT NULL,
	"amount" bigint NOT NULL,
	"held" text,
	CONSTRAINT "pension_line_held" CHECK (held in ('overpaid', 'amount-missing', 'no-account', 'stopped', 'payee-died')),
	CONSTRAINT "pension_line_paid" CHECK (held is not null or amount > 0)
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."pension_month" (
	"line_id" uuid NOT NULL,
	"pension_id" uuid NOT NULL,
	"month" date NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "pension_month_line_id_month_pk" PRIMARY KEY("line_id","month"),
	CONSTRAINT "pension_month_first" CHECK (extract(day from month) = 1)
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."pension_paper" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"pension_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"revision" integer NOT NULL,
	"document_number" text NOT NULL,
	"template_version" text NOT NULL,
	"form_setting_id" integer,
	"sha256" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"made_by" integer NOT NULL,
	"made_on" date NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pension_paper_kind" CHECK (kind in ('certificate', 'change', 'stop', 'resumption', 'end', 'report', 'warning'))
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."pension_rate" (
	"run_id" uuid NOT NULL,
	"class" text NOT NULL,
	"benefit" text NOT NULL,
	"grade" integer NOT NULL,
	"from_month" date NOT NULL,
	"to_month" date NOT NULL,
	"yearly" bigint NOT NULL,
	"care" bigint NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "pension_rate_run_id_class_benefit_grade_from_month_pk" PRIMARY KEY("run_id","class","benefit","grade","from_month"),
	CONSTRAINT "pension_rate_class" CHECK (class in ('A', 'B', 'city')),
	CONSTRAINT "pension_rate_benefit" CHECK (benefit in ('child-care-pension', 'disability-pension', 'survivor-pension')),
	CONSTRAINT "pension_rate_amounts" CHECK (yearly > 0 and care >= 0)
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."pension_report" (
	"pension_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"due_on" date NOT NULL,
	"asked_by" integer NOT NULL,
	"asked_on" date NOT NULL,
	"warned_on" date,
	"warned_until" date,
	"answered_on" date,
	"changed" boolean,
	"answered_by" integer,
	CONSTRAINT "pension_report_pension_id_year_pk" PRIMARY KEY("pension_id","year"),
	CONSTRAINT "pension_report_warned" CHECK (num_nulls(warned_on, warned_until) in (0, 2)),
	CONSTRAINT "pension_report_warned_later" CHECK (warned_on >= due_on and warned_until > warned_on),
	CONSTRAINT "pension_report_answered" CHECK (num_nulls(answered_on, changed, answered_by) in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."pension_run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "relief_benefits"."pension_run_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"pay_month" date NOT NULL,
	"up_to" date NOT NULL,
	"state" text DEFAULT 'prepared' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_on" date NOT NULL,
	"prepared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" integer,
	"decided_on" date,
	CONSTRAINT "pension_run_serial_unique" UNIQUE("serial"),
	CONSTRAINT "pension_run_two_people" CHECK (state <> 'approved' or decided_by <> prepared_by),
	CONSTRAINT "pension_run_months" CHECK (extract(day from pay_month) = 1 and extract(day from up_to) = 1 and up_to < pay_month)
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."pension_term" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "relief_benefits"."pension_term_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"pension_id" uuid NOT NULL,
	"from_month" date NOT NULL,
	"grade" integer NOT NULL,
	"home_care" boolean NOT NULL,
	"other_benefits" bigint NOT NULL,
	"proposed_by" integer NOT NULL,
	"decided_by" integer,
	"decided_on" date,
	"decision" text,
	CONSTRAINT "pension_term_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "pension_term_two_people" CHECK (decision = 'refused' or decided_by <> proposed_by),
	CONSTRAINT "pension_term_decided" CHECK (num_nulls(decided_by, decided_on, decision) in (0, 3)),
	CONSTRAINT "pension_term_from" CHECK (extract(day from from_month) = 1),
	CONSTRAINT "pension_term_amounts" CHECK (grade between 1 and 3 and other_benefits between 0 and 100000000)
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."proposed" (
	"approval_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"entry_revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"amount" bigint NOT NULL,
	"basis" text[] NOT NULL,
	CONSTRAINT "proposed_approval_id_number_pk" PRIMARY KEY("approval_id","number"),
	CONSTRAINT "proposed_outcome" CHECK (outcome in ('granted', 'refused')),
	CONSTRAINT "proposed_reason" CHECK (reason in ('not-counted', 'duplicate', 'other-benefit', 'not-hospital-equivalent', 'late', 'not-survivor', 'not-recognised', 'no-proof')),
	CONSTRAINT "proposed_whole" CHECK (amount >= 0 and (outcome = 'refused') = (reason is not null) and (outcome = 'granted') = (amount > 0))
);
--> statement-breakpoint
CREATE TABLE "relief_benefits"."proposed_step" (
	"approval_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"position" integer NOT NULL,
	"label" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "proposed_step_approval_id_number_position_pk" PRIMARY KEY("approval_id","number","position"),
	CONSTRAINT "proposed_step_label" CHECK (length(label) between 1 and 60)
);
--> statement-breakpoint
ALTER TABLE "relief_benefits"."award" ADD CONSTRAINT "award_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."award" ADD CONSTRAINT "award_approval_id_number_proposed_approval_id_number_fk" FOREIGN KEY ("approval_id","number") REFERENCES "relief_benefits"."proposed"("approval_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."entry" ADD CONSTRAINT "entry_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."visit" ADD CONSTRAINT "visit_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."visit" ADD CONSTRAINT "visit_case_id_revision_entry_case_id_revision_fk" FOREIGN KEY ("case_id","revision") REFERENCES "relief_benefits"."entry"("case_id","revision") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."claimed" ADD CONSTRAINT "claimed_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."claimed" ADD CONSTRAINT "claimed_case_id_revision_entry_case_id_revision_fk" FOREIGN KEY ("case_id","revision") REFERENCES "relief_benefits"."entry"("case_id","revision") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."payment" ADD CONSTRAINT "payment_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "approvals"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."payment" ADD CONSTRAINT "payment_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension" ADD CONSTRAINT "pension_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension" ADD CONSTRAINT "pension_approval_id_number_proposed_approval_id_number_fk" FOREIGN KEY ("approval_id","number") REFERENCES "relief_benefits"."proposed"("approval_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension_event" ADD CONSTRAINT "pension_event_pension_id_pension_id_fk" FOREIGN KEY ("pension_id") REFERENCES "relief_benefits"."pension"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension_line" ADD CONSTRAINT "pension_line_run_id_pension_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "relief_benefits"."pension_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension_line" ADD CONSTRAINT "pension_line_pension_id_pension_id_fk" FOREIGN KEY ("pension_id") REFERENCES "relief_benefits"."pension"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension_month" ADD CONSTRAINT "pension_month_line_id_pension_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "relief_benefits"."pension_line"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension_paper" ADD CONSTRAINT "pension_paper_pension_id_pension_id_fk" FOREIGN KEY ("pension_id") REFERENCES "relief_benefits"."pension"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension_paper" ADD CONSTRAINT "pension_paper_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension_rate" ADD CONSTRAINT "pension_rate_run_id_pension_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "relief_benefits"."pension_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension_report" ADD CONSTRAINT "pension_report_pension_id_pension_id_fk" FOREIGN KEY ("pension_id") REFERENCES "relief_benefits"."pension"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."pension_term" ADD CONSTRAINT "pension_term_pension_id_pension_id_fk" FOREIGN KEY ("pension_id") REFERENCES "relief_benefits"."pension"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."proposed" ADD CONSTRAINT "proposed_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "approvals"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."proposed" ADD CONSTRAINT "proposed_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."proposed" ADD CONSTRAINT "proposed_case_id_entry_revision_number_claimed_case_id_revision_number_fk" FOREIGN KEY ("case_id","entry_revision","number") REFERENCES "relief_benefits"."claimed"("case_id","revision","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."proposed_step" ADD CONSTRAINT "proposed_step_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relief_benefits"."proposed_step" ADD CONSTRAINT "proposed_step_approval_id_number_proposed_approval_id_number_fk" FOREIGN KEY ("approval_id","number") REFERENCES "relief_benefits"."proposed"("approval_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "award_case" ON "relief_benefits"."award" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "award_month" ON "relief_benefits"."award" USING btree ("person_number","month");--> statement-breakpoint
CREATE UNIQUE INDEX "award_after_death_once" ON "relief_benefits"."award" USING btree ("person_number","benefit","payee_number") WHERE month is null;--> statement-breakpoint
CREATE INDEX "visit_month" ON "relief_benefits"."visit" USING btree ("month","institution_mark");--> statement-breakpoint
CREATE UNIQUE INDEX "claimed_once" ON "relief_benefits"."claimed" USING btree ("case_id","revision","benefit",coalesce(month, ''),"payee_number");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_once" ON "relief_benefits"."payment" USING btree ("approval_id","payee_number");--> statement-breakpoint
CREATE INDEX "payment_case" ON "relief_benefits"."payment" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pension_once" ON "relief_benefits"."pension" USING btree ("approval_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "pension_of_person" ON "relief_benefits"."pension" USING btree ("person_number","benefit","payee_number") WHERE state <> 'ended';--> statement-breakpoint
CREATE INDEX "pension_payee" ON "relief_benefits"."pension" USING btree ("payee_number");--> statement-breakpoint
CREATE INDEX "pension_case" ON "relief_benefits"."pension" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "pension_state" ON "relief_benefits"."pension" USING btree ("state");--> statement-breakpoint
CREATE UNIQUE INDEX "pension_line_once" ON "relief_benefits"."pension_line" USING btree ("run_id","pension_id");--> statement-breakpoint
CREATE INDEX "pension_line_pension" ON "relief_benefits"."pension_line" USING btree ("pension_id");--> statement-breakpoint
CREATE INDEX "pension_month_of" ON "relief_benefits"."pension_month" USING btree ("pension_id","month");--> statement-breakpoint
CREATE INDEX "pension_paper_of" ON "relief_benefits"."pension_paper" USING btree ("pension_id");--> statement-breakpoint
CREATE INDEX "pension_report_open" ON "relief_benefits"."pension_report" USING btree ("due_on") WHERE answered_on is null;--> statement-breakpoint
CREATE UNIQUE INDEX "pension_run_waiting" ON "relief_benefits"."pension_run" USING btree ("state") WHERE state = 'prepared';--> statement-breakpoint
CREATE INDEX "pension_term_of" ON "relief_benefits"."pension_term" USING btree ("pension_id","from_month");--> statement-breakpoint
CREATE UNIQUE INDEX "pension_term_waiting" ON "relief_benefits"."pension_term" USING btree ("pension_id") WHERE decision is null;--> statement-breakpoint
CREATE INDEX "proposed_case" ON "relief_benefits"."proposed" USING btree ("case_id");