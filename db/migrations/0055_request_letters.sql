CREATE SCHEMA "request_letters";
--> statement-breakpoint
CREATE TABLE "request_letters"."letter" (
	"case_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"revision" integer NOT NULL,
	"number" text NOT NULL,
	"issued_on" date NOT NULL,
	"valid_to" date NOT NULL,
	"payment" text NOT NULL,
	"reissue_reason" text,
	"sent_on" date,
	"sent_how" text,
	"ended_on" date,
	"ended_why" text,
	"issued_by" integer NOT NULL,
	CONSTRAINT "letter_case_id_sequence_pk" PRIMARY KEY("case_id","sequence"),
	CONSTRAINT "letter_payment" CHECK (payment in ('self', 'host')),
	CONSTRAINT "letter_ended_why" CHECK (ended_why in ('replaced', 'cancelled')),
	CONSTRAINT "letter_ended_whole" CHECK ((ended_on is null) = (ended_why is null)),
	CONSTRAINT "letter_sent_whole" CHECK ((sent_on is null) = (sent_how is null)),
	CONSTRAINT "letter_reissued" CHECK ((sequence = 1) = (reissue_reason is null)),
	CONSTRAINT "letter_validity" CHECK (issued_on <= valid_to)
);
--> statement-breakpoint
CREATE TABLE "request_letters"."acceptance" (
	"case_id" uuid NOT NULL,
	"entry_revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"accepted_by" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "acceptance_case_id_entry_revision_number_code_pk" PRIMARY KEY("case_id","entry_revision","number","code")
);
--> statement-breakpoint
CREATE TABLE "request_letters"."line" (
	"case_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"person_number" text NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"planned_on" date NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"ended_on" date,
	"given_on" date,
	CONSTRAINT "line_case_id_number_pk" PRIMARY KEY("case_id","number"),
	CONSTRAINT "line_state" CHECK (state in ('open', 'given', 'not-given', 'expired', 'cancelled')),
	CONSTRAINT "line_whole" CHECK ((state = 'open') = (ended_on is null) and (state = 'given') = (given_on is not null))
);
--> statement-breakpoint
CREATE TABLE "request_letters"."proposal" (
	"approval_id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"entry_revision" integer DEFAULT 0 NOT NULL,
	"months" integer NOT NULL,
	CONSTRAINT "proposal_months" CHECK (months between 1 and 24)
);
--> statement-breakpoint
CREATE TABLE "request_letters"."request" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"channel" text NOT NULL,
	"reason" text NOT NULL,
	"addressee" text NOT NULL,
	"payment" text NOT NULL,
	"stay_from" date NOT NULL,
	"stay_to" date NOT NULL,
	CONSTRAINT "request_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "request_channel" CHECK (channel in ('window', 'post', 'electronic')),
	CONSTRAINT "request_addressee" CHECK (addressee in ('municipality', 'clinic')),
	CONSTRAINT "request_payment" CHECK (payment in ('self', 'host')),
	CONSTRAINT "request_stay" CHECK (stay_from <= stay_to)
);
--> statement-breakpoint
CREATE TABLE "request_letters"."request_line" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"planned_on" date NOT NULL,
	CONSTRAINT "request_line_case_id_revision_number_pk" PRIMARY KEY("case_id","revision","number"),
	CONSTRAINT "request_line_number" CHECK (number between 1 and 20),
	CONSTRAINT "request_line_dose" CHECK (dose between 1 and 9)
);
--> statement-breakpoint
CREATE TABLE "request_letters"."result" (
	"case_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"number" integer NOT NULL,
	"outcome" text NOT NULL,
	"happened_on" date,
	"amount" integer,
	"already_known" text,
	"sealed_id" uuid,
	"recorded_by" integer NOT NULL,
	CONSTRAINT "result_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "result_outcome" CHECK (outcome in ('given', 'screened', 'not-given')),
	CONSTRAINT "result_day" CHECK ((outcome = 'not-given') = (happened_on is null)),
	CONSTRAINT "result_amount" CHECK (amount between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "request_letters"."refund" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"payee_number" text NOT NULL,
	"channel" text NOT NULL,
	CONSTRAINT "refund_channel" CHECK (channel in ('window', 'post', 'electronic'))
);
--> statement-breakpoint
CREATE TABLE "request_letters"."refund_dose" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"product" text,
	"outcome" text NOT NULL,
	"given_on" date NOT NULL,
	"paid_on" date NOT NULL,
	"paid" bigint NOT NULL,
	"receipt_mark" "bytea" NOT NULL,
	"documents" text[] NOT NULL,
	CONSTRAINT "refund_dose_case_id_revision_number_pk" PRIMARY KEY("case_id","revision","number"),
	CONSTRAINT "refund_dose_outcome" CHECK (outcome in ('given', 'screened')),
	CONSTRAINT "refund_dose_number" CHECK (number between 1 and 50),
	CONSTRAINT "refund_dose_dose" CHECK (dose between 1 and 9),
	CONSTRAINT "refund_dose_paid" CHECK (paid between 1 and 1000000)
);
--> statement-breakpoint
CREATE TABLE "request_letters"."refund_row" (
	"approval_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"entry_revision" integer DEFAULT 0 NOT NULL,
	"number" integer NOT NULL,
	"amount" bigint NOT NULL,
	"price" bigint,
	"reason" text,
	CONSTRAINT "refund_row_approval_id_number_pk" PRIMARY KEY("approval_id","number"),
	CONSTRAINT "refund_row_whole" CHECK (amount >= 0 and (amount = 0) = (reason is not null) and (amount = 0 or amount <= price))
);
--> statement-breakpoint
CREATE TABLE "vaccination"."paid_dose" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_number" text NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"outcome" text NOT NULL,
	"given_on" date NOT NULL,
	"route" text NOT NULL,
	"source_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"decided_on" date NOT NULL,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "paid_dose_outcome" CHECK (outcome in ('given', 'screened')),
	CONSTRAINT "paid_dose_route" CHECK (route in ('refund', 'clinic')),
	CONSTRAINT "paid_dose_amount" CHECK (amount > 0)
);
--> statement-breakpoint
CREATE TABLE "vaccination"."shot_channel" (
	"person_number" text NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"source" text NOT NULL,
	"given_on" date NOT NULL,
	"told_on" date NOT NULL,
	"told_by" integer NOT NULL,
	CONSTRAINT "shot_channel_person_number_vaccine_dose_source_pk" PRIMARY KEY("person_number","vaccine","dose","source")
);
--> statement-breakpoint
ALTER TABLE "request_letters"."letter" ADD CONSTRAINT "letter_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."acceptance" ADD CONSTRAINT "acceptance_case_id_entry_revision_number_request_line_case_id_revision_number_fk" FOREIGN KEY ("case_id","entry_revision","number") REFERENCES "request_letters"."request_line"("case_id","revision","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."line" ADD CONSTRAINT "line_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."proposal" ADD CONSTRAINT "proposal_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "approvals"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."proposal" ADD CONSTRAINT "proposal_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."request" ADD CONSTRAINT "request_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."request_line" ADD CONSTRAINT "request_line_case_id_revision_request_case_id_revision_fk" FOREIGN KEY ("case_id","revision") REFERENCES "request_letters"."request"("case_id","revision") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."result" ADD CONSTRAINT "result_case_id_number_line_case_id_number_fk" FOREIGN KEY ("case_id","number") REFERENCES "request_letters"."line"("case_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."refund" ADD CONSTRAINT "refund_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."refund_dose" ADD CONSTRAINT "refund_dose_case_id_refund_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "request_letters"."refund"("case_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."refund_row" ADD CONSTRAINT "refund_row_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "approvals"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_letters"."refund_row" ADD CONSTRAINT "refund_row_case_id_entry_revision_number_refund_dose_case_id_revision_number_fk" FOREIGN KEY ("case_id","entry_revision","number") REFERENCES "request_letters"."refund_dose"("case_id","revision","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "letter_number" ON "request_letters"."letter" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "letter_one" ON "request_letters"."letter" USING btree ("case_id") WHERE ended_on is null;--> statement-breakpoint
CREATE UNIQUE INDEX "line_once" ON "request_letters"."line" USING btree ("person_number","vaccine","dose") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "line_person" ON "request_letters"."line" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "proposal_case" ON "request_letters"."proposal" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "refund_dose_given" ON "request_letters"."refund_dose" USING btree ("vaccine","dose","given_on");--> statement-breakpoint
CREATE UNIQUE INDEX "paid_dose_shot_once" ON "vaccination"."paid_dose" USING btree ("person_number","vaccine","dose") WHERE outcome = 'given' and cancelled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "paid_dose_screening_once" ON "vaccination"."paid_dose" USING btree ("person_number","vaccine","dose","given_on") WHERE outcome = 'screened' and cancelled_at is null;--> statement-breakpoint
CREATE INDEX "paid_dose_source" ON "vaccination"."paid_dose" USING btree ("source_id");