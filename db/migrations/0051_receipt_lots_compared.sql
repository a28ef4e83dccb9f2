DROP INDEX "receipts"."benefit_person";--> statement-breakpoint
ALTER TABLE "receipts"."lot" ADD COLUMN "compared_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "benefit_person" ON "receipts"."benefit" USING btree ("person_number","treatment_month","id");