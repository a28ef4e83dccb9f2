CREATE SCHEMA "oversight";
--> statement-breakpoint
CREATE TABLE "oversight"."analysed_day" (
	"day" date PRIMARY KEY NOT NULL,
	"day_off" boolean NOT NULL,
	"looks" integer NOT NULL,
	"findings" integer NOT NULL,
	"analysed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "oversight"."finding" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "oversight"."finding_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"day" date NOT NULL,
	"staff_id" integer NOT NULL,
	"person_number" text,
	"records" integer NOT NULL,
	"people" integer NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"asked_of" integer,
	"state_since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "finding_kind" CHECK (kind in ('bulk', 'night', 'own-household', 'same-surname', 'colleague', 'without-case', 'protected')),
	CONSTRAINT "finding_state_known" CHECK (state in ('open', 'asked', 'explained', 'justified', 'incident'))
);
--> statement-breakpoint
CREATE TABLE "oversight"."finding_record" (
	"kind" text NOT NULL,
	"record_id" bigint NOT NULL,
	"finding_id" integer NOT NULL,
	CONSTRAINT "finding_record_kind_record_id_pk" PRIMARY KEY("kind","record_id")
);
--> statement-breakpoint
CREATE TABLE "oversight"."finding_step" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "oversight"."finding_step_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"finding_id" integer NOT NULL,
	"event" text NOT NULL,
	"staff_id" integer NOT NULL,
	"asked_of" integer,
	"statement_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "finding_step_event" CHECK (event in ('ask', 'explain', 'justify', 'incident')),
	CONSTRAINT "finding_step_asked" CHECK ((event = 'ask') = (asked_of is not null)),
	CONSTRAINT "finding_step_said" CHECK (event = 'ask' or statement_id is not null)
);
--> statement-breakpoint
CREATE TABLE "oversight"."limit" (
	"name" text NOT NULL,
	"valid_from" date NOT NULL,
	"value" integer NOT NULL,
	CONSTRAINT "limit_name_valid_from_pk" PRIMARY KEY("name","valid_from")
);
--> statement-breakpoint
CREATE TABLE "oversight"."own_number" (
	"staff_id" integer PRIMARY KEY NOT NULL,
	"person_number" text NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "oversight"."finding" ADD CONSTRAINT "finding_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."finding" ADD CONSTRAINT "finding_asked_of_staff_id_fk" FOREIGN KEY ("asked_of") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."finding_record" ADD CONSTRAINT "finding_record_finding_id_finding_id_fk" FOREIGN KEY ("finding_id") REFERENCES "oversight"."finding"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."finding_step" ADD CONSTRAINT "finding_step_finding_id_finding_id_fk" FOREIGN KEY ("finding_id") REFERENCES "oversight"."finding"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."finding_step" ADD CONSTRAINT "finding_step_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."finding_step" ADD CONSTRAINT "finding_step_asked_of_staff_id_fk" FOREIGN KEY ("asked_of") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."own_number" ADD CONSTRAINT "own_number_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."own_number" ADD CONSTRAINT "own_number_entered_by_staff_id_fk" FOREIGN KEY ("entered_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "finding_state" ON "oversight"."finding" USING btree ("state","day");--> statement-breakpoint
CREATE INDEX "finding_asked_of" ON "oversight"."finding" USING btree ("asked_of") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "finding_record_finding" ON "oversight"."finding_record" USING btree ("finding_id","record_id");--> statement-breakpoint
CREATE INDEX "finding_step_finding" ON "oversight"."finding_step" USING btree ("finding_id");