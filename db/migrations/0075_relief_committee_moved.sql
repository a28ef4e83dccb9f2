DROP TABLE "relief"."committee_member" CASCADE;--> statement-breakpoint
DROP TABLE "relief"."committee_report" CASCADE;--> statement-breakpoint
DROP TABLE "relief"."committee_session" CASCADE;--> statement-breakpoint
DROP TABLE "relief"."session_case" CASCADE;--> statement-breakpoint
DROP TABLE "relief"."session_member" CASCADE;