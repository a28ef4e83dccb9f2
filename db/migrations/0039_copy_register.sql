ALTER TABLE "documents"."list_copy" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "documents"."list_copy" ADD COLUMN "words" text;--> statement-breakpoint
ALTER TABLE "documents"."list_copy" ADD COLUMN "erase_by" date;--> statement-breakpoint
ALTER TABLE "documents"."list_copy" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "documents"."list_copy" ADD COLUMN "erased_by" integer;--> statement-breakpoint
ALTER TABLE "documents"."list_copy" ADD CONSTRAINT "list_copy_erased_whole" CHECK (num_nulls(erased_at, erased_by) in (0, 2));