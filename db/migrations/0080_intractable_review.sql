CREATE SCHEMA "intractable_review";
--> statement-breakpoint
CREATE TABLE "intractable_review"."record_check" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"result" text NOT NULL,
	CONSTRAINT "record_check_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "record_check_result" CHECK (result in ('clear', 'doubtful', 'defective'))
);
--> statement-breakpoint
CREATE TABLE "intractable_review"."referral" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"group_id" integer,
	"again" boolean DEFAULT false NOT NULL,
	CONSTRAINT "referral_case_id_revision_pk" PRIMARY KEY("case_id","revision")
);
--> statement-breakpoint
CREATE TABLE "intractable_review"."registration" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"kind" text NOT NULL,
	"case_id" uuid,
	"disease_number" smallint,
	"doctor_number" text,
	"diagnosed_on" date,
	"outcome" text NOT NULL,
	"paper" boolean NOT NULL,
	"valid_from" date,
	"state" text DEFAULT 'proposed' NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_on" date NOT NULL,
	"decided_by" integer,
	"decided_on" date,
	CONSTRAINT "registration_kind" CHECK (kind in ('recipient', 'criteria', 'mild')),
	CONSTRAINT "registration_outcome" CHECK (outcome in ('granted', 'refused')),
	CONSTRAINT "registration_state" CHECK (state in ('proposed', 'decided', 'sent-back')),
	CONSTRAINT "registration_rests" CHECK ((kind = 'mild') = (case_id is null)),
	CONSTRAINT "registration_evidence" CHECK (num_nonnulls(disease_number, doctor_number, diagnosed_on) = case when kind = 'mild' then 3 else 0 end),
	CONSTRAINT "registration_from" CHECK ((outcome = 'granted') = (valid_from is not null)),
	CONSTRAINT "registration_decided" CHECK ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_on is null) and decided_by is distinct from proposed_by)
);
--> statement-breakpoint
ALTER TABLE "intractable_review"."record_check" ADD CONSTRAINT "record_check_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_review"."referral" ADD CONSTRAINT "referral_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_review"."referral" ADD CONSTRAINT "referral_group_id_panel_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "review_panels"."panel_group"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_review"."registration" ADD CONSTRAINT "registration_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "registration_person" ON "intractable_review"."registration" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "registration_case" ON "intractable_review"."registration" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "registration_once" ON "intractable_review"."registration" USING btree ("person_number") WHERE outcome = 'granted' and state <> 'sent-back';