CREATE SCHEMA "clinics";
--> statement-breakpoint
CREATE TABLE "clinics"."body" (
	"code" text PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "clinics"."body_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"kana" text NOT NULL,
	"kind" text NOT NULL,
	"postal_code" text NOT NULL,
	"address" text NOT NULL,
	"phone" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "body_serial_unique" UNIQUE("serial"),
	CONSTRAINT "body_kind" CHECK (kind in ('association', 'agent', 'other')),
	CONSTRAINT "body_code" CHECK (code ~ '^D[0-9]{4}$'),
	CONSTRAINT "body_said" CHECK (length(name) between 1 and 80 and length(kana) between 1 and 120 and length(address) between 1 and 160),
	CONSTRAINT "body_postal_code" CHECK (postal_code ~ '^[0-9]{7}$'),
	CONSTRAINT "body_phone" CHECK (phone ~ '^[0-9-]{0,20}$')
);
--> statement-breakpoint
CREATE TABLE "clinics"."clinic" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kana" text NOT NULL,
	"name_folded" text NOT NULL,
	"kana_folded" text NOT NULL,
	"kind" text NOT NULL,
	"place" text NOT NULL,
	"postal_code" text NOT NULL,
	"address" text NOT NULL,
	"district" text NOT NULL,
	"phone" text NOT NULL,
	"listed" boolean DEFAULT true NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"import_id" uuid,
	CONSTRAINT "clinic_kind" CHECK (kind in ('hospital', 'clinic', 'health-centre', 'venue', 'facility', 'other')),
	CONSTRAINT "clinic_place" CHECK (place in ('city', 'prefecture', 'elsewhere')),
	CONSTRAINT "clinic_code" CHECK (code ~ '^[0-9]{10}$'),
	CONSTRAINT "clinic_said" CHECK (length(name) between 1 and 80 and length(kana) between 1 and 120 and length(address) between 1 and 160 and length(district) <= 40),
	CONSTRAINT "clinic_postal_code" CHECK (postal_code ~ '^[0-9]{7}$'),
	CONSTRAINT "clinic_phone" CHECK (phone ~ '^[0-9-]{0,20}$')
);
--> statement-breakpoint
CREATE TABLE "clinics"."account" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"payee" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"state" text DEFAULT 'waiting' NOT NULL,
	"evidence" text,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"closed_for" text,
	"closed_by" integer,
	"closed_at" timestamp with time zone,
	CONSTRAINT "account_state" CHECK (state in ('waiting', 'confirmed', 'closed', 'refused', 'withdrawn', 'replaced')),
	CONSTRAINT "account_evidence" CHECK (evidence in ('passbook', 'certificate', 'form')),
	CONSTRAINT "account_closed_for" CHECK (closed_for in ('changed', 'own-request', 'failed', 'mistake')),
	CONSTRAINT "account_payee" CHECK (payee ~ '^([0-9]{10}|D[0-9]{4})$'),
	CONSTRAINT "account_two" CHECK (state in ('waiting', 'withdrawn') or decided_by <> entered_by),
	CONSTRAINT "account_decided" CHECK (num_nulls(decided_by, decided_at) = (case when state = 'waiting' then 2 else 0 end)),
	CONSTRAINT "account_seen" CHECK ((evidence is not null) = (state in ('confirmed', 'closed', 'replaced'))),
	CONSTRAINT "account_closed" CHECK (num_nulls(closed_for, closed_by, closed_at) = (case when state in ('closed', 'replaced') then 0 else 3 end)
        and (state <> 'closed' or valid_to is not null) and valid_to >= valid_from)
);
--> statement-breakpoint
CREATE TABLE "clinics"."change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "clinics"."change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"payee" text NOT NULL,
	"what" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"import_id" uuid,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"on" date NOT NULL,
	CONSTRAINT "change_what" CHECK (what ~ '^[a-z][a-z-]{1,39}$')
);
--> statement-breakpoint
CREATE TABLE "clinics"."import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "clinics"."import_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"state" text NOT NULL,
	"sealed_id" uuid,
	"digest" "bytea" NOT NULL,
	"rows" integer NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"contracts" integer DEFAULT 0 NOT NULL,
	"faults" jsonb NOT NULL,
	"received_by" integer NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"settled_by" integer,
	"settled_at" timestamp with time zone,
	CONSTRAINT "import_serial_unique" UNIQUE("serial"),
	CONSTRAINT "import_state" CHECK (state in ('checked', 'loaded', 'dropped')),
	CONSTRAINT "import_rows" CHECK (rows between 1 and 20000),
	CONSTRAINT "import_settled" CHECK ((settled_by is null) = (state = 'checked')),
	CONSTRAINT "import_file" CHECK ((sealed_id is not null) = (state = 'checked'))
);
--> statement-breakpoint
CREATE TABLE "clinics"."closure" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "clinics"."closure_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"clinic_code" text NOT NULL,
	"kind" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"reason" text NOT NULL,
	"what" text NOT NULL,
	"replaces" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"refusal" text,
	"import_id" uuid,
	CONSTRAINT "closure_serial_unique" UNIQUE("serial"),
	CONSTRAINT "closure_kind" CHECK (kind in ('suspended', 'closed')),
	CONSTRAINT "closure_reason" CHECK (reason in ('absence', 'works', 'own-request', 'disposition', 'abolished', 'moved', 'died', 'other', 'resumed', 'corrected', 'mistake')),
	CONSTRAINT "closure_period" CHECK (valid_to >= valid_from and kind = 'suspended' or valid_to is null),
	CONSTRAINT "closure_what" CHECK (what in ('new', 'change', 'cancel')),
	CONSTRAINT "closure_state" CHECK (state in ('waiting', 'confirmed', 'refused', 'withdrawn', 'replaced')),
	CONSTRAINT "closure_replaces" CHECK ((replaces is null) = (what = 'new')),
	CONSTRAINT "closure_decided" CHECK (num_nulls(decided_by, decided_at) = (case when state = 'waiting' then 2 else 0 end)),
	CONSTRAINT "closure_two" CHECK (state not in ('confirmed', 'refused', 'replaced') or decided_by <> proposed_by),
	CONSTRAINT "closure_refusal" CHECK ((refusal in ('paper', 'values', 'other')) is not distinct from (case when state = 'refused' then true end))
);
--> statement-breakpoint
CREATE TABLE "clinics"."contract" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "clinics"."contract_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"clinic_code" text NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"body_code" text,
	"member_number" text NOT NULL,
	"paid_to" text NOT NULL,
	"reason" text,
	"what" text NOT NULL,
	"replaces" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"proposed_by" integer NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"refusal" text,
	"import_id" uuid,
	CONSTRAINT "contract_serial_unique" UNIQUE("serial"),
	CONSTRAINT "contract_kind_known" CHECK (kind in ('individual', 'mutual', 'regional', 'mass')),
	CONSTRAINT "contract_paid_to" CHECK (paid_to in ('clinic', 'body')),
	CONSTRAINT "contract_period" CHECK (valid_to >= valid_from),
	CONSTRAINT "contract_said" CHECK (length(number) <= 40 and length(member_number) <= 20),
	CONSTRAINT "contract_body" CHECK (body_code is not null or paid_to = 'clinic' and member_number = ''),
	CONSTRAINT "contract_reason" CHECK ((reason in ('renewed', 'ended', 'corrected', 'mistake')) is not distinct from (case when what <> 'new' then true end)),
	CONSTRAINT "contract_what" CHECK (what in ('new', 'change', 'cancel')),
	CONSTRAINT "contract_state" CHECK (state in ('waiting', 'confirmed', 'refused', 'withdrawn', 'replaced')),
	CONSTRAINT "contract_replaces" CHECK ((replaces is null) = (what = 'new')),
	CONSTRAINT "contract_decided" CHECK (num_nulls(decided_by, decided_at) = (case when state = 'waiting' then 2 else 0 end)),
	CONSTRAINT "contract_two" CHECK (state not in ('confirmed', 'refused', 'replaced') or decided_by <> proposed_by),
	CONSTRAINT "contract_refusal" CHECK ((refusal in ('paper', 'values', 'other')) is not distinct from (case when state = 'refused' then true end))
);
--> statement-breakpoint
CREATE TABLE "clinics"."doctor" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_code" text NOT NULL,
	"role" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"removed" boolean DEFAULT false NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "doctor_role" CHECK (role in ('founder', 'manager', 'doctor')),
	CONSTRAINT "doctor_period" CHECK (valid_to >= valid_from)
);
--> statement-breakpoint
CREATE TABLE "clinics"."handled" (
	"clinic_code" text NOT NULL,
	"vaccine" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "handled_clinic_code_vaccine_valid_from_pk" PRIMARY KEY("clinic_code","vaccine","valid_from"),
	CONSTRAINT "handled_vaccine_said" CHECK (length(vaccine) between 1 and 20),
	CONSTRAINT "handled_period" CHECK (valid_to >= valid_from)
);
--> statement-breakpoint
ALTER TABLE "clinics"."closure" ADD CONSTRAINT "closure_clinic_code_clinic_code_fk" FOREIGN KEY ("clinic_code") REFERENCES "clinics"."clinic"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinics"."contract" ADD CONSTRAINT "contract_clinic_code_clinic_code_fk" FOREIGN KEY ("clinic_code") REFERENCES "clinics"."clinic"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinics"."contract" ADD CONSTRAINT "contract_body_code_body_code_fk" FOREIGN KEY ("body_code") REFERENCES "clinics"."body"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinics"."doctor" ADD CONSTRAINT "doctor_clinic_code_clinic_code_fk" FOREIGN KEY ("clinic_code") REFERENCES "clinics"."clinic"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clinics"."handled" ADD CONSTRAINT "handled_clinic_code_clinic_code_fk" FOREIGN KEY ("clinic_code") REFERENCES "clinics"."clinic"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clinic_name" ON "clinics"."clinic" USING btree ("kana_folded");--> statement-breakpoint
CREATE INDEX "clinic_district" ON "clinics"."clinic" USING btree ("district");--> statement-breakpoint
CREATE INDEX "account_payee" ON "clinics"."account" USING btree ("payee");--> statement-breakpoint
CREATE INDEX "account_waits" ON "clinics"."account" USING btree ("entered_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "account_waits_once" ON "clinics"."account" USING btree ("payee") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "change_payee" ON "clinics"."change" USING btree ("payee","id");--> statement-breakpoint
CREATE INDEX "closure_clinic" ON "clinics"."closure" USING btree ("clinic_code");--> statement-breakpoint
CREATE INDEX "closure_waiting" ON "clinics"."closure" USING btree ("proposed_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "closure_waits_once" ON "clinics"."closure" USING btree ("clinic_code") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "contract_clinic" ON "clinics"."contract" USING btree ("clinic_code");--> statement-breakpoint
CREATE INDEX "contract_kind" ON "clinics"."contract" USING btree ("kind","state");--> statement-breakpoint
CREATE INDEX "contract_waiting" ON "clinics"."contract" USING btree ("proposed_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "contract_waits_once" ON "clinics"."contract" USING btree ("clinic_code","kind") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "doctor_clinic" ON "clinics"."doctor" USING btree ("clinic_code");--> statement-breakpoint
CREATE INDEX "handled_vaccine" ON "clinics"."handled" USING btree ("vaccine");