DROP INDEX "approvals"."approval_case";--> statement-breakpoint
DROP INDEX "cases"."case_state";--> statement-breakpoint
DROP INDEX "cases"."deadline_due";--> statement-breakpoint
CREATE INDEX "effect_open" ON "cases"."effect" USING btree ("id") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "entitlement_case" ON "entitlements"."entitlement" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "approval_case" ON "approvals"."approval" USING btree ("case_id","prepared_revision");--> statement-breakpoint
CREATE INDEX "case_state" ON "cases"."case" USING btree ("kind","state");--> statement-breakpoint
CREATE INDEX "deadline_due" ON "cases"."deadline" USING btree ("due_on") WHERE closed_at is null;