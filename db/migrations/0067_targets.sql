CREATE SCHEMA "targets";
--> statement-breakpoint
CREATE TABLE "targets"."definition" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "targets"."definition_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"output" text NOT NULL,
	"monthly" boolean NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"changed_by" integer NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "definition_output" CHECK (output in ('coupon', 'booklet', 'interview', 'letter', 'postcard', 'session')),
	CONSTRAINT "definition_title" CHECK (length(title) between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "targets"."extraction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "targets"."extraction_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"definition_id" integer,
	"title" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"output" text NOT NULL,
	"as_of" date NOT NULL,
	"counts" jsonb NOT NULL,
	"state" text NOT NULL,
	"made_by" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_on" date NOT NULL,
	CONSTRAINT "extraction_serial_unique" UNIQUE("serial"),
	CONSTRAINT "extraction_output" CHECK (output in ('coupon', 'booklet', 'interview', 'letter', 'postcard', 'session')),
	CONSTRAINT "extraction_state" CHECK (state in ('made', 'used', 'discarded'))
);
--> statement-breakpoint
CREATE TABLE "targets"."found" (
	"extraction_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"subject" text NOT NULL,
	"outcome" text NOT NULL,
	"label" text,
	"usable_from" date,
	"usable_to" date,
	CONSTRAINT "found_extraction_id_person_number_subject_pk" PRIMARY KEY("extraction_id","person_number","subject")
);
--> statement-breakpoint
CREATE TABLE "targets"."listed" (
	"list_id" integer NOT NULL,
	"person_number" text NOT NULL,
	CONSTRAINT "listed_list_id_person_number_pk" PRIMARY KEY("list_id","person_number")
);
--> statement-breakpoint
CREATE TABLE "targets"."notice" (
	"number" text PRIMARY KEY NOT NULL,
	"person_number" text NOT NULL,
	"subject" text NOT NULL,
	"output" text NOT NULL,
	"state" text NOT NULL,
	"issued_on" date NOT NULL,
	"run_id" uuid,
	"staff_id" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "notice_output" CHECK (output in ('letter', 'postcard')),
	CONSTRAINT "notice_state" CHECK (state in ('sent', 'withdrawn')),
	CONSTRAINT "notice_number" CHECK (number ~ '^[0-9]{10}$')
);
--> statement-breakpoint
CREATE TABLE "targets"."person_list" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "targets"."person_list_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"people" integer NOT NULL,
	"made_by" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "person_list_title" CHECK (length(title) between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "targets"."piece_result" (
	"run_id" uuid NOT NULL,
	"piece_number" text NOT NULL,
	"result" text NOT NULL,
	"told_on" date NOT NULL,
	"staff_id" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"settled" text,
	"settled_by" integer,
	CONSTRAINT "piece_result_run_id_piece_number_pk" PRIMARY KEY("run_id","piece_number"),
	CONSTRAINT "piece_result_result" CHECK (result in ('made', 'spoilt', 'posted')),
	CONSTRAINT "piece_result_settled" CHECK ((settled is null) = (settled_by is null) and (settled is null or (result = 'spoilt' and settled in ('printed-again', 'withdrawn'))))
);
--> statement-breakpoint
CREATE TABLE "targets"."seat" (
	"session_id" integer NOT NULL,
	"seat" integer NOT NULL,
	"person_number" text NOT NULL,
	"subject" text NOT NULL,
	CONSTRAINT "seat_session_id_seat_pk" PRIMARY KEY("session_id","seat")
);
--> statement-breakpoint
CREATE TABLE "targets"."session" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "targets"."session_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"extraction_id" uuid NOT NULL,
	"place" text NOT NULL,
	"held_on" date NOT NULL,
	"opens_at" time NOT NULL,
	"together" integer NOT NULL,
	"minutes" integer NOT NULL,
	"made_by" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "session_place" CHECK (length(place) between 1 and 60),
	CONSTRAINT "session_together" CHECK (together between 1 and 200),
	CONSTRAINT "session_minutes" CHECK (minutes between 1 and 240)
);
--> statement-breakpoint
DROP INDEX "vaccination"."coupon_once";--> statement-breakpoint
ALTER TABLE "vaccination"."coupon" ADD COLUMN "occasion" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "targets"."extraction" ADD CONSTRAINT "extraction_definition_id_definition_id_fk" FOREIGN KEY ("definition_id") REFERENCES "targets"."definition"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets"."found" ADD CONSTRAINT "found_extraction_id_extraction_id_fk" FOREIGN KEY ("extraction_id") REFERENCES "targets"."extraction"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets"."listed" ADD CONSTRAINT "listed_list_id_person_list_id_fk" FOREIGN KEY ("list_id") REFERENCES "targets"."person_list"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets"."seat" ADD CONSTRAINT "seat_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "targets"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets"."session" ADD CONSTRAINT "session_extraction_id_extraction_id_fk" FOREIGN KEY ("extraction_id") REFERENCES "targets"."extraction"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "extraction_definition" ON "targets"."extraction" USING btree ("definition_id","made_on");--> statement-breakpoint
CREATE INDEX "found_outcome" ON "targets"."found" USING btree ("extraction_id","outcome","person_number");--> statement-breakpoint
CREATE INDEX "notice_person" ON "targets"."notice" USING btree ("person_number","output","subject");--> statement-breakpoint
CREATE INDEX "notice_run" ON "targets"."notice" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_once" ON "targets"."notice" USING btree ("person_number","subject","output","issued_on") WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX "piece_result_spoilt" ON "targets"."piece_result" USING btree ("run_id") WHERE result = 'spoilt' and settled is null;--> statement-breakpoint
CREATE UNIQUE INDEX "seat_once" ON "targets"."seat" USING btree ("session_id","person_number","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "coupon_once" ON "vaccination"."coupon" USING btree ("person_number","vaccine","dose","occasion") WHERE state = 'issued';