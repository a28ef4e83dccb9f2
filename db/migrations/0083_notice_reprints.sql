CREATE TABLE "targets"."notice_event" (
	"number" text NOT NULL,
	"sequence" integer NOT NULL,
	"event" text NOT NULL,
	"reason" text,
	"staff_id" integer NOT NULL,
	"on" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"run_id" uuid,
	CONSTRAINT "notice_event_number_sequence_pk" PRIMARY KEY("number","sequence"),
	CONSTRAINT "notice_event_event" CHECK (event in ('reprinted', 'reprint-withdrawn')),
	CONSTRAINT "notice_event_reason" CHECK (reason in ('spoilt', 'lost', 'undelivered', 'name-changed')),
	CONSTRAINT "notice_event_whole" CHECK ((event = 'reprinted') = (reason is not null) and (event = 'reprinted' or run_id is not null))
);
--> statement-breakpoint
ALTER TABLE "targets"."notice" ADD COLUMN "label" text;--> statement-breakpoint
ALTER TABLE "targets"."notice" ADD COLUMN "usable_from" date;--> statement-breakpoint
ALTER TABLE "targets"."notice" ADD COLUMN "usable_to" date;--> statement-breakpoint
ALTER TABLE "targets"."notice" ADD COLUMN "template_version" text;--> statement-breakpoint
ALTER TABLE "targets"."notice" ADD COLUMN "form_setting_id" integer;--> statement-breakpoint
ALTER TABLE "targets"."notice_event" ADD CONSTRAINT "notice_event_number_notice_number_fk" FOREIGN KEY ("number") REFERENCES "targets"."notice"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notice_event_once" ON "targets"."notice_event" USING btree ("number","run_id","event") WHERE run_id is not null;--> statement-breakpoint
CREATE INDEX "notice_event_run" ON "targets"."notice_event" USING btree ("run_id");--> statement-breakpoint
ALTER TABLE "targets"."notice" ADD CONSTRAINT "notice_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets"."notice" ADD CONSTRAINT "notice_whole" CHECK (num_nonnulls(label, usable_from, usable_to, template_version) in (0, 4) and (usable_from is null or usable_from <= usable_to));