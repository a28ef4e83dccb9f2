CREATE SCHEMA "payments";
--> statement-breakpoint
CREATE SCHEMA "repayments";
--> statement-breakpoint
CREATE TABLE "payments"."account" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"program" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"source" text NOT NULL,
	"public_account" boolean DEFAULT false NOT NULL,
	"case_id" uuid,
	"sealed_id" uuid NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"state" text DEFAULT 'provisional' NOT NULL,
	"entered_by" integer NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"evidence" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"closed_for" text,
	"closed_by" integer,
	"closed_at" timestamp with time zone,
	CONSTRAINT "account_source" CHECK (source in ('application', 'change', 'counter', 'public')),
	CONSTRAINT "account_state" CHECK (state in ('provisional', 'confirmed', 'refused', 'replaced', 'closed')),
	CONSTRAINT "account_evidence" CHECK (evidence in ('passbook', 'card', 'certificate', 'registry')),
	CONSTRAINT "account_closed_for" CHECK (closed_for in ('changed', 'bank-closed', 'failed', 'own-request', 'mistake')),
	CONSTRAINT "account_two_people" CHECK (decided_by <> entered_by and decided_by <> recorded_by),
	CONSTRAINT "account_decided" CHECK ((decided_by is null) = (decided_at is null)),
	CONSTRAINT "account_confirmed" CHECK (state not in ('confirmed', 'closed') or (decided_by is not null and evidence is not null)),
	CONSTRAINT "account_closed" CHECK ((state = 'closed') = (closed_for is not null) and num_nulls(closed_for, closed_by, closed_at) in (0, 3)
        and (state <> 'closed' or valid_to is not null))
);
--> statement-breakpoint
CREATE TABLE "payments"."answer" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "payments"."answer_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"sha256" text,
	"rest_paid" boolean DEFAULT false NOT NULL,
	"paid" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"faults" integer DEFAULT 0 NOT NULL,
	"read_by" integer NOT NULL,
	"read_on" date NOT NULL,
	"read_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "answer_kind" CHECK (kind in ('list', 'returned'))
);
--> statement-breakpoint
CREATE TABLE "payments"."answer_fault" (
	"answer_id" integer NOT NULL,
	"line" integer NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "answer_fault_answer_id_line_pk" PRIMARY KEY("answer_id","line")
);
--> statement-breakpoint
CREATE TABLE "payments"."cash_payment" (
	"payable_id" uuid PRIMARY KEY NOT NULL,
	"identity" text NOT NULL,
	"by_agent" boolean NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_on" date NOT NULL,
	"receipt_number" text,
	"paid_by" integer,
	"paid_on" date,
	CONSTRAINT "cash_payment_two_people" CHECK (paid_by <> prepared_by),
	CONSTRAINT "cash_payment_paid" CHECK (num_nulls(receipt_number, paid_by, paid_on) in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "payments"."hand_over" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"receiver" text NOT NULL,
	"received_by" text NOT NULL,
	"manner" text NOT NULL,
	"handed_on" date NOT NULL,
	"handed_by" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payments"."payable" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "payments"."payable_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"source_kind" text NOT NULL,
	"source_id" uuid NOT NULL,
	"case_id" uuid,
	"amount" bigint NOT NULL,
	"set_off" bigint DEFAULT 0 NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'owed' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"owed_on" date NOT NULL,
	"decided_by" integer NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"account_id" uuid,
	"paid_on" date,
	CONSTRAINT "payable_serial_unique" UNIQUE("serial"),
	CONSTRAINT "payable_kind" CHECK (kind in ('transfer', 'cash', 'set-off')),
	CONSTRAINT "payable_amount" CHECK (amount > 0 and amount < 10000000000),
	CONSTRAINT "payable_set_off" CHECK (set_off between 0 and amount and (state = 'set-off') = (set_off = amount)),
	CONSTRAINT "payable_paid" CHECK (paid_on is null or state in ('paid', 'return-asked', 'set-off'))
);
--> statement-breakpoint
CREATE TABLE "payments"."payable_event" (
	"payable_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"on" date NOT NULL,
	"run_id" uuid,
	"reason" text,
	"comment_id" uuid,
	CONSTRAINT "payable_event_payable_id_revision_pk" PRIMARY KEY("payable_id","revision")
);
--> statement-breakpoint
CREATE TABLE "payments"."run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "payments"."run_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"office_code" text,
	"closing_on" date NOT NULL,
	"pay_on" date NOT NULL,
	"machine_version" integer NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"setting_id" integer NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"submitted_by" integer,
	"approved_by" integer,
	"approved_at" timestamp with time zone,
	"approved_revision" integer,
	"approved_count" integer,
	"approved_sum" bigint,
	"withdrawal_asked_by" integer,
	"withdrawn_by" integer,
	CONSTRAINT "run_serial_unique" UNIQUE("serial"),
	CONSTRAINT "run_two_people" CHECK (approved_by is null or (approved_by <> prepared_by and approved_by <> submitted_by)),
	CONSTRAINT "run_written_only_when_approved" CHECK (approved_by is not null or state not in ('approved', 'written', 'handed-over', 'closed', 'withdrawal-asked', 'withdrawn')),
	CONSTRAINT "run_approval_whole" CHECK (num_nulls(approved_by, approved_at, approved_revision, approved_count, approved_sum) in (0, 5)),
	CONSTRAINT "run_withdrawn_by_another" CHECK ((withdrawn_by is null) = (state <> 'withdrawn') and (withdrawn_by is null or withdrawn_by <> withdrawal_asked_by))
);
--> statement-breakpoint
CREATE TABLE "payments"."run_event" (
	"run_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"comment_id" uuid,
	CONSTRAINT "run_event_run_id_revision_pk" PRIMARY KEY("run_id","revision")
);
--> statement-breakpoint
CREATE TABLE "payments"."run_file" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"sealed_id" uuid,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"count" integer NOT NULL,
	"sum" bigint NOT NULL,
	"written_by" integer NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "run_file_digest" CHECK (sha256 ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "run_file_erased" CHECK ((sealed_id is null) = (erased_at is not null))
);
--> statement-breakpoint
CREATE TABLE "payments"."run_line" (
	"run_id" uuid NOT NULL,
	"payable_id" uuid NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"amount" bigint NOT NULL,
	"account_id" uuid,
	"new_code" text,
	"place" integer,
	"answer_id" integer,
	"answered_on" date,
	CONSTRAINT "run_line_run_id_payable_id_pk" PRIMARY KEY("run_id","payable_id"),
	CONSTRAINT "run_line_state_is" CHECK (state in ('ready', 'held', 'paid', 'failed', 'returned', 'released')),
	CONSTRAINT "run_line_new_code" CHECK (new_code in ('0', '1', '2')),
	CONSTRAINT "run_line_reason" CHECK ((state in ('held', 'failed', 'returned')) = (reason is not null)),
	CONSTRAINT "run_line_account" CHECK (state = 'held' or account_id is not null),
	CONSTRAINT "run_line_answer" CHECK ((state in ('paid', 'failed', 'returned')) = (answer_id is not null) and (answer_id is null) = (answered_on is null))
);
--> statement-breakpoint
CREATE TABLE "payments"."setting" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "payments"."setting_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"valid_from" date NOT NULL,
	"originator_code" text NOT NULL,
	"originator_name" text NOT NULL,
	"bank_code" text NOT NULL,
	"branch_code" text NOT NULL,
	"account_type" text NOT NULL,
	"account_number" text NOT NULL,
	"clearing_house" text NOT NULL,
	"category" text NOT NULL,
	"line_ends" boolean NOT NULL,
	"closing_day" integer NOT NULL,
	"pay_months" integer NOT NULL,
	"pay_day" integer NOT NULL,
	"when_closed" text NOT NULL,
	"lead_days" integer NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "setting_account_type" CHECK (account_type in ('1', '2', '9')),
	CONSTRAINT "setting_clearing_house" CHECK (clearing_house in ('zeros', 'spaces')),
	CONSTRAINT "setting_category" CHECK (category in ('7', '8', '0', 'space')),
	CONSTRAINT "setting_when_closed" CHECK (when_closed in ('before', 'after')),
	CONSTRAINT "setting_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "setting_codes" CHECK (originator_code ~ '^[0-9]{10}$' and bank_code ~ '^[0-9]{4}$' and branch_code ~ '^[0-9]{3}$' and account_number ~ '^[0-9]{7}$'),
	CONSTRAINT "setting_days" CHECK (closing_day between 1 and 31 and pay_months between 0 and 6 and pay_day between 1 and 31 and lead_days between 0 and 20),
	CONSTRAINT "setting_two_people" CHECK (decided_by <> proposed_by),
	CONSTRAINT "setting_decision_whole" CHECK (num_nulls(decision, decided_by, decided_at) in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "repayments"."instalment" (
	"repayment_id" uuid NOT NULL,
	"plan" integer NOT NULL,
	"number" integer NOT NULL,
	"due_on" date NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "instalment_repayment_id_plan_number_pk" PRIMARY KEY("repayment_id","plan","number"),
	CONSTRAINT "instalment_amount" CHECK (amount > 0)
);
--> statement-breakpoint
CREATE TABLE "repayments"."notice" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"repayment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"due_on" date NOT NULL,
	"amount" bigint NOT NULL,
	"number" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"made_by" integer NOT NULL,
	"made_on" date NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notice_kind" CHECK (kind in ('demand', 'dunning'))
);
--> statement-breakpoint
CREATE TABLE "repayments"."receipt" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"repayment_id" uuid NOT NULL,
	"manner" text NOT NULL,
	"amount" bigint NOT NULL,
	"received_on" date NOT NULL,
	"reference" text,
	"payable_id" uuid,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "receipt_manner" CHECK (manner in ('slip', 'cash', 'set-off')),
	CONSTRAINT "receipt_amount" CHECK (amount > 0),
	CONSTRAINT "receipt_set_off" CHECK ((manner = 'set-off') = (payable_id is not null)),
	CONSTRAINT "receipt_reference_needed" CHECK (manner = 'set-off' or reference is not null)
);
--> statement-breakpoint
CREATE TABLE "repayments"."repayment" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "repayments"."repayment_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"source_kind" text NOT NULL,
	"source_id" uuid NOT NULL,
	"case_id" uuid,
	"cause" text NOT NULL,
	"amount" bigint NOT NULL,
	"reduced_by" bigint DEFAULT 0 NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"due_on" date NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"decided_on" date,
	"change_asked" bigint,
	"change_asked_by" integer,
	"closed_on" date,
	CONSTRAINT "repayment_serial_unique" UNIQUE("serial"),
	CONSTRAINT "repayment_cause" CHECK (cause in ('overpaid', 'after-loss', 'high-cost', 'other')),
	CONSTRAINT "repayment_two_people" CHECK (decided_by <> proposed_by),
	CONSTRAINT "repayment_decided" CHECK (num_nulls(decided_by, decided_at, decided_on) in (0, 3)),
	CONSTRAINT "repayment_sums" CHECK (amount > 0 and reduced_by >= 0 and received >= 0 and reduced_by + received <= amount),
	CONSTRAINT "repayment_change" CHECK (num_nulls(change_asked, change_asked_by) in (0, 2)),
	CONSTRAINT "repayment_open_only_when_decided" CHECK (decided_by is not null or state not in ('open', 'closed', 'cancelled')),
	CONSTRAINT "repayment_closed" CHECK ((closed_on is not null) = (state in ('closed', 'cancelled')) and (state <> 'closed' or reduced_by + received = amount))
);
--> statement-breakpoint
CREATE TABLE "repayments"."repayment_event" (
	"repayment_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"on" date NOT NULL,
	"amount" bigint,
	"comment_id" uuid,
	CONSTRAINT "repayment_event_repayment_id_revision_pk" PRIMARY KEY("repayment_id","revision")
);
--> statement-breakpoint
ALTER TABLE "payments"."account" ADD CONSTRAINT "account_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."answer" ADD CONSTRAINT "answer_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "payments"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."answer_fault" ADD CONSTRAINT "answer_fault_answer_id_answer_id_fk" FOREIGN KEY ("answer_id") REFERENCES "payments"."answer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."cash_payment" ADD CONSTRAINT "cash_payment_payable_id_payable_id_fk" FOREIGN KEY ("payable_id") REFERENCES "payments"."payable"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."hand_over" ADD CONSTRAINT "hand_over_run_id_run_file_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "payments"."run_file"("run_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."payable" ADD CONSTRAINT "payable_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."payable" ADD CONSTRAINT "payable_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "payments"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."payable_event" ADD CONSTRAINT "payable_event_payable_id_payable_id_fk" FOREIGN KEY ("payable_id") REFERENCES "payments"."payable"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."run" ADD CONSTRAINT "run_setting_id_setting_id_fk" FOREIGN KEY ("setting_id") REFERENCES "payments"."setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."run_event" ADD CONSTRAINT "run_event_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "payments"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."run_file" ADD CONSTRAINT "run_file_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "payments"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."run_line" ADD CONSTRAINT "run_line_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "payments"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."run_line" ADD CONSTRAINT "run_line_payable_id_payable_id_fk" FOREIGN KEY ("payable_id") REFERENCES "payments"."payable"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments"."run_line" ADD CONSTRAINT "run_line_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "payments"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repayments"."instalment" ADD CONSTRAINT "instalment_repayment_id_repayment_id_fk" FOREIGN KEY ("repayment_id") REFERENCES "repayments"."repayment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD CONSTRAINT "notice_repayment_id_repayment_id_fk" FOREIGN KEY ("repayment_id") REFERENCES "repayments"."repayment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repayments"."receipt" ADD CONSTRAINT "receipt_repayment_id_repayment_id_fk" FOREIGN KEY ("repayment_id") REFERENCES "repayments"."repayment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repayments"."receipt" ADD CONSTRAINT "receipt_payable_id_payable_id_fk" FOREIGN KEY ("payable_id") REFERENCES "payments"."payable"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repayments"."repayment" ADD CONSTRAINT "repayment_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repayments"."repayment_event" ADD CONSTRAINT "repayment_event_repayment_id_repayment_id_fk" FOREIGN KEY ("repayment_id") REFERENCES "repayments"."repayment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_person" ON "payments"."account" USING btree ("person_number","program");--> statement-breakpoint
CREATE INDEX "account_waiting" ON "payments"."account" USING btree ("program","recorded_at") WHERE state = 'provisional';--> statement-breakpoint
CREATE UNIQUE INDEX "account_in_force" ON "payments"."account" USING btree ("program","person_number") WHERE state = 'confirmed';--> statement-breakpoint
CREATE UNIQUE INDEX "account_provisional" ON "payments"."account" USING btree ("program","person_number") WHERE state = 'provisional';--> statement-breakpoint
CREATE UNIQUE INDEX "answer_once" ON "payments"."answer" USING btree ("run_id","sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "payable_once" ON "payments"."payable" USING btree ("program","source_kind","source_id");--> statement-breakpoint
CREATE INDEX "payable_person" ON "payments"."payable" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "payable_case" ON "payments"."payable" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "payable_due" ON "payments"."payable" USING btree ("program","owed_on") WHERE state in ('owed', 'awaiting-correction');--> statement-breakpoint
CREATE INDEX "payable_state" ON "payments"."payable" USING btree ("program","state");--> statement-breakpoint
CREATE INDEX "payable_event_run" ON "payments"."payable_event" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "payable_event_day" ON "payments"."payable_event" USING btree ("on","event");--> statement-breakpoint
CREATE INDEX "run_program" ON "payments"."run" USING btree ("program","state");--> statement-breakpoint
CREATE UNIQUE INDEX "run_line_once" ON "payments"."run_line" USING btree ("payable_id") WHERE state in ('ready', 'paid');--> statement-breakpoint
CREATE UNIQUE INDEX "run_line_place" ON "payments"."run_line" USING btree ("run_id","place");--> statement-breakpoint
CREATE INDEX "run_line_state" ON "payments"."run_line" USING btree ("run_id","state","reason");--> statement-breakpoint
CREATE INDEX "run_line_payable" ON "payments"."run_line" USING btree ("payable_id");--> statement-breakpoint
CREATE INDEX "setting_program" ON "payments"."setting" USING btree ("program","valid_from");--> statement-breakpoint
CREATE INDEX "notice_repayment" ON "repayments"."notice" USING btree ("repayment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_once" ON "repayments"."notice" USING btree ("repayment_id","kind","due_on");--> statement-breakpoint
CREATE INDEX "receipt_repayment" ON "repayments"."receipt" USING btree ("repayment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "receipt_payable" ON "repayments"."receipt" USING btree ("payable_id") WHERE payable_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "receipt_reference" ON "repayments"."receipt" USING btree ("repayment_id","reference") WHERE reference is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "repayment_once" ON "repayments"."repayment" USING btree ("program","source_kind","source_id") WHERE state <> 'refused';--> statement-breakpoint
CREATE INDEX "repayment_person" ON "repayments"."repayment" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "repayment_case" ON "repayments"."repayment" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "repayment_state" ON "repayments"."repayment" USING btree ("program","state","due_on");