CREATE TABLE "access"."idle_limit" (
	"valid_from" date PRIMARY KEY NOT NULL,
	"minutes" integer NOT NULL,
	CONSTRAINT "idle_limit_minutes" CHECK (minutes between 1 and 60)
);
