ALTER TABLE "feeds"."row" ADD COLUMN "sole" bigint;--> statement-breakpoint
CREATE INDEX "row_sole" ON "feeds"."row" USING btree ("import_id","sole") WHERE sole is not null;