CREATE TABLE "access"."credential_reset" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access"."credential_reset_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"staff_id" integer NOT NULL,
	"why" text NOT NULL,
	"requested_by" integer NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"decision" text,
	CONSTRAINT "credential_reset_why" CHECK (why in ('forgotten', 'lost', 'suspected')),
	CONSTRAINT "credential_reset_decision" CHECK (decision in ('approved', 'refused', 'issued')),
	CONSTRAINT "credential_reset_two_people" CHECK (decided_by <> requested_by),
	CONSTRAINT "credential_reset_not_for_oneself" CHECK (staff_id not in (requested_by, decided_by)),
	CONSTRAINT "credential_reset_decision_whole" CHECK ((decided_by is null) = (decision is null))
);
--> statement-breakpoint
CREATE TABLE "access"."failed_try" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access"."failed_try_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"login_hash" "bytea" NOT NULL,
	"address" "inet" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access"."period" (
	"name" text NOT NULL,
	"valid_from" date NOT NULL,
	"seconds" integer NOT NULL,
	CONSTRAINT "period_name_valid_from_pk" PRIMARY KEY("name","valid_from")
);
--> statement-breakpoint
CREATE TABLE "access"."sign_in_ticket" (
	"ticket_hash" "bytea" PRIMARY KEY NOT NULL,
	"staff_id" integer NOT NULL,
	"address" "inet" NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "access"."credential" ADD COLUMN "chosen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "access"."credential" ADD COLUMN "reset_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "access"."duty_right" ADD COLUMN "after_reset" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "access"."credential_reset" ADD CONSTRAINT "credential_reset_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."credential_reset" ADD CONSTRAINT "credential_reset_requested_by_staff_id_fk" FOREIGN KEY ("requested_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."credential_reset" ADD CONSTRAINT "credential_reset_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."sign_in_ticket" ADD CONSTRAINT "sign_in_ticket_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credential_reset_staff" ON "access"."credential_reset" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "failed_try_login" ON "access"."failed_try" USING btree ("login_hash","at");--> statement-breakpoint
CREATE INDEX "failed_try_address" ON "access"."failed_try" USING btree ("address","at");--> statement-breakpoint
ALTER TABLE "access"."credential" DROP COLUMN "failed_attempts";--> statement-breakpoint
ALTER TABLE "access"."credential" DROP COLUMN "locked_until";