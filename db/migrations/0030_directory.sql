CREATE TABLE "access"."directory_request" (
	"state_hash" "bytea" PRIMARY KEY NOT NULL,
	"verifier" text NOT NULL,
	"nonce" text NOT NULL,
	"back" text NOT NULL,
	"address" "inet" NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "access"."sign_in_ticket" ADD COLUMN "whole_by_directory" boolean DEFAULT false NOT NULL;