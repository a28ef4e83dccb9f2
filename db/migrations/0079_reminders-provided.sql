ALTER TABLE "exchange"."paper" ADD COLUMN "request_id" integer;--> statement-breakpoint
CREATE UNIQUE INDEX "exchange_paper_request" ON "exchange"."paper" USING btree ("request_id");