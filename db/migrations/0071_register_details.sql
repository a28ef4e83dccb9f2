ALTER TABLE "vault"."person" ADD COLUMN "sealed_details" "bytea";--> statement-breakpoint
ALTER TABLE "vault"."person_history" ADD COLUMN "sealed_details" "bytea";