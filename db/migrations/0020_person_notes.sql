ALTER TABLE "intake"."attachment" DROP CONSTRAINT "attachment_media_type";--> statement-breakpoint
ALTER TABLE "intake"."attachment" ALTER COLUMN "case_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "intake"."note" ALTER COLUMN "case_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "intake"."attachment" ADD COLUMN "person_number" text;--> statement-breakpoint
ALTER TABLE "intake"."attachment" ADD COLUMN "program" text;--> statement-breakpoint
ALTER TABLE "intake"."note" ADD COLUMN "person_number" text;--> statement-breakpoint
ALTER TABLE "intake"."note" ADD COLUMN "program" text;--> statement-breakpoint
CREATE INDEX "attachment_person" ON "intake"."attachment" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "note_person" ON "intake"."note" USING btree ("person_number");--> statement-breakpoint
ALTER TABLE "intake"."attachment" ADD CONSTRAINT "attachment_owned_once" CHECK ((case_id is null) = (person_number is not null) and (person_number is null) = (program is null));--> statement-breakpoint
ALTER TABLE "intake"."attachment" ADD CONSTRAINT "attachment_media_type" CHECK (media_type in ('application/pdf', 'image/png', 'image/jpeg', 'image/tiff'));--> statement-breakpoint
ALTER TABLE "intake"."note" ADD CONSTRAINT "note_owned_once" CHECK ((case_id is null) = (person_number is not null) and (person_number is null) = (program is null));