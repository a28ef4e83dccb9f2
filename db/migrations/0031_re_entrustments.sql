CREATE TABLE "oversight"."re_entrustment" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "oversight"."re_entrustment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"contractor_id" integer NOT NULL,
	"name" text NOT NULL,
	"work" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"requested_by" integer NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "re_entrustment_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "re_entrustment_period" CHECK (valid_from <= valid_to),
	CONSTRAINT "re_entrustment_two_people" CHECK (decided_by <> requested_by),
	CONSTRAINT "re_entrustment_decision_whole" CHECK (num_nulls(decision, decided_by, decided_at) in (0, 3))
);
--> statement-breakpoint
ALTER TABLE "oversight"."re_entrustment" ADD CONSTRAINT "re_entrustment_contractor_id_contractor_id_fk" FOREIGN KEY ("contractor_id") REFERENCES "mailings"."contractor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."re_entrustment" ADD CONSTRAINT "re_entrustment_requested_by_staff_id_fk" FOREIGN KEY ("requested_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oversight"."re_entrustment" ADD CONSTRAINT "re_entrustment_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;