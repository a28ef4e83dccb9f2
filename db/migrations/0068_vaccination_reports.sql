CREATE SCHEMA "vaccination_reports";
--> statement-breakpoint
CREATE TABLE "vaccination_reports"."closing" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vaccination_reports"."closing_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"month" date NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"counted" integer DEFAULT 0 NOT NULL,
	"late" integer DEFAULT 0 NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "closing_state" CHECK (state in ('prepared', 'closed', 'discarded')),
	CONSTRAINT "closing_first_of_month" CHECK (extract(day from month) = 1),
	CONSTRAINT "closing_decided" CHECK ((decided_by is null) = (state = 'prepared')),
	CONSTRAINT "closing_two_people" CHECK (state <> 'closed' or decided_by <> prepared_by)
);
--> statement-breakpoint
CREATE TABLE "vaccination_reports"."entry" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vaccination_reports"."entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"figure_id" bigint NOT NULL,
	"source_id" uuid NOT NULL,
	"takes" bigint
);
--> statement-breakpoint
CREATE TABLE "vaccination_reports"."figure" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vaccination_reports"."figure_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"closing_id" integer NOT NULL,
	"given_month" date NOT NULL,
	"entered_month" date NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"age" smallint NOT NULL,
	"sex" text NOT NULL,
	"route" text NOT NULL,
	"contract" text NOT NULL,
	"source" text NOT NULL,
	"outcome" text NOT NULL,
	"office_code" text NOT NULL,
	"added" integer NOT NULL,
	"taken" integer NOT NULL,
	CONSTRAINT "figure_counts" CHECK (added >= 0 and taken >= 0 and added + taken > 0)
);
--> statement-breakpoint
ALTER TABLE "vaccination_reports"."entry" ADD CONSTRAINT "entry_figure_id_figure_id_fk" FOREIGN KEY ("figure_id") REFERENCES "vaccination_reports"."figure"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vaccination_reports"."figure" ADD CONSTRAINT "figure_closing_id_closing_id_fk" FOREIGN KEY ("closing_id") REFERENCES "vaccination_reports"."closing"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "closing_month" ON "vaccination_reports"."closing" USING btree ("month") WHERE state <> 'discarded';--> statement-breakpoint
CREATE UNIQUE INDEX "closing_one_prepared" ON "vaccination_reports"."closing" USING btree ("state") WHERE state = 'prepared';--> statement-breakpoint
CREATE INDEX "entry_figure" ON "vaccination_reports"."entry" USING btree ("figure_id");--> statement-breakpoint
CREATE INDEX "entry_source" ON "vaccination_reports"."entry" USING btree ("source_id");--> statement-breakpoint
CREATE UNIQUE INDEX "entry_taken_once" ON "vaccination_reports"."entry" USING btree ("takes");--> statement-breakpoint
CREATE INDEX "figure_closing" ON "vaccination_reports"."figure" USING btree ("closing_id");--> statement-breakpoint
CREATE INDEX "shot_given" ON "vaccination"."shot" USING btree ("given_on");--> statement-breakpoint
CREATE INDEX "shot_change_at" ON "vaccination"."shot_change" USING btree ("at");