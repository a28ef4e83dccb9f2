CREATE TABLE "city"."parameter" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "city"."parameter_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" text NOT NULL,
	"certainty" text NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tried_cases" integer,
	"tried_at" timestamp with time zone,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "parameter_certainty" CHECK (certainty in ('established', 'probable')),
	CONSTRAINT "parameter_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "parameter_key_written" CHECK (key ~ '^[a-z-]+[.][a-z-]+$'),
	CONSTRAINT "parameter_period" CHECK (valid_to is null or valid_from <= valid_to),
	CONSTRAINT "parameter_tried" CHECK (num_nulls(tried_cases, tried_at) in (0, 2)),
	CONSTRAINT "parameter_two_people" CHECK (decided_by <> proposed_by),
	CONSTRAINT "parameter_decision_whole" CHECK (num_nulls(decision, decided_by, decided_at) in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "city"."parameter_difference" (
	"parameter_id" integer NOT NULL,
	"case_id" uuid NOT NULL,
	"parts" text[] NOT NULL,
	"decided" boolean NOT NULL,
	CONSTRAINT "parameter_difference_parameter_id_case_id_pk" PRIMARY KEY("parameter_id","case_id"),
	CONSTRAINT "parameter_difference_parts" CHECK (cardinality(parts) > 0)
);
--> statement-breakpoint
ALTER TABLE "city"."parameter" ADD CONSTRAINT "parameter_proposed_by_staff_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "city"."parameter" ADD CONSTRAINT "parameter_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "city"."parameter_difference" ADD CONSTRAINT "parameter_difference_parameter_id_parameter_id_fk" FOREIGN KEY ("parameter_id") REFERENCES "city"."parameter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "city"."parameter_difference" ADD CONSTRAINT "parameter_difference_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "parameter_key" ON "city"."parameter" USING btree ("key","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "parameter_one_a_day" ON "city"."parameter" USING btree ("key","valid_from") WHERE decision = 'approved';--> statement-breakpoint
CREATE UNIQUE INDEX "parameter_one_waiting" ON "city"."parameter" USING btree ("key") WHERE decision is null;--> statement-breakpoint
CREATE INDEX "parameter_difference_case" ON "city"."parameter_difference" USING btree ("case_id");