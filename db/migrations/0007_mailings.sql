ALTER TABLE "mailings"."package_file" ADD COLUMN "pages" integer;--> statement-breakpoint
-- data
UPDATE "mailings"."package_file" SET "pages" = "pieces";--> statement-breakpoint
ALTER TABLE "mailings"."package_file" ALTER COLUMN "pages" SET NOT NULL;--> statement-breakpoint
UPDATE "mailings"."batch_item" i SET "piece_number" = c."number"
  FROM "mailings"."batch_run" r, "vaccination"."coupon" c
 WHERE r."id" = i."run_id" AND r."kind" = 'vaccination-reprint' AND i."piece_number" IS NULL
   AND c."state" = 'issued' AND c."person_number" = i."person_number" AND i."subject" = c."vaccine" || ':' || c."dose"
   AND r."parameters" -> 'numbers' ? c."number";
