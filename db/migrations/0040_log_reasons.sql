CREATE TABLE "audit"."reason" (
	"code" text PRIMARY KEY NOT NULL
);
