CREATE TABLE "vault"."key_epoch" (
	"id" integer PRIMARY KEY NOT NULL,
	"begun_at" timestamp with time zone DEFAULT now() NOT NULL,
	"begun_by" integer,
	"place" text,
	"after_id" text,
	"renewed" bigint DEFAULT 0 NOT NULL,
	"closed_at" timestamp with time zone,
	"destroyed_at" timestamp with time zone
);
