CREATE SCHEMA "flows";
--> statement-breakpoint
CREATE TABLE "flows"."way" (
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"from_state" text NOT NULL,
	"event" text NOT NULL,
	"to_state" text NOT NULL,
	"rights" text[] NOT NULL,
	"comment_required" boolean NOT NULL,
	"checks" text[] NOT NULL,
	CONSTRAINT "way_kind_version_from_state_event_pk" PRIMARY KEY("kind","version","from_state","event")
);
