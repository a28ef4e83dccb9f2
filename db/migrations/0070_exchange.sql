CREATE SCHEMA "exchange";
--> statement-breakpoint
CREATE TABLE "exchange"."copy_held" (
	"shot_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"own_number" text NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"given_on" date NOT NULL,
	"product" text,
	"lot" text,
	"volume" text,
	"clinic_code" text,
	"no_auto_answer" boolean NOT NULL,
	"run_id" uuid NOT NULL,
	"held_since" timestamp with time zone NOT NULL,
	CONSTRAINT "copy_held_shot_id_pk" PRIMARY KEY("shot_id")
);
--> statement-breakpoint
CREATE TABLE "exchange"."copy_line" (
	"run_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"operation" text NOT NULL,
	"why" text NOT NULL,
	"shot_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"own_number" text NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"given_on" date NOT NULL,
	"product" text,
	"lot" text,
	"volume" text,
	"clinic_code" text,
	"no_auto_answer" boolean NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"answer_code" text,
	"answered_at" timestamp with time zone,
	"settled" text,
	"settled_by" integer,
	"settled_at" timestamp with time zone,
	CONSTRAINT "copy_line_run_id_number_pk" PRIMARY KEY("run_id","number"),
	CONSTRAINT "copy_line_operation" CHECK (operation in ('register', 'delete')),
	CONSTRAINT "copy_line_why" CHECK (why in ('new', 'corrected', 'number', 'flag', 'same', 'cancelled', 'withheld')),
	CONSTRAINT "copy_line_state" CHECK (state in ('ready', 'accepted', 'refused', 'released')),
	CONSTRAINT "copy_line_reason" CHECK (reason in ('not-sent', 'not-answered', 'withheld-since', 'not-accepted')),
	CONSTRAINT "copy_line_settled" CHECK (settled in ('again', 'left')),
	CONSTRAINT "copy_line_reason_stands" CHECK ((state in ('refused', 'released')) = (reason is not null)),
	CONSTRAINT "copy_line_answered" CHECK ((state in ('accepted', 'refused')) = (answered_at is not null)),
	CONSTRAINT "copy_line_code" CHECK (answer_code ~ '^[A-Za-z0-9_.-]{1,30}$'),
	CONSTRAINT "copy_line_settled_whole" CHECK (num_nulls(settled, settled_by, settled_at) in (0, 3) and (settled is null or state = 'refused'))
);
--> statement-breakpoint
CREATE TABLE "exchange"."copy_run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "exchange"."copy_run_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"scope" text NOT NULL,
	"setting_id" integer NOT NULL,
	"machine_version" integer NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"prepared_on" date NOT NULL,
	"gathered_to" text DEFAULT '' NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"submitted_by" integer,
	"approved_by" integer,
	"approved_at" timestamp with time zone,
	"approved_count" integer,
	"interruption" text,
	"file_parts" integer,
	"file_rows" integer,
	"file_bytes" bigint,
	"file_sha256" text,
	"handed_over_on" date,
	"answer_due_on" date,
	CONSTRAINT "copy_run_serial_unique" UNIQUE("serial"),
	CONSTRAINT "copy_run_scope" CHECK (scope in ('full', 'difference')),
	CONSTRAINT "copy_run_interruption" CHECK (interruption in ('program', 'setting')),
	CONSTRAINT "copy_run_two_people" CHECK (approved_by is null or (approved_by <> prepared_by and approved_by <> submitted_by)),
	CONSTRAINT "copy_run_made_only_when_approved" CHECK (approved_by is not null or state in ('gathering', 'prepared', 'awaiting-approval', 'cancelled')),
	CONSTRAINT "copy_run_approval_whole" CHECK (num_nulls(approved_by, approved_at, approved_count) in (0, 3)),
	CONSTRAINT "copy_run_file_whole" CHECK (num_nulls(file_parts, file_rows, file_bytes, file_sha256) in (0, 4)),
	CONSTRAINT "copy_run_file_stands" CHECK (file_sha256 is not null or state not in ('made', 'awaiting-answer', 'answered', 'ended')),
	CONSTRAINT "copy_run_digest" CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "copy_run_handed_over" CHECK (num_nulls(handed_over_on, answer_due_on) in (0, 2))
);
--> statement-breakpoint
CREATE TABLE "exchange"."copy_run_event" (
	"run_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "copy_run_event_run_id_revision_pk" PRIMARY KEY("run_id","revision")
);
--> statement-breakpoint
CREATE TABLE "exchange"."paper" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"inquiry_id" uuid,
	"hand_on_id" uuid,
	"document_number" text NOT NULL,
	"template" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"issued_by" integer NOT NULL,
	"issued_on" date NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "paper_document_number_unique" UNIQUE("document_number"),
	CONSTRAINT "exchange_paper_kind" CHECK (kind in ('inquiry', 'reminder', 'answer')),
	CONSTRAINT "exchange_paper_of" CHECK ((kind = 'answer') = (hand_on_id is not null) and (kind <> 'answer') = (inquiry_id is not null))
);
--> statement-breakpoint
CREATE TABLE "exchange"."hand_on" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "exchange"."hand_on_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"municipality_code" text,
	"municipality" text,
	"postal_code" text,
	"address" text,
	"their_number" text NOT NULL,
	"received_on" date NOT NULL,
	"rule_id" integer NOT NULL,
	"request_id" integer,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"shot_ids" uuid[] DEFAULT '{}' NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"answered_by" integer,
	"answered_on" date,
	"declined" text,
	CONSTRAINT "hand_on_serial_unique" UNIQUE("serial"),
	CONSTRAINT "hand_on_state_known" CHECK (state in ('received', 'awaiting-release', 'answered', 'refused', 'declined')),
	CONSTRAINT "hand_on_declined" CHECK (declined in ('not-ours', 'no-basis', 'withdrawn', 'entered-twice', 'other')),
	CONSTRAINT "hand_on_code" CHECK (municipality_code ~ '^[0-9]{6}$'),
	CONSTRAINT "hand_on_addressed" CHECK (num_nulls(municipality, postal_code, address) = 0 and length(municipality) between 2 and 80 and length(address) between 4 and 120
        and postal_code ~ '^[0-9]{7}$'),
	CONSTRAINT "hand_on_number" CHECK (length(their_number) between 1 and 60),
	CONSTRAINT "hand_on_answered" CHECK ((state = 'answered') = (answered_on is not null)),
	CONSTRAINT "hand_on_provided" CHECK (state not in ('answered', 'refused') or request_id is not null),
	CONSTRAINT "hand_on_declined_stands" CHECK ((state = 'declined') = (declined is not null))
);
--> statement-breakpoint
CREATE TABLE "exchange"."hand_on_event" (
	"hand_on_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"reason" text,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	CONSTRAINT "hand_on_event_hand_on_id_revision_pk" PRIMARY KEY("hand_on_id","revision")
);
--> statement-breakpoint
CREATE TABLE "exchange"."inquiry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "exchange"."inquiry_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"case_id" uuid,
	"municipality_code" text,
	"municipality" text,
	"postal_code" text,
	"address" text,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"opened_by" integer NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"opened_on" date NOT NULL,
	"rule_id" integer,
	"request_id" integer,
	"asked_by" integer,
	"asked_on" date,
	"due_on" date,
	"reminders" integer DEFAULT 0 NOT NULL,
	"reminded_on" date,
	"answered_on" date,
	"answer_id" uuid,
	"slip_ids" uuid[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "inquiry_serial_unique" UNIQUE("serial"),
	CONSTRAINT "inquiry_kind" CHECK (kind in ('records', 'tax', 'medical', 'allowance')),
	CONSTRAINT "inquiry_state_known" CHECK (state in ('opened', 'awaiting-release', 'asked', 'answered', 'not-known', 'closed', 'withdrawn')),
	CONSTRAINT "inquiry_code" CHECK (municipality_code ~ '^[0-9]{6}$'),
	CONSTRAINT "inquiry_postal_code" CHECK (postal_code ~ '^[0-9]{7}$'),
	CONSTRAINT "inquiry_addressed" CHECK (num_nulls(municipality, postal_code, address) in (0, 3) and (municipality_code is null or municipality is not null)
        and (municipality is null or length(municipality) between 2 and 80) and (address is null or length(address) between 4 and 120)),
	CONSTRAINT "inquiry_asked" CHECK (num_nulls(asked_by, asked_on, due_on) in (0, 3)
        and (state not in ('asked', 'answered', 'not-known', 'closed') or asked_on is not null and request_id is not null and municipality is not null)),
	CONSTRAINT "inquiry_provision" CHECK (num_nulls(rule_id, request_id) in (0, 2)),
	CONSTRAINT "inquiry_reminded" CHECK ((reminders = 0) = (reminded_on is null))
);
--> statement-breakpoint
CREATE TABLE "exchange"."inquiry_event" (
	"inquiry_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"reason" text,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	CONSTRAINT "inquiry_event_inquiry_id_revision_pk" PRIMARY KEY("inquiry_id","revision")
);
--> statement-breakpoint
ALTER TABLE "exchange"."copy_held" ADD CONSTRAINT "copy_held_run_id_copy_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "exchange"."copy_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."copy_line" ADD CONSTRAINT "copy_line_run_id_copy_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "exchange"."copy_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."copy_run" ADD CONSTRAINT "copy_run_setting_id_parameter_id_fk" FOREIGN KEY ("setting_id") REFERENCES "city"."parameter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."copy_run_event" ADD CONSTRAINT "copy_run_event_run_id_copy_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "exchange"."copy_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."paper" ADD CONSTRAINT "paper_inquiry_id_inquiry_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "exchange"."inquiry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."paper" ADD CONSTRAINT "paper_hand_on_id_hand_on_id_fk" FOREIGN KEY ("hand_on_id") REFERENCES "exchange"."hand_on"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."hand_on" ADD CONSTRAINT "hand_on_rule_id_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "provision"."rule"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."hand_on" ADD CONSTRAINT "hand_on_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "provision"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."hand_on_event" ADD CONSTRAINT "hand_on_event_hand_on_id_hand_on_id_fk" FOREIGN KEY ("hand_on_id") REFERENCES "exchange"."hand_on"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."inquiry" ADD CONSTRAINT "inquiry_rule_id_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "provision"."rule"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."inquiry" ADD CONSTRAINT "inquiry_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "provision"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange"."inquiry_event" ADD CONSTRAINT "inquiry_event_inquiry_id_inquiry_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "exchange"."inquiry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "copy_held_own" ON "exchange"."copy_held" USING btree ("own_number");--> statement-breakpoint
CREATE INDEX "copy_held_person" ON "exchange"."copy_held" USING btree ("person_number");--> statement-breakpoint
CREATE UNIQUE INDEX "copy_line_once" ON "exchange"."copy_line" USING btree ("run_id","shot_id");--> statement-breakpoint
CREATE INDEX "copy_line_person" ON "exchange"."copy_line" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "copy_line_shot" ON "exchange"."copy_line" USING btree ("shot_id");--> statement-breakpoint
CREATE INDEX "copy_line_refused" ON "exchange"."copy_line" USING btree ("answered_at") WHERE state = 'refused' and settled is null;--> statement-breakpoint
CREATE UNIQUE INDEX "copy_run_one" ON "exchange"."copy_run" USING btree ((true)) WHERE state not in ('answered', 'ended', 'cancelled');--> statement-breakpoint
CREATE INDEX "exchange_paper_inquiry" ON "exchange"."paper" USING btree ("inquiry_id");--> statement-breakpoint
CREATE INDEX "exchange_paper_hand_on" ON "exchange"."paper" USING btree ("hand_on_id");--> statement-breakpoint
CREATE INDEX "hand_on_state" ON "exchange"."hand_on" USING btree ("state","entered_at");--> statement-breakpoint
CREATE INDEX "hand_on_person" ON "exchange"."hand_on" USING btree ("person_number");--> statement-breakpoint
CREATE UNIQUE INDEX "hand_on_request" ON "exchange"."hand_on" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "inquiry_state" ON "exchange"."inquiry" USING btree ("state","opened_at");--> statement-breakpoint
CREATE INDEX "inquiry_due" ON "exchange"."inquiry" USING btree ("due_on") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "inquiry_person" ON "exchange"."inquiry" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "inquiry_case" ON "exchange"."inquiry" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "inquiry_request" ON "exchange"."inquiry" USING btree ("request_id");--> statement-breakpoint
CREATE UNIQUE INDEX "inquiry_one_open" ON "exchange"."inquiry" USING btree ("person_number","kind",coalesce(municipality_code, '')) WHERE state in ('opened', 'awaiting-release', 'asked');