CREATE TABLE "entitlements"."suspension" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entitlements"."suspension_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"entitlement_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"reason" text NOT NULL,
	"case_id" uuid NOT NULL,
	"resumed_by" uuid,
	CONSTRAINT "suspension_days" CHECK (to_on is null or from_on <= to_on),
	CONSTRAINT "suspension_lifted" CHECK ((to_on is null) = (resumed_by is null))
);
--> statement-breakpoint
CREATE TABLE "entitlements"."certificate_return" (
	"certificate_id" uuid PRIMARY KEY NOT NULL,
	"program" text NOT NULL,
	"office_code" text NOT NULL,
	"person_number" text NOT NULL,
	"cause" text NOT NULL,
	"since_on" date NOT NULL,
	"state" text DEFAULT 'outstanding' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"reminded_on" date,
	"reminders" integer DEFAULT 0 NOT NULL,
	"reminded_by" uuid,
	"settled_by" integer,
	"settled_on" date,
	"settled_at" timestamp with time zone,
	CONSTRAINT "certificate_return_cause" CHECK (cause in ('lost', 'revoked', 'suspended', 'replaced', 'cancelled', 'expired', 'corrected')),
	CONSTRAINT "certificate_return_state_is" CHECK (state in ('outstanding', 'returned', 'lost', 'destroyed', 'kept')),
	CONSTRAINT "certificate_return_settled" CHECK (num_nulls(settled_by, settled_on, settled_at) in (0, 3) and (state = 'outstanding') = (settled_on is null))
);
--> statement-breakpoint
CREATE TABLE "entitlements"."follow_up" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"program" text NOT NULL,
	"office_code" text NOT NULL,
	"person_number" text NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"treatment_month" text,
	"partly" boolean DEFAULT false NOT NULL,
	"amount" bigint,
	"certificate_id" uuid,
	"receipt_file" uuid,
	"receipt_row" integer,
	"benefit_id" bigint,
	"payable_id" uuid,
	"state" text DEFAULT 'open' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"opened_on" date NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"reason" text,
	"asked_by" integer,
	"settled_by" integer,
	"settled_on" date,
	"settled_at" timestamp with time zone,
	CONSTRAINT "follow_up_once" UNIQUE NULLS NOT DISTINCT("case_id","kind","certificate_id","receipt_file","receipt_row","benefit_id","payable_id"),
	CONSTRAINT "follow_up_kind" CHECK (kind in ('send-back', 'recover', 'check-payment', 'reissue', 'judge-again', 'pay-more')),
	CONSTRAINT "follow_up_two_people" CHECK (asked_by is null or settled_by is null or settled_by <> asked_by),
	CONSTRAINT "follow_up_settled" CHECK (num_nulls(settled_by, settled_on, settled_at) in (0, 3) and (settled_on is not null) = (state in ('done', 'dropped')))
);
--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" DROP CONSTRAINT "certificate_ending";--> statement-breakpoint
ALTER TABLE "entitlements"."suspension" ADD CONSTRAINT "suspension_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."suspension" ADD CONSTRAINT "suspension_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."suspension" ADD CONSTRAINT "suspension_resumed_by_case_id_fk" FOREIGN KEY ("resumed_by") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."certificate_return" ADD CONSTRAINT "certificate_return_certificate_id_certificate_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "entitlements"."certificate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."follow_up" ADD CONSTRAINT "follow_up_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."follow_up" ADD CONSTRAINT "follow_up_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."follow_up" ADD CONSTRAINT "follow_up_certificate_id_certificate_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "entitlements"."certificate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "suspension_one_open" ON "entitlements"."suspension" USING btree ("entitlement_id") WHERE to_on is null;--> statement-breakpoint
CREATE INDEX "suspension_entitlement" ON "entitlements"."suspension" USING btree ("entitlement_id");--> statement-breakpoint
CREATE INDEX "certificate_return_open" ON "entitlements"."certificate_return" USING btree ("program","since_on","certificate_id") WHERE state = 'outstanding';--> statement-breakpoint
CREATE INDEX "certificate_return_state" ON "entitlements"."certificate_return" USING btree ("program","state","since_on");--> statement-breakpoint
CREATE INDEX "certificate_return_person" ON "entitlements"."certificate_return" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "follow_up_open" ON "entitlements"."follow_up" USING btree ("program","opened_on","id") WHERE settled_on is null;--> statement-breakpoint
CREATE INDEX "follow_up_state" ON "entitlements"."follow_up" USING btree ("program","state","opened_on");--> statement-breakpoint
CREATE INDEX "follow_up_case" ON "entitlements"."follow_up" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "follow_up_person" ON "entitlements"."follow_up" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "follow_up_benefit" ON "entitlements"."follow_up" USING btree ("benefit_id");--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" ADD CONSTRAINT "certificate_ending" CHECK (ending in ('replaced', 'returned', 'cancelled', 'lost-entitlement', 'revoked', 'suspended', 'expired'));