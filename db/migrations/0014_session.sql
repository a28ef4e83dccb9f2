CREATE TABLE "access"."idle_limit" (
	"valid_from" date PRIMARY KEY NOT NULL,
	"minutes" integer NOT NULL,
	CONSTRAINT "idle_limit_minutes" CHECK (minutes between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "access"."phrase" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access"."phrase_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"office_code" text NOT NULL,
	"program" text,
	"use" text NOT NULL,
	"words" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"written_by" integer NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "phrase_words" CHECK (char_length(btrim(words)) between 2 and 200),
	CONSTRAINT "phrase_period" CHECK (valid_to is null or valid_from <= valid_to),
	CONSTRAINT "phrase_use" CHECK (use in ('remand', 'hold', 'refusal', 'note'))
);
--> statement-breakpoint
ALTER TABLE "access"."phrase" ADD CONSTRAINT "phrase_office_code_office_code_fk" FOREIGN KEY ("office_code") REFERENCES "access"."office"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."phrase" ADD CONSTRAINT "phrase_written_by_staff_id_fk" FOREIGN KEY ("written_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "phrase_office" ON "access"."phrase" USING btree ("office_code","use");