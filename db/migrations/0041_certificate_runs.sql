ALTER TABLE "entitlements"."certificate" ADD COLUMN "valid_to" date;--> statement-breakpoint
CREATE INDEX "certificate_run" ON "entitlements"."certificate" USING btree ("run_id");