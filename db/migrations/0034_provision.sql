CREATE SCHEMA "provision";
--> statement-breakpoint
CREATE TABLE "provision"."flag" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "provision"."flag_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"reason" text NOT NULL,
	"set_by" integer NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lift_reason" text,
	"lift_asked_by" integer,
	"lift_asked_at" timestamp with time zone,
	"lifted_by" integer,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "flag_reason" CHECK (reason in ('own-request', 'safety', 'dispute', 'other')),
	CONSTRAINT "flag_lift_reason" CHECK (lift_reason in ('own-request', 'ended', 'mistake')),
	CONSTRAINT "flag_two_people" CHECK (lifted_by <> lift_asked_by),
	CONSTRAINT "flag_lift_asked" CHECK (num_nulls(lift_reason, lift_asked_by, lift_asked_at) in (0, 3)),
	CONSTRAINT "flag_lifted" CHECK (num_nulls(lifted_by, lifted_at) in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "provision"."request" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "provision"."request_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"recipient" text NOT NULL,
	"legal_basis" text NOT NULL,
	"items" text[] NOT NULL,
	"person_number" text NOT NULL,
	"rule_id" integer,
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
	CONSTRAINT "request_state" CHECK (state in ('provided', 'waiting', 'released', 'refused')),
	CONSTRAINT "request_refusal" CHECK (refusal in ('recipient', 'basis', 'items', 'person', 'decided')),
	CONSTRAINT "request_refused" CHECK ((state = 'refused') = (refusal is not null)),
	CONSTRAINT "request_listed" CHECK (rule_id is not null or state = 'refused'),
	CONSTRAINT "request_taken" CHECK ((state = 'provided') = (taken_by is not null)),
	CONSTRAINT "request_two_people" CHECK (decided_by <> asked_by),
	CONSTRAINT "request_decided" CHECK (num_nulls(decided_by, decided_at, decision_reason) in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "provision"."rule" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "provision"."rule_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"recipient" text NOT NULL,
	"legal_basis" text NOT NULL,
	"work" text NOT NULL,
	"items" text[] NOT NULL,
	"way" text NOT NULL,
	"public_key" text,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" text NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "rule_way" CHECK (way in ('file', 'paper')),
	CONSTRAINT "rule_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "rule_period" CHECK (valid_to is null or valid_to >= valid_from),
	CONSTRAINT "rule_items" CHECK (cardinality(items) > 0),
	CONSTRAINT "rule_key" CHECK ((way = 'file') = (public_key is not null)),
	CONSTRAINT "rule_two_people" CHECK (decided_by <> proposed_by),
	CONSTRAINT "rule_decision_whole" CHECK (num_nulls(decision, decided_by, decided_at) in (0, 3))
);
--> statement-breakpoint
ALTER TABLE "provision"."flag" ADD CONSTRAINT "flag_set_by_staff_id_fk" FOREIGN KEY ("set_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."flag" ADD CONSTRAINT "flag_lift_asked_by_staff_id_fk" FOREIGN KEY ("lift_asked_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."flag" ADD CONSTRAINT "flag_lifted_by_staff_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."request" ADD CONSTRAINT "request_rule_id_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "provision"."rule"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."request" ADD CONSTRAINT "request_asked_by_staff_id_fk" FOREIGN KEY ("asked_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."request" ADD CONSTRAINT "request_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."request" ADD CONSTRAINT "request_taken_by_staff_id_fk" FOREIGN KEY ("taken_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."rule" ADD CONSTRAINT "rule_proposed_by_staff_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision"."rule" ADD CONSTRAINT "rule_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "flag_in_force" ON "provision"."flag" USING btree ("person_number") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "request_asked_on" ON "provision"."request" USING btree ("asked_on");--> statement-breakpoint
CREATE INDEX "request_person" ON "provision"."request" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "request_waiting" ON "provision"."request" USING btree ("id") WHERE state in ('waiting', 'released');--> statement-breakpoint
CREATE INDEX "rule_recipient" ON "provision"."rule" USING btree ("recipient","legal_basis");