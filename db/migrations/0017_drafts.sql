CREATE TABLE "vault"."draft" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"page" text NOT NULL,
	"staff_id" integer NOT NULL,
	"revision" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"address_withheld" boolean NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	"erase_after" date NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "draft_of_person" ON "vault"."draft" USING btree ("case_id","page","staff_id");--> statement-breakpoint
CREATE INDEX "draft_erase_after" ON "vault"."draft" USING btree ("erase_after");