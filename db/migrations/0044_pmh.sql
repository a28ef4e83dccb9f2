CREATE SCHEMA "pmh";
--> statement-breakpoint
CREATE TABLE "pmh"."line" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pmh"."line_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"history_key" bigint NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"why" text NOT NULL,
	"recipient_number" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"person_revision" integer NOT NULL,
	"not_disclosed" boolean NOT NULL,
	"after_line" bigint,
	"state" text NOT NULL,
	"reason" text,
	"answer_code" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"claimed_until" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"settled" text,
	"settled_by" integer,
	"settled_at" timestamp with time zone,
	CONSTRAINT "line_operation" CHECK (operation in ('register', 'delete')),
	CONSTRAINT "line_why" CHECK (why in ('new', 'period', 'number', 'person', 'disclosure', 'lost', 'revoked', 'suspended')),
	CONSTRAINT "line_state" CHECK (state in ('ready', 'held', 'accepted', 'refused', 'released')),
	CONSTRAINT "line_settled" CHECK (settled in ('again', 'left')),
	CONSTRAINT "line_key" CHECK (operation = 'delete' or history_key = id),
	CONSTRAINT "line_dates" CHECK (valid_from <= valid_to),
	CONSTRAINT "line_reason" CHECK ((state in ('held', 'refused', 'released')) = (reason is not null)),
	CONSTRAINT "line_answer" CHECK ((state in ('accepted', 'refused')) = (answered_at is not null)),
	CONSTRAINT "line_answer_code" CHECK (answer_code ~ '^[A-Za-z0-9_.-]{1,30}$'),
	CONSTRAINT "line_settled_whole" CHECK (num_nulls(settled, settled_by, settled_at) in (0, 3) and (settled is null or state = 'refused'))
);
--> statement-breakpoint
CREATE TABLE "pmh"."run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "pmh"."run_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"setting_id" integer NOT NULL,
	"way" text NOT NULL,
	"machine_version" integer NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"submitted_by" integer,
	"approved_by" integer,
	"approved_at" timestamp with time zone,
	"approved_count" integer,
	"interruption" text,
	CONSTRAINT "run_serial_unique" UNIQUE("serial"),
	CONSTRAINT "run_way" CHECK (way in ('http', 'file')),
	CONSTRAINT "run_two_people" CHECK (approved_by is null or (approved_by <> prepared_by and approved_by <> submitted_by)),
	CONSTRAINT "run_sent_only_when_approved" CHECK (approved_by is not null or state in ('prepared', 'awaiting-approval', 'cancelled')),
	CONSTRAINT "run_approval_whole" CHECK (num_nulls(approved_by, approved_at, approved_count) in (0, 3)),
	CONSTRAINT "run_interrupted" CHECK ((state = 'interrupted') = (interruption is not null))
);
--> statement-breakpoint
CREATE TABLE "pmh"."run_event" (
	"run_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_event_run_id_revision_pk" PRIMARY KEY("run_id","revision")
);
--> statement-breakpoint
ALTER TABLE "pmh"."line" ADD CONSTRAINT "line_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "pmh"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pmh"."line" ADD CONSTRAINT "line_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pmh"."run" ADD CONSTRAINT "run_setting_id_parameter_id_fk" FOREIGN KEY ("setting_id") REFERENCES "city"."parameter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pmh"."run_event" ADD CONSTRAINT "run_event_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "pmh"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "line_once" ON "pmh"."line" USING btree ("history_key","operation") WHERE state in ('ready', 'accepted');--> statement-breakpoint
CREATE UNIQUE INDEX "line_one_ready" ON "pmh"."line" USING btree ("entitlement_id") WHERE state = 'ready' and operation = 'register';--> statement-breakpoint
CREATE INDEX "line_run" ON "pmh"."line" USING btree ("run_id","state");--> statement-breakpoint
CREATE INDEX "line_entitlement" ON "pmh"."line" USING btree ("entitlement_id");--> statement-breakpoint
CREATE INDEX "line_person" ON "pmh"."line" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "line_refused" ON "pmh"."line" USING btree ("id") WHERE state = 'refused' and settled is null;--> statement-breakpoint
CREATE INDEX "run_program" ON "pmh"."run" USING btree ("program","state");