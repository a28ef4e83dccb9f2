ALTER TABLE "vault"."person" ADD COLUMN "name_tokens_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "vault"."person" ALTER COLUMN "name_tokens_version" SET DEFAULT 2;--> statement-breakpoint
CREATE INDEX "person_name_tokens_version" ON "vault"."person" USING btree ("name_tokens_version");