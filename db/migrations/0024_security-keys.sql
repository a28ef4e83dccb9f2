CREATE TABLE "access"."key_registration" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"challenge" text NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access"."security_key" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access"."security_key_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"staff_id" integer NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"name" text NOT NULL,
	"registered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	"removed_by" integer,
	CONSTRAINT "security_key_credential_id_unique" UNIQUE("credential_id"),
	CONSTRAINT "security_key_name" CHECK (char_length(btrim(name)) between 1 and 30),
	CONSTRAINT "security_key_removal_whole" CHECK ((removed_at is null) = (removed_by is null))
);
--> statement-breakpoint
ALTER TABLE "access"."sign_in_ticket" ADD COLUMN "challenge" text;--> statement-breakpoint
ALTER TABLE "access"."key_registration" ADD CONSTRAINT "key_registration_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "access"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."security_key" ADD CONSTRAINT "security_key_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."security_key" ADD CONSTRAINT "security_key_removed_by_staff_id_fk" FOREIGN KEY ("removed_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "security_key_staff" ON "access"."security_key" USING btree ("staff_id");