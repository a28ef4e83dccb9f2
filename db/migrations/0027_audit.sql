CREATE TABLE "audit"."purpose" (
	"code" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit"."sealer" (
	"id" smallint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit"."verification" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit"."verification_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"requested_by" integer,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"total" bigint NOT NULL,
	"records" bigint DEFAULT 0 NOT NULL,
	"seals" bigint DEFAULT 0 NOT NULL,
	"found" jsonb
);
--> statement-breakpoint
ALTER TABLE "audit"."record" ALTER COLUMN "at" SET DEFAULT clock_timestamp();--> statement-breakpoint
ALTER TABLE "audit"."record" ADD COLUMN "staff_name" text;--> statement-breakpoint
ALTER TABLE "audit"."seal" ADD COLUMN "version" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit"."unsealed" ADD COLUMN "digest" "bytea";--> statement-breakpoint
CREATE UNIQUE INDEX "verification_running" ON "audit"."verification" USING btree ((true)) WHERE "audit"."verification"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "record_kind" ON "audit"."record" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "record_of_log" ON "audit"."record" USING btree ("id") WHERE "audit"."record"."kind" = 'log';