CREATE TABLE "intractable_review"."registration_notice" (
	"registration_id" uuid PRIMARY KEY NOT NULL,
	"document_number" text NOT NULL,
	"template_version" text NOT NULL,
	"form_setting_id" integer,
	"sealed_id" uuid NOT NULL,
	"issued_on" date NOT NULL,
	"issued_by" integer NOT NULL,
	CONSTRAINT "registration_notice_document_number_unique" UNIQUE("document_number")
);
--> statement-breakpoint
ALTER TABLE "intractable_review"."registration" ADD COLUMN "refusal" text;--> statement-breakpoint
ALTER TABLE "intractable_review"."registration_notice" ADD CONSTRAINT "registration_notice_registration_id_registration_id_fk" FOREIGN KEY ("registration_id") REFERENCES "intractable_review"."registration"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_review"."registration_notice" ADD CONSTRAINT "registration_notice_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intractable_review"."registration" ADD CONSTRAINT "registration_refusal" CHECK (refusal in ('diagnosis', 'residence', 'documents'));--> statement-breakpoint
ALTER TABLE "intractable_review"."registration" ADD CONSTRAINT "registration_refused" CHECK (refusal is null or outcome = 'refused');