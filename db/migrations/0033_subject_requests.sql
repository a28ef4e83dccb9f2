CREATE TABLE "oversight"."subject_request" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "oversight"."subject_request_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"person_number" text NOT NULL,
	"asker" text NOT NULL,
	"method" text NOT NULL,
	"documents" text[] NOT NULL,
	"mandate_seen" boolean NOT NULL,
	"received_on" date NOT NULL,
	"program" text,
	"due_on" date NOT NULL,
	"extended_on" date,
	"state" text DEFAULT 'received' NOT NULL,
	"state_since" timestamp with time zone DEFAULT now() NOT NULL,
	"prepared_by" integer,
	"outcome" text,
	"reason" text,
	"withheld" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"decided_by" integer,
	"decided_on" date,
	"opened_by" integer NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subject_request_kind" CHECK (kind in ('disclosure', 'correction', 'suspension', 'inquiry')),
	CONSTRAINT "subject_request_asker" CHECK (asker in ('self', 'legal-representative', 'agent')),
	CONSTRAINT "subject_request_method" CHECK (method in ('number-card', 'notification-card', 'two-documents')),
	CONSTRAINT "subject_request_state_known" CHECK (state in ('received', 'investigating', 'awaiting', 'decided', 'notified', 'carried', 'closed', 'withdrawn')),
	CONSTRAINT "subject_request_outcome" CHECK (outcome in ('whole', 'part', 'refused')),
	CONSTRAINT "subject_request_mandate" CHECK (asker = 'self' or mandate_seen),
	CONSTRAINT "subject_request_due" CHECK (due_on > received_on),
	CONSTRAINT "subject_request_two_people" CHECK (decided_by <> prepared_by),
	CONSTRAINT "subject_request_decision_whole" CHECK ((decided_by is null) = (decided_on is null))
);
--> statement-breakpoint
CREATE TABLE "oversight"."subject_request_step" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "oversight"."subject_request_step_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"request_id" integer NOT NULL,
	"event" text NOT NULL,
	"done_on" date NOT NULL,
	"staff_id" integer NOT NULL,
	"statement_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "oversight"."subject_request" ADD CONSTRAINT "subject_request_prepared_by_staff_id_fk" FOREIGN KEY ("prepared_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."subject_request" ADD CONSTRAINT "subject_request_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."subject_request" ADD CONSTRAINT "subject_request_opened_by_staff_id_fk" FOREIGN KEY ("opened_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."subject_request_step" ADD CONSTRAINT "subject_request_step_request_id_subject_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "oversight"."subject_request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."subject_request_step" ADD CONSTRAINT "subject_request_step_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "subject_request_state" ON "oversight"."subject_request" USING btree ("state","due_on");--> statement-breakpoint
CREATE INDEX "subject_request_person" ON "oversight"."subject_request" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "subject_request_step_request" ON "oversight"."subject_request_step" USING btree ("request_id");