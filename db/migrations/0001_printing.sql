CREATE SCHEMA "printing";
--> statement-breakpoint
CREATE TABLE "printing"."form_setting" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "printing"."form_setting_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"valid_from" date NOT NULL,
	"content" jsonb NOT NULL,
	"seal" "bytea",
	"logo" "bytea",
	"prepared_by" integer DEFAULT 0 NOT NULL,
	"prepared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "form_setting_two_people" CHECK (decision = 'retracted' or prepared_by <> decided_by),
	CONSTRAINT "form_setting_decision_whole" CHECK (num_nulls(decision, decided_by, decided_at) in (0, 3)),
	CONSTRAINT "form_setting_remanded_for_a_reason" CHECK ((decision is not distinct from 'remanded') = (reason is not null))
);
--> statement-breakpoint
CREATE TABLE "printing"."unprintable" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "printing"."unprintable_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"form" text NOT NULL,
	"field" text NOT NULL,
	"code_point" integer NOT NULL,
	"ivs" integer,
	"case_id" uuid,
	"run_id" uuid,
	"found_by" integer DEFAULT 0 NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settlement" text,
	"settled_by" integer,
	"settled_at" timestamp with time zone,
	CONSTRAINT "unprintable_code_point" CHECK (code_point between 0 and 1114111),
	CONSTRAINT "unprintable_settlement_whole" CHECK (num_nulls(settlement, settled_by, settled_at) in (0, 3))
);
--> statement-breakpoint
ALTER TABLE "documents"."document" ADD COLUMN "form_setting_id" integer;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "template_version" text;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD COLUMN "form_setting_id" integer;--> statement-breakpoint
ALTER TABLE "vaccination"."coupon" ADD COLUMN "template_version" text DEFAULT 'vaccination/coupon v1' NOT NULL;--> statement-breakpoint
ALTER TABLE "vaccination"."coupon" ADD COLUMN "form_setting_id" integer;--> statement-breakpoint
CREATE INDEX "form_setting_in_force" ON "printing"."form_setting" USING btree ("program","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "form_setting_one_open" ON "printing"."form_setting" USING btree ("program") WHERE decision is null;--> statement-breakpoint
CREATE UNIQUE INDEX "unprintable_once" ON "printing"."unprintable" USING btree ("person_number","form","field","code_point",coalesce(ivs, 0),"found_by") WHERE settlement is null;--> statement-breakpoint
CREATE INDEX "unprintable_character" ON "printing"."unprintable" USING btree ("code_point","ivs");--> statement-breakpoint
ALTER TABLE "documents"."document" ADD CONSTRAINT "document_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD CONSTRAINT "batch_run_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vaccination"."coupon" ADD CONSTRAINT "coupon_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "mailings"."batch_run" SET "template_version" = 'vaccination/coupon v1' WHERE "approved_by" IS NOT NULL AND "kind" = 'vaccination-coupon';
