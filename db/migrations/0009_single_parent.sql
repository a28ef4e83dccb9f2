CREATE SCHEMA "single_parent";
--> statement-breakpoint
CREATE TABLE "intake"."income" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "intake"."income_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"income_year" integer NOT NULL,
	"source" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"recorded_by" integer DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_by" integer,
	"confirmed_at" timestamp with time zone,
	CONSTRAINT "income_source" CHECK (source in ('tax-feed', 'keyed')),
	CONSTRAINT "income_two_people" CHECK (confirmed_by <> recorded_by),
	CONSTRAINT "income_confirmation_whole" CHECK ((confirmed_by is null) = (confirmed_at is null))
);
--> statement-breakpoint
CREATE TABLE "single_parent"."feature" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "single_parent"."feature_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"applies" boolean NOT NULL,
	"benefit_class" text,
	"until" date,
	"reason" text NOT NULL,
	"occurs_on" date NOT NULL,
	"reported_on" date NOT NULL,
	"recorded_by" integer DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feature_kind" CHECK (kind in ('benefit-class', 'severe-disability', 'remote-certificate')),
	CONSTRAINT "feature_class" CHECK ((benefit_class is not null) = (kind = 'benefit-class' and applies)),
	CONSTRAINT "feature_until" CHECK (until is null or (kind = 'remote-certificate' and applies and until >= occurs_on))
);
--> statement-breakpoint
ALTER TABLE "intake"."inquiry" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "intake"."inquiry" ADD COLUMN "postal_code" text;--> statement-breakpoint
ALTER TABLE "intake"."inquiry" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "intake"."inquiry" ADD COLUMN "closed_on" date;--> statement-breakpoint
ALTER TABLE "intake"."inquiry" ADD COLUMN "closed_by" integer;--> statement-breakpoint
ALTER TABLE "intake"."income" ADD CONSTRAINT "income_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "single_parent"."feature" ADD CONSTRAINT "feature_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "single_parent"."feature" ADD CONSTRAINT "feature_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "income_case" ON "intake"."income" USING btree ("case_id","person_number");--> statement-breakpoint
CREATE INDEX "feature_entitlement" ON "single_parent"."feature" USING btree ("entitlement_id");--> statement-breakpoint
ALTER TABLE "intake"."inquiry" ADD CONSTRAINT "inquiry_closing_whole" CHECK ((closed_on is null) = (closed_by is null));--> statement-breakpoint
ALTER TABLE "intake"."inquiry" ADD CONSTRAINT "inquiry_ended_once" CHECK (answered_on is null or closed_on is null);--> statement-breakpoint
ALTER TABLE "intake"."inquiry" ADD CONSTRAINT "inquiry_letter_whole" CHECK ((postal_code is null) = (address is null));