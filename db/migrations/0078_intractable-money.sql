CREATE SCHEMA "intractable_money";
--> statement-breakpoint
CREATE TABLE "intractable_money"."cap_sheet" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "intractable_money"."cap_sheet_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"month" text NOT NULL,
	"source" text NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_by" integer,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "cap_sheet_source" CHECK (source in ('original', 'copy', 'declaration')),
	CONSTRAINT "cap_sheet_month" CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "cap_sheet_withdrawn" CHECK ((withdrawn_by is null) = (withdrawn_at is null))
);
--> statement-breakpoint
CREATE TABLE "intractable_money"."cap_sheet_row" (
	"sheet_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"used_on" date NOT NULL,
	"institution" char(10) NOT NULL,
	"total" bigint NOT NULL,
	"share" bigint NOT NULL,
	"running" bigint,
	CONSTRAINT "cap_sheet_row_sheet_id_number_pk" PRIMARY KEY("sheet_id","number"),
	CONSTRAINT "cap_sheet_row_amounts" CHECK (total >= 0 and share >= 0 and share <= total)
);
--> statement-breakpoint
CREATE TABLE "intractable_money"."institution" (
	"code" char(10) NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"name" text NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "institution_code_valid_from_pk" PRIMARY KEY("code","valid_from"),
	CONSTRAINT "institution_code" CHECK (code ~ '^[0-9]{10}$'),
	CONSTRAINT "institution_period" CHECK (valid_to is null or valid_to >= valid_from),
	CONSTRAINT "institution_named" CHECK (length(name) between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "intractable_money"."refund_detail" (
	"case_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"reason" text NOT NULL,
	"reception" text NOT NULL,
	"recognition" text NOT NULL,
	"branch_office" text,
	"forwarded_on" date,
	"arrived_on" date,
	"recorded_by" integer NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_detail_case_id_number_pk" PRIMARY KEY("case_id","number"),
	CONSTRAINT "refund_detail_reason" CHECK (reason in ('before-recognition', 'not-shown', 'above-cap', 'institution-error', 'other')),
	CONSTRAINT "refund_detail_reception" CHECK (reception in ('branch', 'head', 'post', 'electronic')),
	CONSTRAINT "refund_detail_recognition" CHECK (recognition in ('new', 'renewal', 'change', 'transfer')),
	CONSTRAINT "refund_detail_order" CHECK (arrived_on is null or forwarded_on is not null and arrived_on >= forwarded_on)
);
--> statement-breakpoint
ALTER TABLE "receipts"."adjustment_reason" DROP CONSTRAINT "adjustment_reason_channel";--> statement-breakpoint
ALTER TABLE "receipts"."benefit" DROP CONSTRAINT "benefit_kind";--> statement-breakpoint
ALTER TABLE "receipts"."benefit" DROP CONSTRAINT "benefit_channel";--> statement-breakpoint
ALTER TABLE "receipts"."benefit" DROP CONSTRAINT "benefit_care";--> statement-breakpoint
ALTER TABLE "receipts"."statement" DROP CONSTRAINT "statement_channel";--> statement-breakpoint
ALTER TABLE "receipts"."receipt" DROP CONSTRAINT "receipt_care";--> statement-breakpoint
ALTER TABLE "receipts"."adjustment" DROP CONSTRAINT "adjustment_kind";--> statement-breakpoint
ALTER TABLE "receipts"."adjustment" DROP CONSTRAINT "adjustment_channel";--> statement-breakpoint
ALTER TABLE "receipts"."adjustment" DROP CONSTRAINT "adjustment_whole";--> statement-breakpoint
ALTER TABLE "receipts"."file" DROP CONSTRAINT "file_channel";--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD COLUMN "times" integer;--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD COLUMN "receipt_class" text;--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD COLUMN "receipt_count" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD COLUMN "service_code" text;--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD COLUMN "municipal_subsidy" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "receipts"."receipt" ADD COLUMN "times" integer;--> statement-breakpoint
ALTER TABLE "receipts"."receipt" ADD COLUMN "receipt_class" text;--> statement-breakpoint
ALTER TABLE "receipts"."receipt" ADD COLUMN "receipt_count" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "receipts"."receipt" ADD COLUMN "service_code" text;--> statement-breakpoint
ALTER TABLE "receipts"."receipt" ADD COLUMN "municipal_subsidy" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "intractable_money"."cap_sheet_row" ADD CONSTRAINT "cap_sheet_row_sheet_id_cap_sheet_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "intractable_money"."cap_sheet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_money"."refund_detail" ADD CONSTRAINT "refund_detail_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cap_sheet_person" ON "intractable_money"."cap_sheet" USING btree ("person_number","month");--> statement-breakpoint
CREATE INDEX "institution_name" ON "intractable_money"."institution" USING btree ("name");--> statement-breakpoint
ALTER TABLE "receipts"."adjustment_reason" ADD CONSTRAINT "adjustment_reason_channel" CHECK (channel in ('payment-fund', 'federation', 'elderly-union', 'direct'));--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD CONSTRAINT "benefit_kind" CHECK (kind in ('original', 'taken-back', 'withdrawal', 're-examination', 'balancing'));--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD CONSTRAINT "benefit_channel" CHECK (channel in ('payment-fund', 'federation', 'elderly-union', 'direct'));--> statement-breakpoint
ALTER TABLE "receipts"."benefit" ADD CONSTRAINT "benefit_care" CHECK (care in ('outpatient', 'inpatient', 'pharmacy', 'home-nursing', 'long-term-care'));--> statement-breakpoint
ALTER TABLE "receipts"."statement" ADD CONSTRAINT "statement_channel" CHECK (channel in ('payment-fund', 'federation', 'elderly-union', 'direct'));--> statement-breakpoint
ALTER TABLE "receipts"."receipt" ADD CONSTRAINT "receipt_care" CHECK (care in ('outpatient', 'inpatient', 'pharmacy', 'home-nursing', 'long-term-care'));--> statement-breakpoint
ALTER TABLE "receipts"."adjustment" ADD CONSTRAINT "adjustment_kind" CHECK (kind in ('withdrawal', 're-examination', 'balancing'));--> statement-breakpoint
ALTER TABLE "receipts"."adjustment" ADD CONSTRAINT "adjustment_channel" CHECK (channel in ('payment-fund', 'federation', 'elderly-union', 'direct'));--> statement-breakpoint
ALTER TABLE "receipts"."adjustment" ADD CONSTRAINT "adjustment_whole" CHECK ((kind <> 'withdrawal') = (points is not null and subsidy is not null and patient_pays is not null));--> statement-breakpoint
ALTER TABLE "receipts"."file" ADD CONSTRAINT "file_channel" CHECK (channel in ('payment-fund', 'federation', 'elderly-union', 'direct'));