ALTER TABLE "intractable_papers"."letter" DROP CONSTRAINT "letter_kind";--> statement-breakpoint
ALTER TABLE "provision"."rule" DROP CONSTRAINT "rule_way";--> statement-breakpoint
ALTER TABLE "intractable_papers"."letter" ADD CONSTRAINT "letter_kind" CHECK (kind in ('invitation', 'reminder', 'certificate'));--> statement-breakpoint
ALTER TABLE "provision"."rule" ADD CONSTRAINT "rule_way" CHECK (way in ('file', 'paper', 'network'));