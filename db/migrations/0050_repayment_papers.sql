ALTER TABLE "repayments"."notice" DROP CONSTRAINT "notice_kind";--> statement-breakpoint
DROP INDEX "repayments"."notice_once";--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD COLUMN "pay_by" date;--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD COLUMN "template_version" text;--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD COLUMN "form_setting_id" integer;--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD COLUMN "sha256" text;--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD COLUMN "receipt_id" uuid;--> statement-breakpoint
ALTER TABLE "repayments"."repayment" ADD COLUMN "demanded_on" date;--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD CONSTRAINT "notice_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD CONSTRAINT "notice_receipt_id_receipt_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "repayments"."receipt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_made" ON "repayments"."notice" USING btree ("made_on");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_once_due" ON "repayments"."notice" USING btree ("repayment_id","kind","due_on") WHERE kind in ('demand', 'dunning');--> statement-breakpoint
CREATE UNIQUE INDEX "notice_receipt" ON "repayments"."notice" USING btree ("receipt_id") WHERE receipt_id is not null;--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD CONSTRAINT "notice_of_receipt" CHECK ((kind = 'receipt') = (receipt_id is not null));--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD CONSTRAINT "notice_paper" CHECK ((template_version is null) = (sha256 is null) and (kind = 'dunning' or template_version is not null));--> statement-breakpoint
ALTER TABLE "repayments"."notice" ADD CONSTRAINT "notice_kind" CHECK (kind in ('demand', 'change', 'slip', 'dunning', 'reminder', 'receipt'));