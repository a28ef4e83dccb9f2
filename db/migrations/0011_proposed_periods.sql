CREATE TABLE "entitlements"."proposed_period" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entitlements"."proposed_period_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"kind" text NOT NULL,
	"entitlement_id" uuid,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "proposed_period_dates" CHECK (valid_from <= valid_to)
);
--> statement-breakpoint
CREATE TABLE "single_parent"."reported_feature" (
	"case_id" uuid NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"kind" text NOT NULL,
	"applies" boolean NOT NULL,
	"benefit_class" text,
	"until" date,
	"reason" text NOT NULL,
	CONSTRAINT "reported_feature_case_id_revision_pk" PRIMARY KEY("case_id","revision"),
	CONSTRAINT "reported_feature_kind" CHECK (kind in ('benefit-class', 'severe-disability', 'remote-certificate')),
	CONSTRAINT "reported_feature_class" CHECK ((benefit_class is not null) = (kind = 'benefit-class' and applies)),
	CONSTRAINT "reported_feature_until" CHECK (until is null or (kind = 'remote-certificate' and applies))
);
--> statement-breakpoint
ALTER TABLE "approvals"."approval" ADD COLUMN "states_periods" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "vault"."sealed_record" ADD COLUMN "feed_record_id" bigint;--> statement-breakpoint
ALTER TABLE "entitlements"."proposed_period" ADD CONSTRAINT "proposed_period_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."proposed_period" ADD CONSTRAINT "proposed_period_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "approvals"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."proposed_period" ADD CONSTRAINT "proposed_period_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "single_parent"."reported_feature" ADD CONSTRAINT "reported_feature_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proposed_period_case" ON "entitlements"."proposed_period" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "proposed_period_person" ON "entitlements"."proposed_period" USING btree ("approval_id","person_number","kind");--> statement-breakpoint
ALTER TABLE "vault"."sealed_record" ADD CONSTRAINT "sealed_record_feed_record_id_feed_record_id_fk" FOREIGN KEY ("feed_record_id") REFERENCES "vault"."feed_record"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sealed_record_feed_record" ON "vault"."sealed_record" USING btree ("feed_record_id") WHERE feed_record_id is not null;--> statement-breakpoint
-- data: proposals that wait for their decision were made before their periods were kept
ALTER TABLE "approvals"."approval" DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE "approvals"."approval" SET "states_periods" = false WHERE "decision" IS NULL;--> statement-breakpoint
ALTER TABLE "approvals"."approval" ENABLE TRIGGER USER;
