CREATE TABLE "vault"."reckoned_birth" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vault"."reckoned_birth_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"birth_told" text NOT NULL,
	"reckoned_on" date NOT NULL,
	"basis" text NOT NULL,
	"sealed_reason" "bytea" NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended" text,
	"reviewed_by" integer,
	"reviewed_at" timestamp with time zone,
	CONSTRAINT "reckoned_birth_basis" CHECK (basis in ('family-register', 'notice', 'city-rule', 'other')),
	CONSTRAINT "reckoned_birth_decision" CHECK (decision in ('approved', 'refused')),
	CONSTRAINT "reckoned_birth_ended" CHECK (ended in ('replaced', 'register')),
	CONSTRAINT "reckoned_birth_two_people" CHECK (decided_by <> proposed_by),
	CONSTRAINT "reckoned_birth_decided" CHECK (num_nulls(decision, decided_by, decided_at) in (0, 3)),
	CONSTRAINT "reckoned_birth_ended_whole" CHECK (num_nulls(ended_at, ended) in (0, 2)),
	CONSTRAINT "reckoned_birth_reviewed" CHECK (num_nulls(reviewed_by, reviewed_at) in (0, 2))
);
--> statement-breakpoint
ALTER TABLE "vault"."person" ALTER COLUMN "birth_date" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "vault"."person" ADD COLUMN "birth_told" text;--> statement-breakpoint
ALTER TABLE "vault"."person" ADD COLUMN "birth_reckoned" date;--> statement-breakpoint
CREATE INDEX "reckoned_birth_person" ON "vault"."reckoned_birth" USING btree ("person_number");--> statement-breakpoint
CREATE UNIQUE INDEX "reckoned_birth_waiting" ON "vault"."reckoned_birth" USING btree ("person_number") WHERE decision is null and ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "reckoned_birth_in_force" ON "vault"."reckoned_birth" USING btree ("person_number") WHERE decision = 'approved' and ended_at is null;--> statement-breakpoint
CREATE INDEX "reckoned_birth_to_review" ON "vault"."reckoned_birth" USING btree ("ended_at") WHERE decision = 'approved' and ended = 'register' and reviewed_at is null;--> statement-breakpoint
CREATE INDEX "person_birth_told" ON "vault"."person" USING btree ("birth_told") WHERE birth_told is not null;--> statement-breakpoint
ALTER TABLE "vault"."person" ADD CONSTRAINT "person_birth" CHECK (num_nonnulls(birth_date, birth_told) = 1);--> statement-breakpoint
ALTER TABLE "vault"."person" ADD CONSTRAINT "person_birth_told" CHECK (birth_told ~ '^(187[3-9]|18[89][0-9]|[2-9][0-9]{3}|19[0-9]{2})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'
        and (length(birth_told) < 10 or substr(birth_told, 9)::integer
          > extract(day from make_date(substr(birth_told, 1, 4)::integer, substr(birth_told, 6, 2)::integer, 1) + interval '1 month' - interval '1 day')));--> statement-breakpoint
ALTER TABLE "vault"."person" ADD CONSTRAINT "person_birth_reckoned" CHECK (birth_reckoned is null or birth_told is not null);