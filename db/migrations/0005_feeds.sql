CREATE SCHEMA "people";
--> statement-breakpoint
CREATE TABLE "people"."needed" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people"."needed_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"program" text NOT NULL,
	"kind" text NOT NULL,
	"case_id" uuid,
	"since" date NOT NULL,
	"announced_by" integer NOT NULL,
	"announced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_on" date,
	"ended_by" integer,
	CONSTRAINT "needed_person_number" CHECK (person_number ~ '^[0-9]{10}$'),
	CONSTRAINT "needed_ended_by_somebody" CHECK ((ended_on is null) = (ended_by is null))
);
--> statement-breakpoint
CREATE TABLE "people"."requested" (
	"person_number" text NOT NULL,
	"kind" text NOT NULL,
	"since" date NOT NULL,
	CONSTRAINT "requested_kind_person_number_pk" PRIMARY KEY("kind","person_number")
);
--> statement-breakpoint
CREATE TABLE "vault"."feed_record" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vault"."feed_record_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"person_number" text NOT NULL,
	"subject" bigint NOT NULL,
	"told_on" date NOT NULL,
	"known_from" date NOT NULL,
	"sealed" "bytea" NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"import_id" uuid NOT NULL,
	"recorded_by" integer NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "feeds"."bad_row" ADD COLUMN "unread" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "feeds"."import" ADD COLUMN "not_needed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "feeds"."lot" ADD COLUMN "kept_rows" integer[];--> statement-breakpoint
CREATE UNIQUE INDEX "needed_once" ON "people"."needed" USING btree ("person_number","program","kind",coalesce(case_id::text, '')) WHERE ended_on is null;--> statement-breakpoint
CREATE INDEX "needed_kind" ON "people"."needed" USING btree ("kind","person_number");--> statement-breakpoint
CREATE INDEX "feed_record_person" ON "vault"."feed_record" USING btree ("person_number","kind","subject");--> statement-breakpoint
CREATE INDEX "feed_record_subject" ON "vault"."feed_record" USING btree ("subject");