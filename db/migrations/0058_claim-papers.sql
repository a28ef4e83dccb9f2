CREATE TABLE "high_cost"."claim_paper" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"claim_id" uuid NOT NULL,
	"issue" integer NOT NULL,
	"number" text NOT NULL,
	"template_version" text NOT NULL,
	"form_setting_id" integer,
	"account_parameter" integer NOT NULL,
	"insurers_parameter" integer NOT NULL,
	"sha256" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"issued_by" integer NOT NULL,
	"issued_on" date NOT NULL,
	"issued_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "high_cost"."claim_paper" ADD CONSTRAINT "claim_paper_claim_id_claim_id_fk" FOREIGN KEY ("claim_id") REFERENCES "high_cost"."claim"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "high_cost"."claim_paper" ADD CONSTRAINT "claim_paper_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "high_cost"."claim_paper" ADD CONSTRAINT "claim_paper_account_parameter_parameter_id_fk" FOREIGN KEY ("account_parameter") REFERENCES "city"."parameter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "high_cost"."claim_paper" ADD CONSTRAINT "claim_paper_insurers_parameter_parameter_id_fk" FOREIGN KEY ("insurers_parameter") REFERENCES "city"."parameter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "claim_paper_issue" ON "high_cost"."claim_paper" USING btree ("claim_id","issue");