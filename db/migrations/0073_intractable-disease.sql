CREATE SCHEMA "intractable_disease";
--> statement-breakpoint
CREATE TABLE "intractable_disease"."applied" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"sort" text NOT NULL,
	"reception" text NOT NULL,
	"method" text NOT NULL,
	"insurer_consent" boolean NOT NULL,
	"research_consent" boolean NOT NULL,
	"hindered" boolean NOT NULL,
	"mild_high_cost_met_on" date,
	"certified_before" boolean NOT NULL,
	"severe_before" boolean NOT NULL,
	"income_unconfirmed" boolean NOT NULL,
	CONSTRAINT "applied_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "applied_sort" CHECK (sort in ('new', 'renewal', 'transfer')),
	CONSTRAINT "applied_reception" CHECK (reception in ('branch', 'head', 'post', 'electronic')),
	CONSTRAINT "applied_method" CHECK (method in ('self', 'agent', 'post', 'electronic'))
);
--> statement-breakpoint
CREATE TABLE "intractable_disease"."arrival" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"forwarded_on" date NOT NULL,
	"arrived_on" date NOT NULL,
	"recorded_by" integer DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "arrival_order" CHECK (arrived_on >= forwarded_on)
);
--> statement-breakpoint
CREATE TABLE "intractable_disease"."clinical_record" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"disease_number" smallint NOT NULL,
	"main" boolean NOT NULL,
	"denied" boolean NOT NULL,
	"doctor_number" text NOT NULL,
	"doctor_from" date NOT NULL,
	"written_on" date NOT NULL,
	"severe_on" date,
	"source" text NOT NULL,
	CONSTRAINT "clinical_record_case_id_revision_disease_number_pk" PRIMARY KEY("case_id","revision","disease_number"),
	CONSTRAINT "clinical_record_source" CHECK (source in ('paper', 'database')),
	CONSTRAINT "clinical_record_disease" CHECK (disease_number between 1 and 999),
	CONSTRAINT "clinical_record_main" CHECK (not (main and denied))
);
--> statement-breakpoint
CREATE TABLE "intractable_disease"."designated_doctor" (
	"number" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"name" text NOT NULL,
	"specialty" text NOT NULL,
	"institution" text NOT NULL,
	"kind" text NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "designated_doctor_number_valid_from_pk" PRIMARY KEY("number","valid_from"),
	CONSTRAINT "designated_doctor_kind" CHECK (kind in ('designated', 'cooperating')),
	CONSTRAINT "designated_doctor_period" CHECK (valid_to >= valid_from),
	CONSTRAINT "designated_doctor_number" CHECK (number ~ '^[0-9A-Z-]{3,20}$'),
	CONSTRAINT "designated_doctor_said" CHECK (length(name) between 1 and 80 and length(specialty) between 1 and 80 and length(institution) between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "intractable_disease"."terms" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "intractable_disease"."terms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entitlement_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	"tier" text NOT NULL,
	"tier_before" text,
	"meal_exempt" boolean NOT NULL,
	"full_cap" bigint NOT NULL,
	"cap" bigint NOT NULL,
	"apportioned" boolean NOT NULL,
	"long_high_cost" boolean NOT NULL,
	"ventilator" boolean NOT NULL,
	"mild_high_cost" boolean NOT NULL,
	"income_unconfirmed" boolean NOT NULL,
	"tax_year" smallint NOT NULL,
	"limit_category" text,
	"payer_number" text NOT NULL,
	"diseases" smallint[] NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "terms_tier" CHECK (tier in ('生活保護', '低所得Ⅰ', '低所得Ⅱ', '一般所得Ⅰ', '一般所得Ⅱ', '上位所得')),
	CONSTRAINT "terms_category" CHECK (limit_category in ('ア', 'イ', 'ウ', 'エ', 'オ')),
	CONSTRAINT "terms_sums" CHECK (cap >= 0 and cap <= full_cap and (apportioned or cap = full_cap)),
	CONSTRAINT "terms_prevented" CHECK (tier_before is not null or not meal_exempt),
	CONSTRAINT "terms_diseases" CHECK (cardinality(diseases) between 1 and 20),
	CONSTRAINT "terms_payer" CHECK (payer_number ~ '^54[0-9]{6}$')
);
--> statement-breakpoint
CREATE TABLE "intractable_disease"."proposed_terms" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"valid_from" date NOT NULL,
	"tier" text NOT NULL,
	"tier_before" text,
	"meal_exempt" boolean NOT NULL,
	"full_cap" bigint NOT NULL,
	"cap" bigint NOT NULL,
	"apportioned" boolean NOT NULL,
	"long_high_cost" boolean NOT NULL,
	"ventilator" boolean NOT NULL,
	"mild_high_cost" boolean NOT NULL,
	"income_unconfirmed" boolean NOT NULL,
	"tax_year" smallint NOT NULL,
	"limit_category" text,
	"payer_number" text NOT NULL,
	"diseases" smallint[] NOT NULL,
	CONSTRAINT "proposed_terms_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "proposed_terms_tier" CHECK (tier in ('生活保護', '低所得Ⅰ', '低所得Ⅱ', '一般所得Ⅰ', '一般所得Ⅱ', '上位所得')),
	CONSTRAINT "proposed_terms_category" CHECK (limit_category in ('ア', 'イ', 'ウ', 'エ', 'オ')),
	CONSTRAINT "proposed_terms_sums" CHECK (cap >= 0 and cap <= full_cap and (apportioned or cap = full_cap)),
	CONSTRAINT "proposed_terms_prevented" CHECK (tier_before is not null or not meal_exempt),
	CONSTRAINT "proposed_terms_diseases" CHECK (cardinality(diseases) between 1 and 20),
	CONSTRAINT "proposed_terms_payer" CHECK (payer_number ~ '^54[0-9]{6}$')
);
--> statement-breakpoint
ALTER TABLE "intractable_disease"."applied" ADD CONSTRAINT "applied_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_disease"."arrival" ADD CONSTRAINT "arrival_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_disease"."clinical_record" ADD CONSTRAINT "clinical_record_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_disease"."clinical_record" ADD CONSTRAINT "clinical_record_doctor_number_doctor_from_designated_doctor_number_valid_from_fk" FOREIGN KEY ("doctor_number","doctor_from") REFERENCES "intractable_disease"."designated_doctor"("number","valid_from") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_disease"."terms" ADD CONSTRAINT "terms_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_disease"."terms" ADD CONSTRAINT "terms_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_disease"."proposed_terms" ADD CONSTRAINT "proposed_terms_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clinical_record_doctor" ON "intractable_disease"."clinical_record" USING btree ("doctor_number");--> statement-breakpoint
CREATE INDEX "terms_entitlement" ON "intractable_disease"."terms" USING btree ("entitlement_id","valid_from");