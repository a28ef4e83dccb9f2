CREATE TABLE "oversight"."incident" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "oversight"."incident_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"known_on" date NOT NULL,
	"kind" text NOT NULL,
	"malicious" boolean NOT NULL,
	"with_number" boolean NOT NULL,
	"preliminary_due" date NOT NULL,
	"final_due" date NOT NULL,
	"state" text DEFAULT 'found' NOT NULL,
	"state_since" timestamp with time zone DEFAULT now() NOT NULL,
	"finding_id" integer,
	"report_id" uuid,
	"missing_items" integer DEFAULT 9 NOT NULL,
	"opened_by" integer NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "incident_finding_id_unique" UNIQUE("finding_id"),
	CONSTRAINT "incident_kind" CHECK (kind in ('leak', 'loss', 'damage', 'suspected')),
	CONSTRAINT "incident_state_known" CHECK (state in ('found', 'investigating', 'reported', 'told', 'prevented', 'dismissed', 'closed')),
	CONSTRAINT "incident_due" CHECK (preliminary_due >= known_on and final_due > preliminary_due)
);
--> statement-breakpoint
CREATE TABLE "oversight"."incident_person" (
	"incident_id" integer NOT NULL,
	"person_number" text NOT NULL,
	"added_by" integer NOT NULL,
	"told" text,
	"told_on" date,
	"told_by" integer,
	CONSTRAINT "incident_person_incident_id_person_number_pk" PRIMARY KEY("incident_id","person_number"),
	CONSTRAINT "incident_person_told" CHECK (told in ('letter', 'in-person', 'telephone', 'substitute')),
	CONSTRAINT "incident_person_told_whole" CHECK (num_nulls(told, told_on, told_by) in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "oversight"."incident_step" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "oversight"."incident_step_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"incident_id" integer NOT NULL,
	"event" text NOT NULL,
	"done_on" date NOT NULL,
	"staff_id" integer NOT NULL,
	"statement_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "oversight"."incident" ADD CONSTRAINT "incident_finding_id_finding_id_fk" FOREIGN KEY ("finding_id") REFERENCES "oversight"."finding"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."incident" ADD CONSTRAINT "incident_opened_by_staff_id_fk" FOREIGN KEY ("opened_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."incident_person" ADD CONSTRAINT "incident_person_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "oversight"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."incident_person" ADD CONSTRAINT "incident_person_added_by_staff_id_fk" FOREIGN KEY ("added_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."incident_person" ADD CONSTRAINT "incident_person_told_by_staff_id_fk" FOREIGN KEY ("told_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."incident_step" ADD CONSTRAINT "incident_step_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "oversight"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."incident_step" ADD CONSTRAINT "incident_step_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incident_state" ON "oversight"."incident" USING btree ("state","final_due");--> statement-breakpoint
CREATE INDEX "incident_step_incident" ON "oversight"."incident_step" USING btree ("incident_id");