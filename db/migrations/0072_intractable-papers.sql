CREATE SCHEMA "intractable_papers";
--> statement-breakpoint
CREATE TABLE "intractable_papers"."institution_told" (
	"entitlement_id" uuid NOT NULL,
	"institution_code" text NOT NULL,
	"what" text NOT NULL,
	"about_on" date NOT NULL,
	"told_on" date NOT NULL,
	"told_by" integer NOT NULL,
	CONSTRAINT "institution_told_entitlement_id_institution_code_what_about_on_pk" PRIMARY KEY("entitlement_id","institution_code","what","about_on"),
	CONSTRAINT "institution_told_what" CHECK (what in ('granted', 'changed', 'ended')),
	CONSTRAINT "institution_told_code" CHECK (institution_code ~ '^[0-9]{10}$')
);
--> statement-breakpoint
CREATE TABLE "intractable_papers"."invited" (
	"season_id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"recipient_number" text NOT NULL,
	"office_code" text NOT NULL,
	"entered_on" date NOT NULL,
	CONSTRAINT "invited_season_id_entitlement_id_pk" PRIMARY KEY("season_id","entitlement_id")
);
--> statement-breakpoint
CREATE TABLE "intractable_papers"."letter" (
	"entitlement_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"season_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"made_on" date NOT NULL,
	"withdrawn_on" date,
	CONSTRAINT "letter_entitlement_id_run_id_pk" PRIMARY KEY("entitlement_id","run_id"),
	CONSTRAINT "letter_kind" CHECK (kind in ('invitation', 'reminder'))
);
--> statement-breakpoint
CREATE TABLE "intractable_papers"."season" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"ends_on" date NOT NULL,
	"opens_on" date NOT NULL,
	"recommended_until" date NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"planned_by" integer NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"opened_by" integer,
	"opened_at" timestamp with time zone,
	"closed_on" date,
	CONSTRAINT "season_days" CHECK (opens_on <= recommended_until and recommended_until <= ends_on),
	CONSTRAINT "season_two_people" CHECK (opened_by <> planned_by),
	CONSTRAINT "season_opened" CHECK ((opened_by is null) = (opened_at is null)),
	CONSTRAINT "season_open_only_by_two" CHECK (opened_by is not null or state in ('planned', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "intractable_papers"."institution_told" ADD CONSTRAINT "institution_told_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_papers"."invited" ADD CONSTRAINT "invited_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "intractable_papers"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_papers"."invited" ADD CONSTRAINT "invited_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_papers"."invited" ADD CONSTRAINT "invited_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_papers"."letter" ADD CONSTRAINT "letter_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_papers"."letter" ADD CONSTRAINT "letter_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_papers"."letter" ADD CONSTRAINT "letter_season_id_season_id_fk" FOREIGN KEY ("season_id") REFERENCES "intractable_papers"."season"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invited_person" ON "intractable_papers"."invited" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "invited_recipient" ON "intractable_papers"."invited" USING btree ("recipient_number");--> statement-breakpoint
CREATE INDEX "letter_run" ON "intractable_papers"."letter" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "letter_season" ON "intractable_papers"."letter" USING btree ("season_id");--> statement-breakpoint
CREATE UNIQUE INDEX "season_once" ON "intractable_papers"."season" USING btree ("ends_on") WHERE state <> 'refused';