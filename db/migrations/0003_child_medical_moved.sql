DROP TABLE "child_medical"."certificate" CASCADE;--> statement-breakpoint
DROP TABLE "child_medical"."change" CASCADE;--> statement-breakpoint
DROP TABLE "child_medical"."document_check" CASCADE;--> statement-breakpoint
DROP TABLE "child_medical"."entitlement" CASCADE;--> statement-breakpoint
DROP TABLE "child_medical"."entitlement_record" CASCADE;--> statement-breakpoint
DROP TABLE "child_medical"."identity_check" CASCADE;--> statement-breakpoint
DROP TABLE "child_medical"."recipient" CASCADE;--> statement-breakpoint
DROP FUNCTION IF EXISTS child_medical.granted_by_decision;--> statement-breakpoint
DROP SCHEMA "child_medical";
