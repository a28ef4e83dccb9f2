CREATE TABLE "cases"."limit_days" (
	"kind" text NOT NULL,
	"valid_from" date NOT NULL,
	"longest_days" integer NOT NULL,
	CONSTRAINT "limit_days_kind_valid_from_pk" PRIMARY KEY("kind","valid_from")
);
