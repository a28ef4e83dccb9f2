CREATE TABLE "intake"."insurer" (
	"number" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"named_on" date NOT NULL
);
