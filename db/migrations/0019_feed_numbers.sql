ALTER TABLE "feeds"."lot" ADD COLUMN "numbers_id" uuid;--> statement-breakpoint
-- data: files that wait keep their lines as earlier releases did, the individual numbers among them; they come again
ALTER TABLE "feeds"."import" DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE "feeds"."import" SET state = 'cancelled', revision = revision + 1,
  problem = '個人番号の保管のしかたが変わりました。もう一度取り込んでください。'
 WHERE state IN ('receiving', 'reviewing', 'reviewed', 'committing');--> statement-breakpoint
ALTER TABLE "feeds"."import" ENABLE TRIGGER USER;
