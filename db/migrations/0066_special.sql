CREATE SCHEMA "exemptions";
--> statement-breakpoint
CREATE SCHEMA "special";
--> statement-breakpoint
CREATE TABLE "exemptions"."application" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "exemptions"."application_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"received_on" date NOT NULL,
	"applicant" text NOT NULL,
	"ground" text NOT NULL,
	"vaccines" text[] NOT NULL,
	"evidence" text NOT NULL,
	"evidence_on" date,
	"evidence_by" integer,
	"words_id" uuid,
	"outcome" text,
	"valid_from" date,
	"valid_until" date,
	"refusal" text,
	"state" text DEFAULT 'received' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"examined_by" integer,
	"proposed_by" integer,
	"decided_by" integer,
	"decided_on" date,
	"ended_from" date,
	"end_reason" text,
	CONSTRAINT "application_serial_unique" UNIQUE("serial"),
	CONSTRAINT "exemption_applicant" CHECK (applicant in ('self', 'guardian', 'agent')),
	CONSTRAINT "exemption_ground" CHECK (ground in ('welfare', 'tax-exempt', 'returnee', 'disaster', 'other')),
	CONSTRAINT "exemption_state_known" CHECK (state in ('received', 'examined', 'proposed', 'granted', 'issued', 'revoking', 'revoked', 'refused', 'told', 'lapsed', 'withdrawn')),
	CONSTRAINT "exemption_vaccines" CHECK (cardinality(vaccines) > 0),
	CONSTRAINT "exemption_outcome" CHECK (outcome in ('grant', 'refuse')),
	CONSTRAINT "exemption_days" CHECK (valid_until >= valid_from),
	CONSTRAINT "exemption_two" CHECK (decided_by <> proposed_by),
	CONSTRAINT "exemption_seen" CHECK ((evidence = 'none') = (evidence_on is null) and (evidence_on is null) = (evidence_by is null)),
	CONSTRAINT "exemption_refused" CHECK ((refusal is not null) = (coalesce(outcome, '') = 'refuse')),
	CONSTRAINT "exemption_granted" CHECK ((valid_from is not null) = (coalesce(outcome, '') = 'grant') and (valid_from is null) = (valid_until is null))
);
--> statement-breakpoint
CREATE TABLE "exemptions"."certificate" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"application_id" uuid,
	"list_id" uuid,
	"run_id" uuid,
	"ground" text NOT NULL,
	"vaccines" text[] NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date NOT NULL,
	"issued_on" date NOT NULL,
	"issued_by" integer NOT NULL,
	"state" text DEFAULT 'issued' NOT NULL,
	"ended_from" date,
	"end_reason" text,
	"print_count" integer DEFAULT 1 NOT NULL,
	"template_version" text NOT NULL,
	"form_setting_id" integer,
	"sealed_id" uuid,
	CONSTRAINT "certificate_number_unique" UNIQUE("number"),
	CONSTRAINT "exemption_certificate_ground" CHECK (ground in ('welfare', 'tax-exempt', 'returnee', 'disaster', 'other')),
	CONSTRAINT "exemption_certificate_state" CHECK (state in ('issued', 'replaced', 'ended')),
	CONSTRAINT "exemption_certificate_number" CHECK (number ~ '^[0-9]{10}$'),
	CONSTRAINT "exemption_certificate_days" CHECK (valid_until >= valid_from),
	CONSTRAINT "exemption_certificate_source" CHECK ((application_id is null) <> (list_id is null) and (list_id is null) = (run_id is null)),
	CONSTRAINT "exemption_certificate_ended" CHECK ((ended_from is not null) = (state = 'ended'))
);
--> statement-breakpoint
CREATE TABLE "exemptions"."counter" (
	"id" integer PRIMARY KEY NOT NULL,
	"next" integer NOT NULL,
	CONSTRAINT "exemption_counter_one" CHECK (id = 1),
	CONSTRAINT "exemption_counter_range" CHECK (next between 1 and 1000000000)
);
--> statement-breakpoint
CREATE TABLE "exemptions"."application_event" (
	"application_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"why" text,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	CONSTRAINT "application_event_application_id_revision_pk" PRIMARY KEY("application_id","revision")
);
--> statement-breakpoint
CREATE TABLE "exemptions"."list" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "exemptions"."list_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"ground" text NOT NULL,
	"as_of" date NOT NULL,
	"people" integer NOT NULL,
	"unknown" integer NOT NULL,
	"digest" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "list_serial_unique" UNIQUE("serial"),
	CONSTRAINT "exemption_list_ground" CHECK (ground in ('welfare', 'tax-exempt', 'returnee', 'disaster', 'other')),
	CONSTRAINT "exemption_list_state" CHECK (state in ('open', 'withdrawn')),
	CONSTRAINT "exemption_list_people" CHECK (people > 0 and unknown >= 0)
);
--> statement-breakpoint
CREATE TABLE "exemptions"."list_person" (
	"list_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	CONSTRAINT "list_person_list_id_person_number_pk" PRIMARY KEY("list_id","person_number")
);
--> statement-breakpoint
CREATE TABLE "exemptions"."notice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"kind" text NOT NULL,
	"document_number" text NOT NULL,
	"template" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"issued_on" date NOT NULL,
	"issued_by" integer NOT NULL,
	CONSTRAINT "notice_document_number_unique" UNIQUE("document_number"),
	CONSTRAINT "exemption_notice_kind" CHECK (kind in ('refusal', 'revocation'))
);
--> statement-breakpoint
CREATE TABLE "special"."entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "special"."entry_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"evidence" text NOT NULL,
	"evidence_on" date NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"hindrance_from" date,
	"hindrance_to" date,
	"vaccines" text[] DEFAULT '{}' NOT NULL,
	"untils" date[] DEFAULT '{}' NOT NULL,
	"due_on" date,
	"words_id" uuid,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "entry_serial_unique" UNIQUE("serial"),
	CONSTRAINT "special_kind_known" CHECK (kind in ('long-illness', 'caution', 'disaster', 'stay', 'mailing-address', 'pregnancy', 'disability', 'memo')),
	CONSTRAINT "special_state_known" CHECK (state in ('awaiting', 'returned', 'standing', 'ended', 'withdrawn')),
	CONSTRAINT "special_days" CHECK (valid_until is null or valid_until >= valid_from),
	CONSTRAINT "special_due" CHECK ((due_on is not null) = (kind = 'pregnancy')),
	CONSTRAINT "special_illness" CHECK ((kind = 'long-illness') = (hindrance_from is not null) and (kind = 'long-illness') = (hindrance_to is not null)
        and (kind = 'long-illness') = (cardinality(vaccines) > 0) and cardinality(vaccines) = cardinality(untils)),
	CONSTRAINT "special_two" CHECK (state <> 'standing' or kind <> 'long-illness' or decided_by is not null and decided_by <> entered_by)
);
--> statement-breakpoint
CREATE TABLE "special"."entry_event" (
	"entry_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"why" text,
	"reason" text NOT NULL,
	"evidence" text NOT NULL,
	"evidence_on" date NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"vaccines" text[] NOT NULL,
	"due_on" date,
	"words_id" uuid,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	CONSTRAINT "entry_event_entry_id_revision_pk" PRIMARY KEY("entry_id","revision")
);
--> statement-breakpoint
ALTER TABLE "exemptions"."certificate" ADD CONSTRAINT "certificate_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "exemptions"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions"."certificate" ADD CONSTRAINT "certificate_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "exemptions"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions"."certificate" ADD CONSTRAINT "certificate_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions"."application_event" ADD CONSTRAINT "application_event_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "exemptions"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions"."list_person" ADD CONSTRAINT "list_person_list_id_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "exemptions"."list"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions"."notice" ADD CONSTRAINT "notice_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "exemptions"."application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "special"."entry_event" ADD CONSTRAINT "entry_event_entry_id_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "special"."entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exemption_person" ON "exemptions"."application" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "exemption_state" ON "exemptions"."application" USING btree ("state","entered_at");--> statement-breakpoint
CREATE INDEX "exemption_certificate_person" ON "exemptions"."certificate" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "exemption_certificate_run" ON "exemptions"."certificate" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exemption_certificate_once" ON "exemptions"."certificate" USING btree ("application_id") WHERE state = 'issued' and application_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "exemption_list_file" ON "exemptions"."list" USING btree ("digest","ground","as_of") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "exemption_list_person" ON "exemptions"."list_person" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "exemption_notice_application" ON "exemptions"."notice" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "exemption_notice_person" ON "exemptions"."notice" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "special_person" ON "special"."entry" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "special_state" ON "special"."entry" USING btree ("state","entered_at");--> statement-breakpoint
CREATE INDEX "special_kind" ON "special"."entry" USING btree ("kind","valid_from") WHERE state = 'standing';