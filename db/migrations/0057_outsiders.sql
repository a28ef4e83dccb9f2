CREATE TABLE "vault"."outsider" (
	"person_number" text PRIMARY KEY NOT NULL,
	"program" text NOT NULL,
	"case_id" uuid,
	"office_code" text NOT NULL,
	"state" text DEFAULT 'opened' NOT NULL,
	"opened_by" integer NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"typed_by" integer NOT NULL,
	"typed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "outsider_state" CHECK (state in ('opened', 'confirmed', 'refused')),
	CONSTRAINT "outsider_two_people" CHECK (decided_by <> typed_by),
	CONSTRAINT "outsider_decided" CHECK ((state = 'opened') = (decided_by is null) and num_nulls(decided_by, decided_at) in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "vault"."outsider_step" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vault"."outsider_step_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"what" text NOT NULL,
	"revision" integer NOT NULL,
	"evidence" text,
	"evidence_on" date,
	"sealed_details" "bytea" NOT NULL,
	"differs_from" text[] DEFAULT '{}' NOT NULL,
	"staff_id" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outsider_step_what" CHECK (what in ('open', 'correct', 'confirm', 'refuse')),
	CONSTRAINT "outsider_step_evidence" CHECK (evidence in ('individual-number-card', 'driving-licence', 'passport', 'residence-card', 'resident-record', 'family-register', 'authority', 'other')),
	CONSTRAINT "outsider_step_evidenced" CHECK ((what in ('open', 'correct')) = (evidence is not null) and num_nulls(evidence, evidence_on) in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "vault"."reserved_number" (
	"person_number" text PRIMARY KEY NOT NULL,
	"staff_id" integer NOT NULL,
	"reserved_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "keeping"."erasure_person" DROP CONSTRAINT "erasure_person_reason";--> statement-breakpoint
ALTER TABLE "vault"."person" ALTER COLUMN "source_token" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "vault"."person" ADD COLUMN "outside" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "vault"."outsider" ADD CONSTRAINT "outsider_person_number_person_person_number_fk" FOREIGN KEY ("person_number") REFERENCES "vault"."person"("person_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outsider_case" ON "vault"."outsider" USING btree ("case_id") WHERE case_id is not null;--> statement-breakpoint
CREATE INDEX "outsider_waiting" ON "vault"."outsider" USING btree ("typed_at") WHERE state = 'opened';--> statement-breakpoint
CREATE INDEX "outsider_step_person" ON "vault"."outsider_step" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "person_outside" ON "vault"."person" USING btree ("birth_date") WHERE outside;--> statement-breakpoint
ALTER TABLE "keeping"."erasure_person" ADD CONSTRAINT "erasure_person_reason" CHECK (reason in ('death', 'move-out', 'outside'));--> statement-breakpoint
ALTER TABLE "vault"."person" ADD CONSTRAINT "person_outside" CHECK (outside = (source_token is null));