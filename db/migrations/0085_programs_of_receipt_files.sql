ALTER TABLE "receipts"."file" ADD COLUMN "programs" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
UPDATE "receipts"."file" f SET "programs" = array(select distinct r.program from receipts.receipt r where r.file_id = f.id and r.program is not null order by 1) WHERE f.judged_at is not null;
