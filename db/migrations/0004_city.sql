CREATE SCHEMA "city";
--> statement-breakpoint
CREATE TABLE "city"."preset" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "city"."preset_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"area" text NOT NULL,
	"preset" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"registered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "preset_period" CHECK (valid_to is null or valid_from <= valid_to)
);
--> statement-breakpoint
CREATE TABLE "city"."profile" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "city"."profile_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"valid_from" date NOT NULL,
	"name" text NOT NULL,
	"code" text NOT NULL,
	"prefecture" text NOT NULL,
	"mayor_title" text NOT NULL,
	"mayor_name" text NOT NULL,
	"review_authority" text NOT NULL,
	"defendant" text NOT NULL,
	"representative" text NOT NULL,
	"number_prefix" text NOT NULL,
	"hours" text NOT NULL,
	"registered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "profile_code" CHECK (code ~ '^[0-9]{6}$')
);
--> statement-breakpoint
CREATE TABLE "city"."town" (
	"postal_code" text NOT NULL,
	"office_code" text NOT NULL,
	"locality" text NOT NULL,
	"name" text NOT NULL,
	"town_code" text NOT NULL,
	CONSTRAINT "town_postal_code_office_code_town_code_pk" PRIMARY KEY("postal_code","office_code","town_code"),
	CONSTRAINT "town_postal_code" CHECK (postal_code ~ '^[0-9]{7}$')
);
