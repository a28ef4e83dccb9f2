CREATE SCHEMA "access";
--> statement-breakpoint
CREATE SCHEMA "approvals";
--> statement-breakpoint
CREATE SCHEMA "audit";
--> statement-breakpoint
CREATE SCHEMA "cases";
--> statement-breakpoint
CREATE SCHEMA "child_medical";
--> statement-breakpoint
CREATE SCHEMA "documents";
--> statement-breakpoint
CREATE SCHEMA "feeds";
--> statement-breakpoint
CREATE SCHEMA "jobs";
--> statement-breakpoint
CREATE SCHEMA "mailings";
--> statement-breakpoint
CREATE SCHEMA "vaccination";
--> statement-breakpoint
CREATE SCHEMA "vault";
--> statement-breakpoint
CREATE TABLE "access"."credential" (
	"staff_id" integer PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"password_set_at" timestamp with time zone DEFAULT now() NOT NULL,
	"must_change" boolean DEFAULT false NOT NULL,
	"previous_hashes" text[] DEFAULT '{}' NOT NULL,
	"totp_sealed" "bytea" NOT NULL,
	"last_totp_step" bigint DEFAULT 0 NOT NULL,
	"failed_attempts" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "access"."duty_grant" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access"."duty_grant_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"staff_id" integer NOT NULL,
	"duty" text NOT NULL,
	"program" text,
	"office_code" text,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"reason" text NOT NULL,
	"requested_by" integer NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"decision" text,
	CONSTRAINT "duty_grant_two_people" CHECK (decided_by is null or decided_by <> requested_by),
	CONSTRAINT "duty_grant_not_for_oneself" CHECK (decided_by is null or decided_by <> staff_id),
	CONSTRAINT "duty_grant_decision_whole" CHECK ((decided_by is null) = (decision is null)),
	CONSTRAINT "duty_grant_period" CHECK (valid_from <= valid_to)
);
--> statement-breakpoint
CREATE TABLE "access"."duty_right" (
	"duty" text NOT NULL,
	"right" text NOT NULL,
	CONSTRAINT "duty_right_duty_right_pk" PRIMARY KEY("duty","right")
);
--> statement-breakpoint
CREATE TABLE "access"."office" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"postal_code" text NOT NULL,
	"address" text NOT NULL,
	"telephone" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access"."session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"staff_id" integer NOT NULL,
	"terminal_id" integer,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"locked_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	"is_system" boolean DEFAULT false NOT NULL,
	CONSTRAINT "session_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "access"."staff" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access"."staff_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"login_name" text NOT NULL,
	"display_name" text NOT NULL,
	"kind" text NOT NULL,
	"office_code" text,
	"status" text DEFAULT 'active' NOT NULL,
	"valid_to" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staff_login_name_unique" UNIQUE("login_name")
);
--> statement-breakpoint
CREATE TABLE "access"."terminal" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access"."terminal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"address" "inet" NOT NULL,
	"office_code" text,
	"registered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "terminal_address_unique" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "approvals"."approval" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"prepared_revision" integer NOT NULL,
	"prepared_by" integer DEFAULT 0 NOT NULL,
	"prepared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"entered_by" integer,
	"decision" text,
	"seen_revision" integer,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	CONSTRAINT "approval_two_people" CHECK (decision = 'retracted' or prepared_by <> decided_by),
	CONSTRAINT "approval_not_by_enterer" CHECK (decision <> 'approved' or entered_by is null or entered_by <> decided_by),
	CONSTRAINT "approval_decision_whole" CHECK (num_nulls(decision, seen_revision, decided_by, decided_at) in (0, 4))
);
--> statement-breakpoint
CREATE TABLE "approvals"."entry" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"sealed_id" uuid NOT NULL,
	"entered_by" integer DEFAULT 0 NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_by" integer,
	"confirmed_at" timestamp with time zone,
	CONSTRAINT "entry_two_people" CHECK (confirmed_by <> entered_by),
	CONSTRAINT "entry_confirmation_whole" CHECK ((confirmed_by is null) = (confirmed_at is null))
);
--> statement-breakpoint
CREATE TABLE "audit"."record" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit"."record_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"business_date" date,
	"kind" text NOT NULL,
	"action" text NOT NULL,
	"staff_id" integer,
	"office_code" text,
	"address" "inet",
	"session_id" uuid,
	"purpose" text,
	"reason" text,
	"program" text,
	"case_id" uuid,
	"person_number" text,
	"items" text[],
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "audit"."seal" (
	"number" bigint PRIMARY KEY NOT NULL,
	"previous" "bytea" NOT NULL,
	"record_ids" bigint[] NOT NULL,
	"digest" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "seal_previous_unique" UNIQUE("previous"),
	CONSTRAINT "seal_digest_unique" UNIQUE("digest")
);
--> statement-breakpoint
CREATE TABLE "audit"."unsealed" (
	"record_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases"."case" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"program" text NOT NULL,
	"kind" text NOT NULL,
	"machine_version" integer NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"state" text NOT NULL,
	"state_since" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"received_on" date NOT NULL,
	"opened_by" integer NOT NULL,
	"opening_key" text NOT NULL,
	CONSTRAINT "case_number_unique" UNIQUE("number"),
	CONSTRAINT "case_opening_key_unique" UNIQUE("opening_key")
);
--> statement-breakpoint
CREATE TABLE "cases"."counter" (
	"series" text NOT NULL,
	"fiscal_year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "counter_series_fiscal_year_pk" PRIMARY KEY("series","fiscal_year")
);
--> statement-breakpoint
CREATE TABLE "cases"."deadline" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cases"."deadline_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"due_on" date NOT NULL,
	"event" text NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "cases"."effect" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cases"."effect_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"type" text NOT NULL,
	"params" jsonb NOT NULL,
	"done_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "cases"."event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cases"."event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"type" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer DEFAULT 0 NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"business_date" date NOT NULL,
	"idempotency_key" text NOT NULL,
	"comment_id" uuid,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "child_medical"."certificate" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"issue" integer NOT NULL,
	"reason" text NOT NULL,
	"document_id" uuid NOT NULL,
	"issued_on" date NOT NULL,
	"issued_by" integer DEFAULT 0 NOT NULL,
	"ended_on" date,
	"ending" text,
	CONSTRAINT "certificate_ending_whole" CHECK ((ended_on is null) = (ending is null))
);
--> statement-breakpoint
CREATE TABLE "child_medical"."change" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"loss_reason" text,
	"occurs_on" date NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "child_medical"."document_check" (
	"case_id" uuid NOT NULL,
	"code" text NOT NULL,
	"status" text NOT NULL,
	"checked_by" integer DEFAULT 0 NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_check_case_id_code_pk" PRIMARY KEY("case_id","code")
);
--> statement-breakpoint
CREATE TABLE "child_medical"."entitlement" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_number" text NOT NULL,
	"case_id" uuid NOT NULL,
	"recipient_number" text NOT NULL,
	"office_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"granted_to" date NOT NULL,
	"granted_on" date NOT NULL,
	"status" text DEFAULT 'granted' NOT NULL,
	"lost_on" date,
	"loss_reason" text,
	CONSTRAINT "entitlement_case_id_unique" UNIQUE("case_id"),
	CONSTRAINT "entitlement_loss_whole" CHECK ((status = 'granted') = (lost_on is null) and (lost_on is null) = (loss_reason is null)),
	CONSTRAINT "entitlement_within_grant" CHECK (valid_to <= granted_to)
);
--> statement-breakpoint
CREATE TABLE "child_medical"."entitlement_record" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "child_medical"."entitlement_record_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"entitlement_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"sealed_id" uuid NOT NULL,
	"effective_from" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "child_medical"."identity_check" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"method" text NOT NULL,
	"documents" text[] NOT NULL,
	"mandate_seen" boolean NOT NULL,
	"checked_on" date NOT NULL,
	"checked_by" integer DEFAULT 0 NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identity_check_mandate" CHECK (subject <> 'agent' or mandate_seen),
	CONSTRAINT "identity_check_documents" CHECK (cardinality(documents) >= case method when 'two-documents' then 2 when 'notification-card' then 1 else 0 end)
);
--> statement-breakpoint
CREATE TABLE "child_medical"."recipient" (
	"person_number" text PRIMARY KEY NOT NULL,
	"recipient_number" text NOT NULL,
	CONSTRAINT "recipient_recipient_number_unique" UNIQUE("recipient_number")
);
--> statement-breakpoint
CREATE TABLE "documents"."document" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"program" text NOT NULL,
	"kind" text NOT NULL,
	"template_version" text NOT NULL,
	"case_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"issued_on" date NOT NULL,
	"issued_by" integer DEFAULT 0 NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "documents"."print" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "documents"."print_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"document_id" uuid NOT NULL,
	"printed_by" integer DEFAULT 0 NOT NULL,
	"printed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feeds"."bad_row" (
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"lot" integer NOT NULL,
	"field" text NOT NULL,
	"code" text NOT NULL,
	"person_number" text,
	CONSTRAINT "bad_row_import_id_row_field_code_pk" PRIMARY KEY("import_id","row","field","code")
);
--> statement-breakpoint
CREATE TABLE "feeds"."import" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"layout" text NOT NULL,
	"file_name" text NOT NULL,
	"file_date" date NOT NULL,
	"extent" text NOT NULL,
	"sequence" integer NOT NULL,
	"digest" text,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"column_order" integer[] DEFAULT '{}' NOT NULL,
	"state" text DEFAULT 'receiving' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"lot_count" integer DEFAULT 0 NOT NULL,
	"row_count" integer DEFAULT 0 NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reviewed_at" timestamp with time zone,
	"committed_by" integer,
	"committed_at" timestamp with time zone,
	"gap_reason" text,
	"problem" text,
	CONSTRAINT "import_two_people" CHECK (committed_by is null or committed_by <> prepared_by),
	CONSTRAINT "import_committed_by_somebody" CHECK (state not in ('committing', 'committed') or committed_by is not null),
	CONSTRAINT "import_sequence_positive" CHECK (sequence > 0)
);
--> statement-breakpoint
CREATE TABLE "feeds"."lot" (
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"first_row" integer NOT NULL,
	"row_count" integer NOT NULL,
	"sealed_id" uuid NOT NULL,
	"reviewed_at" timestamp with time zone,
	"committed_at" timestamp with time zone,
	CONSTRAINT "lot_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "feeds"."row" (
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"lot" integer NOT NULL,
	"subject" bigint NOT NULL,
	"verdict" text NOT NULL,
	"person_number" text,
	"changes" text[],
	"doubt" text,
	"seen_revision" integer,
	"accepted" boolean,
	"decided_by" integer,
	"superseded" boolean DEFAULT false NOT NULL,
	CONSTRAINT "row_import_id_row_pk" PRIMARY KEY("import_id","row")
);
--> statement-breakpoint
CREATE TABLE "feeds"."gone_person" (
	"import_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	CONSTRAINT "gone_person_import_id_person_number_pk" PRIMARY KEY("import_id","person_number")
);
--> statement-breakpoint
CREATE TABLE "jobs"."task" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"queue" text NOT NULL,
	"program" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"requested_by" integer NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "mailings"."batch_event" (
	"run_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"staff_id" integer NOT NULL,
	"staff_name" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"comment_id" uuid,
	CONSTRAINT "batch_event_run_id_revision_pk" PRIMARY KEY("run_id","revision")
);
--> statement-breakpoint
CREATE TABLE "mailings"."batch_item" (
	"run_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"subject" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"place" integer,
	"piece_number" text,
	"file" integer,
	"released_by" integer,
	"released_at" timestamp with time zone,
	"release_reason_id" uuid,
	CONSTRAINT "batch_item_run_id_person_number_subject_pk" PRIMARY KEY("run_id","person_number","subject"),
	CONSTRAINT "batch_item_reason" CHECK ((state in ('held', 'left-out')) = (reason is not null)),
	CONSTRAINT "batch_item_release" CHECK ((released_by is null) = (release_reason_id is null))
);
--> statement-breakpoint
CREATE TABLE "mailings"."batch_run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "mailings"."batch_run_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"state" text DEFAULT 'preparing' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"contractor_id" integer NOT NULL,
	"prepared_by" integer NOT NULL,
	"prepared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"submitted_by" integer,
	"approved_by" integer,
	"approved_at" timestamp with time zone,
	"approved_revision" integer,
	"dated_on" date,
	"made_count" integer DEFAULT 0 NOT NULL,
	"file_count" integer DEFAULT 0 NOT NULL,
	"working_key" "bytea",
	"download_until" date,
	"problem" text,
	CONSTRAINT "batch_run_serial_unique" UNIQUE("serial"),
	CONSTRAINT "batch_run_two_people" CHECK (approved_by is null or (approved_by <> prepared_by and approved_by <> submitted_by)),
	CONSTRAINT "batch_run_made_only_when_approved" CHECK (approved_by is not null or state not in ('approved', 'making', 'complete', 'handed-over', 'received', 'closed', 'failed')),
	CONSTRAINT "batch_run_approval_whole" CHECK ((approved_by is null) = (approved_revision is null) and (approved_by is null) = (dated_on is null))
);
--> statement-breakpoint
CREATE TABLE "mailings"."contractor" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mailings"."contractor_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"contract_from" date NOT NULL,
	"contract_to" date NOT NULL,
	"public_key" text NOT NULL,
	"registered_by" integer NOT NULL,
	"registered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "contractor_period" CHECK (contract_from <= contract_to),
	CONSTRAINT "contractor_key" CHECK (public_key ~ '^age1[0-9a-z]{20,}$')
);
--> statement-breakpoint
CREATE TABLE "mailings"."hand_over" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mailings"."hand_over_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL,
	"contractor_id" integer NOT NULL,
	"package_name" text NOT NULL,
	"pieces" integer NOT NULL,
	"sha256" text NOT NULL,
	"handed_on" date NOT NULL,
	"handed_by" integer NOT NULL,
	"manner" text NOT NULL,
	"received_on" date,
	"receipt_number" text,
	"medium_returned_on" date,
	"erased_on" date,
	"erasure_report" text,
	CONSTRAINT "hand_over_receipt" CHECK ((received_on is null) = (receipt_number is null)),
	CONSTRAINT "hand_over_erasure" CHECK ((erased_on is null) = (erasure_report is null)),
	CONSTRAINT "hand_over_medium_comes_back" CHECK (erased_on is null or manner = 'transfer' or medium_returned_on is not null)
);
--> statement-breakpoint
CREATE TABLE "mailings"."package_file" (
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"file" integer,
	"pieces" integer NOT NULL,
	"first_number" text,
	"last_number" text,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "package_file_run_id_name_pk" PRIMARY KEY("run_id","name")
);
--> statement-breakpoint
CREATE TABLE "vaccination"."coupon" (
	"number" text PRIMARY KEY NOT NULL,
	"person_number" text NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"label" text NOT NULL,
	"usable_from" date NOT NULL,
	"usable_to" date NOT NULL,
	"issued_on" date NOT NULL,
	"state" text DEFAULT 'issued' NOT NULL,
	"run_id" uuid,
	"print_count" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "coupon_number" CHECK (number ~ '^[0-9]{10}$'),
	CONSTRAINT "coupon_period" CHECK (usable_from <= usable_to),
	CONSTRAINT "coupon_dose" CHECK (dose > 0)
);
--> statement-breakpoint
CREATE TABLE "vaccination"."coupon_counter" (
	"id" integer PRIMARY KEY NOT NULL,
	"next" integer NOT NULL,
	CONSTRAINT "coupon_counter_one" CHECK (id = 1),
	CONSTRAINT "coupon_counter_range" CHECK (next between 1 and 1000000000)
);
--> statement-breakpoint
CREATE TABLE "vaccination"."coupon_event" (
	"number" text NOT NULL,
	"sequence" integer NOT NULL,
	"event" text NOT NULL,
	"reason" text,
	"staff_id" integer NOT NULL,
	"on" date NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"run_id" uuid,
	CONSTRAINT "coupon_event_number_sequence_pk" PRIMARY KEY("number","sequence"),
	CONSTRAINT "coupon_event_reason" CHECK (event = 'issued' or length(reason) > 0)
);
--> statement-breakpoint
CREATE TABLE "vaccination"."shot" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_number" text NOT NULL,
	"vaccine" text NOT NULL,
	"dose" integer NOT NULL,
	"given_on" date NOT NULL,
	"product" text,
	"lot" text,
	"source" text NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"entered_by" integer NOT NULL,
	CONSTRAINT "shot_dose" CHECK (dose > 0)
);
--> statement-breakpoint
CREATE TABLE "vault"."holder_key" (
	"holder" text PRIMARY KEY NOT NULL,
	"wrapped_key" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vault"."individual_number" (
	"person_number" text PRIMARY KEY NOT NULL,
	"token" bigint NOT NULL,
	"sealed" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	CONSTRAINT "individual_number_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "vault"."person" (
	"person_number" text PRIMARY KEY NOT NULL,
	"source_token" bigint NOT NULL,
	"household_number" text NOT NULL,
	"is_head" boolean NOT NULL,
	"relationship" text NOT NULL,
	"birth_date" date NOT NULL,
	"sex" text NOT NULL,
	"nationality" text NOT NULL,
	"office_code" text NOT NULL,
	"town_code" text NOT NULL,
	"postal_code" text NOT NULL,
	"resident_from" date NOT NULL,
	"from_reason" text NOT NULL,
	"resident_to" date,
	"to_reason" text,
	"died_on" date,
	"protected_from" date,
	"protected_to" date,
	"sealed_name" "bytea" NOT NULL,
	"sealed_address" "bytea" NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"name_tokens" bigint[] NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_source_token_unique" UNIQUE("source_token")
);
--> statement-breakpoint
CREATE TABLE "vault"."person_history" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "vault"."person_history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_number" text NOT NULL,
	"revision" integer NOT NULL,
	"until" timestamp with time zone DEFAULT now() NOT NULL,
	"staff_id" integer,
	"sealed_name" "bytea" NOT NULL,
	"sealed_address" "bytea" NOT NULL,
	"facts" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vault"."sealed_record" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"holder" text NOT NULL,
	"program" text NOT NULL,
	"kind" text NOT NULL,
	"case_id" uuid,
	"sealed" "bytea" NOT NULL,
	"entered_by" integer NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "access"."credential" ADD CONSTRAINT "credential_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."duty_grant" ADD CONSTRAINT "duty_grant_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."duty_grant" ADD CONSTRAINT "duty_grant_office_code_office_code_fk" FOREIGN KEY ("office_code") REFERENCES "access"."office"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."duty_grant" ADD CONSTRAINT "duty_grant_requested_by_staff_id_fk" FOREIGN KEY ("requested_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."duty_grant" ADD CONSTRAINT "duty_grant_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."session" ADD CONSTRAINT "session_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "access"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."session" ADD CONSTRAINT "session_terminal_id_terminal_id_fk" FOREIGN KEY ("terminal_id") REFERENCES "access"."terminal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."staff" ADD CONSTRAINT "staff_office_code_office_code_fk" FOREIGN KEY ("office_code") REFERENCES "access"."office"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access"."terminal" ADD CONSTRAINT "terminal_office_code_office_code_fk" FOREIGN KEY ("office_code") REFERENCES "access"."office"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals"."approval" ADD CONSTRAINT "approval_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals"."entry" ADD CONSTRAINT "entry_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases"."deadline" ADD CONSTRAINT "deadline_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases"."effect" ADD CONSTRAINT "effect_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases"."event" ADD CONSTRAINT "event_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."certificate" ADD CONSTRAINT "certificate_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "child_medical"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."certificate" ADD CONSTRAINT "certificate_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."certificate" ADD CONSTRAINT "certificate_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "documents"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."change" ADD CONSTRAINT "change_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."change" ADD CONSTRAINT "change_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "child_medical"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."document_check" ADD CONSTRAINT "document_check_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."entitlement" ADD CONSTRAINT "entitlement_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."entitlement" ADD CONSTRAINT "entitlement_recipient_number_recipient_recipient_number_fk" FOREIGN KEY ("recipient_number") REFERENCES "child_medical"."recipient"("recipient_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."entitlement_record" ADD CONSTRAINT "entitlement_record_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "child_medical"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."entitlement_record" ADD CONSTRAINT "entitlement_record_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "child_medical"."identity_check" ADD CONSTRAINT "identity_check_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents"."document" ADD CONSTRAINT "document_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents"."print" ADD CONSTRAINT "print_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "documents"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feeds"."bad_row" ADD CONSTRAINT "bad_row_import_id_lot_lot_import_id_number_fk" FOREIGN KEY ("import_id","lot") REFERENCES "feeds"."lot"("import_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feeds"."lot" ADD CONSTRAINT "lot_import_id_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "feeds"."import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feeds"."gone_person" ADD CONSTRAINT "gone_person_import_id_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "feeds"."import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."batch_event" ADD CONSTRAINT "batch_event_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."batch_item" ADD CONSTRAINT "batch_item_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."batch_run" ADD CONSTRAINT "batch_run_contractor_id_contractor_id_fk" FOREIGN KEY ("contractor_id") REFERENCES "mailings"."contractor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."hand_over" ADD CONSTRAINT "hand_over_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."hand_over" ADD CONSTRAINT "hand_over_contractor_id_contractor_id_fk" FOREIGN KEY ("contractor_id") REFERENCES "mailings"."contractor"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."hand_over" ADD CONSTRAINT "hand_over_run_id_package_name_package_file_run_id_name_fk" FOREIGN KEY ("run_id","package_name") REFERENCES "mailings"."package_file"("run_id","name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings"."package_file" ADD CONSTRAINT "package_file_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vaccination"."coupon_event" ADD CONSTRAINT "coupon_event_number_coupon_number_fk" FOREIGN KEY ("number") REFERENCES "vaccination"."coupon"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vault"."individual_number" ADD CONSTRAINT "individual_number_person_number_person_person_number_fk" FOREIGN KEY ("person_number") REFERENCES "vault"."person"("person_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "duty_grant_staff" ON "access"."duty_grant" USING btree ("staff_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_one_a_person" ON "access"."session" USING btree ("staff_id") WHERE ended_at is null and not is_system;--> statement-breakpoint
CREATE INDEX "approval_case" ON "approvals"."approval" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "approval_one_open" ON "approvals"."approval" USING btree ("case_id") WHERE decision is null;--> statement-breakpoint
CREATE UNIQUE INDEX "entry_revision" ON "approvals"."entry" USING btree ("case_id","revision");--> statement-breakpoint
CREATE INDEX "record_person" ON "audit"."record" USING btree ("person_number","id");--> statement-breakpoint
CREATE INDEX "record_staff" ON "audit"."record" USING btree ("staff_id","id");--> statement-breakpoint
CREATE INDEX "record_at" ON "audit"."record" USING btree ("at");--> statement-breakpoint
CREATE INDEX "case_state" ON "cases"."case" USING btree ("program","kind","state");--> statement-breakpoint
CREATE INDEX "case_person" ON "cases"."case" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "deadline_due" ON "cases"."deadline" USING btree ("due_on");--> statement-breakpoint
CREATE INDEX "deadline_case" ON "cases"."deadline" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "effect_case" ON "cases"."effect" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "event_revision" ON "cases"."event" USING btree ("case_id","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "event_idempotency" ON "cases"."event" USING btree ("case_id","idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_issue" ON "child_medical"."certificate" USING btree ("entitlement_id","issue");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_one_valid" ON "child_medical"."certificate" USING btree ("entitlement_id") WHERE ended_on is null;--> statement-breakpoint
CREATE INDEX "entitlement_person" ON "child_medical"."entitlement" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "entitlement_record_entitlement" ON "child_medical"."entitlement_record" USING btree ("entitlement_id");--> statement-breakpoint
CREATE INDEX "identity_check_case" ON "child_medical"."identity_check" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "document_case" ON "documents"."document" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "document_person" ON "documents"."document" USING btree ("person_number");--> statement-breakpoint
CREATE UNIQUE INDEX "import_once" ON "feeds"."import" USING btree ("kind","digest") WHERE state <> 'cancelled';--> statement-breakpoint
CREATE INDEX "import_sequence" ON "feeds"."import" USING btree ("kind","sequence");--> statement-breakpoint
CREATE INDEX "row_subject" ON "feeds"."row" USING btree ("import_id","subject");--> statement-breakpoint
CREATE INDEX "row_verdict" ON "feeds"."row" USING btree ("import_id","verdict","row");--> statement-breakpoint
CREATE INDEX "row_person" ON "feeds"."row" USING btree ("import_id","person_number");--> statement-breakpoint
CREATE INDEX "task_subject" ON "jobs"."task" USING btree ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "batch_item_place" ON "mailings"."batch_item" USING btree ("run_id","place");--> statement-breakpoint
CREATE UNIQUE INDEX "batch_item_number" ON "mailings"."batch_item" USING btree ("run_id","piece_number");--> statement-breakpoint
CREATE INDEX "batch_item_state" ON "mailings"."batch_item" USING btree ("run_id","state","reason");--> statement-breakpoint
CREATE INDEX "batch_item_file" ON "mailings"."batch_item" USING btree ("run_id","file");--> statement-breakpoint
CREATE INDEX "batch_item_person" ON "mailings"."batch_item" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "batch_run_program" ON "mailings"."batch_run" USING btree ("program","state");--> statement-breakpoint
CREATE UNIQUE INDEX "hand_over_once" ON "mailings"."hand_over" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "package_file_number" ON "mailings"."package_file" USING btree ("run_id","file");--> statement-breakpoint
CREATE UNIQUE INDEX "coupon_once" ON "vaccination"."coupon" USING btree ("person_number","vaccine","dose") WHERE state = 'issued';--> statement-breakpoint
CREATE INDEX "coupon_person" ON "vaccination"."coupon" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "coupon_run" ON "vaccination"."coupon" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shot_once" ON "vaccination"."shot" USING btree ("person_number","vaccine","dose");--> statement-breakpoint
CREATE INDEX "person_household" ON "vault"."person" USING btree ("household_number");--> statement-breakpoint
CREATE INDEX "person_birth_date" ON "vault"."person" USING btree ("birth_date");--> statement-breakpoint
CREATE INDEX "person_name_tokens" ON "vault"."person" USING gin ("name_tokens");--> statement-breakpoint
CREATE INDEX "person_history_person" ON "vault"."person_history" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "sealed_record_holder" ON "vault"."sealed_record" USING btree ("holder","program","kind");--> statement-breakpoint
CREATE INDEX "sealed_record_case" ON "vault"."sealed_record" USING btree ("case_id");