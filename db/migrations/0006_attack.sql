ALTER TABLE "cases"."case" DROP CONSTRAINT "case_opening_key_unique";--> statement-breakpoint
ALTER TABLE "documents"."document" DROP CONSTRAINT "document_number_unique";--> statement-breakpoint
DROP INDEX "cases"."event_staff";--> statement-breakpoint
DROP INDEX "cases"."event_idempotency";--> statement-breakpoint
ALTER TABLE "cases"."machine_transition" ADD COLUMN "effects" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "case_opening" ON "cases"."case" USING btree ("opened_by","opening_key");--> statement-breakpoint
CREATE UNIQUE INDEX "document_program_number" ON "documents"."document" USING btree ("program","number");--> statement-breakpoint
CREATE INDEX "certificate_case" ON "entitlements"."certificate" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_document" ON "entitlements"."certificate" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "movement_case" ON "entitlements"."movement" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "record_case" ON "entitlements"."record" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "event_idempotency" ON "cases"."event" USING btree ("staff_id","case_id","idempotency_key");--> statement-breakpoint
ALTER TABLE "approvals"."approval" ADD CONSTRAINT "approval_decision" CHECK (decision in ('approved', 'remanded', 'retracted'));--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" ADD CONSTRAINT "certificate_reason" CHECK (reason in ('first', 'lost', 'damaged', 'changed', 'renewal', 'other'));--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" ADD CONSTRAINT "certificate_ending" CHECK (ending in ('replaced', 'returned', 'cancelled', 'lost-entitlement', 'revoked'));--> statement-breakpoint
ALTER TABLE "entitlements"."change" ADD CONSTRAINT "change_movement" CHECK (movement in ('lost', 'suspended', 'resumed', 'corrected', 'granted'));--> statement-breakpoint
ALTER TABLE "entitlements"."change" ADD CONSTRAINT "change_origin" CHECK (origin in ('report', 'register'));--> statement-breakpoint
ALTER TABLE "entitlements"."entitlement" ADD CONSTRAINT "entitlement_status" CHECK (status in ('granted', 'suspended', 'lost', 'revoked'));--> statement-breakpoint
ALTER TABLE "entitlements"."movement" ADD CONSTRAINT "movement_type" CHECK (type in ('acquired', 'lost', 'suspended', 'resumed', 'corrected', 'revoked'));--> statement-breakpoint
ALTER TABLE "entitlements"."movement" ADD CONSTRAINT "movement_status" CHECK (status in ('granted', 'suspended', 'lost', 'revoked'));--> statement-breakpoint
ALTER TABLE "intake"."attachment" ADD CONSTRAINT "attachment_media_type" CHECK (media_type in ('application/pdf', 'image/png', 'image/jpeg'));--> statement-breakpoint
ALTER TABLE "intake"."document_check" ADD CONSTRAINT "document_check_status" CHECK (status in ('seen', 'missing', 'not-needed'));--> statement-breakpoint
ALTER TABLE "intake"."identity_check" ADD CONSTRAINT "identity_check_subject" CHECK (subject in ('applicant', 'agent'));--> statement-breakpoint
ALTER TABLE "intake"."identity_check" ADD CONSTRAINT "identity_check_method" CHECK (method in ('number-card', 'notification-card', 'two-documents'));