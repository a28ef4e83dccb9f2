CREATE TABLE "entitlements"."collection" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entitlements"."collection_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"certificate_id" uuid NOT NULL,
	"event" text NOT NULL,
	"on_day" date NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "collection_event" CHECK (event in ('reminded', 'collected', 'lost', 'destroyed'))
);
--> statement-breakpoint
CREATE TABLE "mailings"."enclosing" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"contractor_id" integer NOT NULL,
	"named_by" integer NOT NULL,
	"named_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sha256" text,
	"handed_on" date,
	"handed_by" integer,
	"printed_on" date,
	"printed" integer,
	"misprinted" integer,
	"printed_by" integer,
	"delivered_on" date,
	"delivered" integer,
	"delivery_number" text,
	"delivered_by" integer,
	"posted_on" date,
	"posted" integer,
	"spoilt" integer,
	"posted_by" integer,
	"difference" text,
	CONSTRAINT "enclosing_difference" CHECK (difference in ('spoilt', 'withdrawn', 'missing', 'other')),
	CONSTRAINT "enclosing_handed" CHECK (num_nulls(sha256, handed_on, handed_by) in (0, 3)),
	CONSTRAINT "enclosing_printed" CHECK (num_nulls(printed_on, printed, misprinted, printed_by) in (0, 4) and printed >= 0 and misprinted >= 0),
	CONSTRAINT "enclosing_delivered" CHECK (num_nulls(delivered_on, delivered, delivery_number, delivered_by) in (0, 4) and delivered >= 0
        and (delivered_on is null or printed_on is not null and handed_on is not null)),
	CONSTRAINT "enclosing_posted" CHECK (num_nulls(posted_on, posted, spoilt, posted_by) in (0, 4) and posted >= 0 and spoilt >= 0
        and (posted_on is null or delivered_on is not null))
);
--> statement-breakpoint
CREATE TABLE "provision"."file" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "provision"."file_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"rule_id" integer NOT NULL,
	"recipient" text NOT NULL,
	"legal_basis" text NOT NULL,
	"items" text[] NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"asked" integer,
	"asked_by" integer NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_on" date NOT NULL,
	"state" text NOT NULL,
	"refusal" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"taken_by" integer,
	"taken_at" timestamp with time zone,
	"lines" integer,
	"sha256" text,
	CONSTRAINT "file_state" CHECK (state in ('waiting', 'approved', 'refused', 'provided')),
	CONSTRAINT "file_refusal" CHECK (refusal in ('rule', 'items', 'nobody', 'decided')),
	CONSTRAINT "file_period" CHECK (period_to >= period_from),
	CONSTRAINT "file_refused" CHECK ((state = 'refused') = (refusal is not null)),
	CONSTRAINT "file_two_people" CHECK (decided_by <> asked_by),
	CONSTRAINT "file_decided" CHECK (num_nulls(decided_by, decided_at) in (0, 2)),
	CONSTRAINT "file_approved" CHECK (state not in ('approved', 'provided') or decided_by is not null),
	CONSTRAINT "file_taken" CHECK (num_nulls(taken_by, taken_at, lines, sha256) = case when state = 'provided' then 0 else 4 end)
);
--> statement-breakpoint
CREATE TABLE "provision"."file_person" (
	"file_id" integer NOT NULL,
	"person_number" text NOT NULL,
	"outcome" text NOT NULL,
	"released_by" integer,
	"released_at" timestamp with time zone,
	"release_reason" text,
	CONSTRAINT "file_person_file_id_person_number_pk" PRIMARY KEY("file_id","person_number"),
	CONSTRAINT "file_person_outcome" CHECK (outcome in ('given', 'withheld')),
	CONSTRAINT "file_person_released" CHECK (num_nulls(released_by, released_at, release_reason) in (0, 3) and (released_by is null or outcome = 'given'))
);
--> statement-breakpoint
CREATE TABLE "single_parent"."delivery" (
	"certificate_id" uuid PRIMARY KEY NOT NULL,
	"way" text NOT NULL,
	"run_id" uuid,
	"on_day" date NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delivery_way" CHECK (way in ('counter', 'run')),
	CONSTRAINT "delivery_by_run" CHECK ((way = 'run') = (run_id is not null))
);
--> statement-breakpoint
CREATE TABLE "single_parent"."remote_reminder" (
	"feature_id" bigint PRIMARY KEY NOT NULL,
	"reminded_on" date NOT NULL,
	"reminded_by" integer NOT NULL,
	"reminded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" DROP CONSTRAINT "certificate_ending";--> statement-breakpoint
ALTER TABLE "single_parent"."feature" DROP CONSTRAINT "feature_kind";--> statement-breakpoint
ALTER TABLE "single_parent"."feature" DROP CONSTRAINT "feature_until";--> statement-breakpoint
ALTER TABLE "single_parent"."reported_feature" DROP CONSTRAINT "reported_feature_kind";--> statement-breakpoint
ALTER TABLE "single_parent"."reported_feature" DROP CONSTRAINT "reported_feature_until";--> statement-breakpoint
ALTER TABLE "provision"."rule" ADD COLUMN "program" text;--> statement-breakpoint
ALTER TABLE "provision"."rule" ADD COLUMN "applicants_of" text;--> statement-breakpoint
ALTER TABLE "provision"."rule" ADD COLUMN "timing" text DEFAULT 'as-needed' NOT NULL;--> statement-breakpoint
ALTER TABLE "single_parent"."feature" ADD COLUMN "value" text;--> statement-breakpoint
ALTER TABLE "single_parent"."reported_feature" ADD COLUMN "value" text;--> statement-breakpoint
ALTER TABLE "entitlements"."collection" ADD CONSTRAINT "collection_certificate_id_certificate_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "entitlements"."certificate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."enclosing" ADD CONSTRAINT "enclosing_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."enclosing" ADD CONSTRAINT "enclosing_contractor_id_contractor_id_fk" FOREIGN KEY ("contractor_id") REFERENCES "mailings"."contractor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."file" ADD CONSTRAINT "file_rule_id_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "provision"."rule"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."file" ADD CONSTRAINT "file_asked_by_staff_id_fk" FOREIGN KEY ("asked_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."file" ADD CONSTRAINT "file_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."file" ADD CONSTRAINT "file_taken_by_staff_id_fk" FOREIGN KEY ("taken_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."file_person" ADD CONSTRAINT "file_person_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "provision"."file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."file_person" ADD CONSTRAINT "file_person_released_by_staff_id_fk" FOREIGN KEY ("released_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "single_parent"."delivery" ADD CONSTRAINT "delivery_certificate_id_certificate_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "entitlements"."certificate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "single_parent"."delivery" ADD CONSTRAINT "delivery_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "single_parent"."remote_reminder" ADD CONSTRAINT "remote_reminder_feature_id_feature_id_fk" FOREIGN KEY ("feature_id") REFERENCES "single_parent"."feature"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "collection_certificate" ON "entitlements"."collection" USING btree ("certificate_id");--> statement-breakpoint
CREATE UNIQUE INDEX "collection_settled" ON "entitlements"."collection" USING btree ("certificate_id") WHERE event <> 'reminded';--> statement-breakpoint
CREATE INDEX "enclosing_contractor" ON "mailings"."enclosing" USING btree ("contractor_id");--> statement-breakpoint
CREATE INDEX "file_asked_on" ON "provision"."file" USING btree ("asked_on");--> statement-breakpoint
CREATE INDEX "file_waiting" ON "provision"."file" USING btree ("id") WHERE state in ('waiting', 'approved');--> statement-breakpoint
CREATE INDEX "file_person_person" ON "provision"."file_person" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "delivery_run" ON "single_parent"."delivery" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "feature_until_of_kind" ON "single_parent"."feature" USING btree ("kind","until") WHERE until is not null;--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" ADD CONSTRAINT "certificate_ending" CHECK (ending in ('replaced', 'returned', 'cancelled', 'lost-entitlement', 'revoked', 'expired'));--> statement-breakpoint
ALTER TABLE "provision"."rule" ADD CONSTRAINT "rule_timing" CHECK (timing in ('as-needed', 'monthly', 'yearly'));--> statement-breakpoint
ALTER TABLE "provision"."rule" ADD CONSTRAINT "rule_applicants" CHECK (applicants_of is null or program is not null);--> statement-breakpoint
ALTER TABLE "single_parent"."feature" ADD CONSTRAINT "feature_value" CHECK ((value is not null) = (kind in ('category', 'office', 'household', 'income')));--> statement-breakpoint
ALTER TABLE "single_parent"."feature" ADD CONSTRAINT "feature_kind" CHECK (kind in ('benefit-class', 'severe-disability', 'remote-certificate', 'category', 'office', 'household', 'income', 'pension', 'allowance', 'disaster', 'unregistered'));--> statement-breakpoint
ALTER TABLE "single_parent"."feature" ADD CONSTRAINT "feature_until" CHECK (until is null or (kind in ('remote-certificate', 'disaster') and applies and until >= occurs_on));--> statement-breakpoint
ALTER TABLE "single_parent"."reported_feature" ADD CONSTRAINT "reported_feature_value" CHECK ((value is not null) = (kind in ('category', 'office', 'household', 'income')));--> statement-breakpoint
ALTER TABLE "single_parent"."reported_feature" ADD CONSTRAINT "reported_feature_kind" CHECK (kind in ('benefit-class', 'severe-disability', 'remote-certificate', 'category', 'office', 'household', 'income', 'pension', 'allowance', 'disaster', 'unregistered'));--> statement-breakpoint
ALTER TABLE "single_parent"."reported_feature" ADD CONSTRAINT "reported_feature_until" CHECK (until is null or (kind in ('remote-certificate', 'disaster') and applies));