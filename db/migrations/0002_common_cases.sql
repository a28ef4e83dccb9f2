CREATE SCHEMA "entitlements";
--> statement-breakpoint
CREATE SCHEMA "intake";
--> statement-breakpoint
CREATE TABLE "cases"."machine_state" (
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"waits_title" text,
	"waits_right" text,
	"tone" text NOT NULL,
	"open" boolean NOT NULL,
	CONSTRAINT "machine_state_kind_version_state_pk" PRIMARY KEY("kind","version","state")
);
--> statement-breakpoint
CREATE TABLE "cases"."machine_transition" (
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"from_state" text NOT NULL,
	"event" text NOT NULL,
	"way" integer NOT NULL,
	"to_state" text NOT NULL,
	"rights" text[] NOT NULL,
	"comment_required" boolean NOT NULL,
	"scheduled" boolean NOT NULL,
	"act" text,
	"subject" text,
	"checks" text[] NOT NULL,
	CONSTRAINT "machine_transition_kind_version_from_state_event_way_pk" PRIMARY KEY("kind","version","from_state","event","way")
);
--> statement-breakpoint
CREATE TABLE "cases"."member" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cases"."member_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"role" text NOT NULL,
	"from_revision" integer NOT NULL,
	"to_revision" integer
);
--> statement-breakpoint
CREATE TABLE "entitlements"."certificate" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"case_id" uuid,
	"document_id" uuid,
	"run_id" uuid,
	"template_version" text,
	"form_setting_id" integer,
	"issue" integer NOT NULL,
	"reason" text NOT NULL,
	"issued_on" date NOT NULL,
	"issued_by" integer DEFAULT 0 NOT NULL,
	"ended_on" date,
	"ending" text,
	CONSTRAINT "certificate_ending_whole" CHECK ((ended_on is null) = (ending is null)),
	CONSTRAINT "certificate_paper" CHECK ((document_id is not null and case_id is not null) or (run_id is not null and template_version is not null))
);
--> statement-breakpoint
CREATE TABLE "entitlements"."change" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"granting_case_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"reason" text,
	"movement" text,
	"needs_decision" boolean NOT NULL,
	"occurs_on" date NOT NULL,
	"reported_on" date NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entitlements"."change_entitlement" (
	"case_id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	CONSTRAINT "change_entitlement_case_id_entitlement_id_pk" PRIMARY KEY("case_id","entitlement_id")
);
--> statement-breakpoint
CREATE TABLE "entitlements"."entitlement" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"program" text NOT NULL,
	"kind" text NOT NULL,
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
	CONSTRAINT "entitlement_loss_whole" CHECK ((status in ('granted', 'suspended')) = (lost_on is null) and (lost_on is null) = (loss_reason is null)),
	CONSTRAINT "entitlement_within_grant" CHECK (valid_to <= granted_to)
);
--> statement-breakpoint
CREATE TABLE "entitlements"."movement" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entitlements"."movement_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"entitlement_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"type" text NOT NULL,
	"occurs_on" date NOT NULL,
	"reported_on" date NOT NULL,
	"reason" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"status" text NOT NULL,
	"recorded_by" integer DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entitlements"."recipient" (
	"program" text NOT NULL,
	"recipient_number" text NOT NULL,
	"person_number" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "recipient_program_recipient_number_pk" PRIMARY KEY("program","recipient_number")
);
--> statement-breakpoint
CREATE TABLE "entitlements"."record" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "entitlements"."record_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"granting_case_id" uuid NOT NULL,
	"person_number" text NOT NULL,
	"case_id" uuid NOT NULL,
	"sealed_id" uuid NOT NULL,
	"effective_from" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intake"."attachment" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"document_code" text,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"sealed_id" uuid NOT NULL,
	"added_by" integer DEFAULT 0 NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_by" integer,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "attachment_withdrawal_whole" CHECK ((withdrawn_by is null) = (withdrawn_at is null))
);
--> statement-breakpoint
CREATE TABLE "intake"."document_check" (
	"case_id" uuid NOT NULL,
	"code" text NOT NULL,
	"status" text NOT NULL,
	"checked_by" integer DEFAULT 0 NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_check_case_id_code_pk" PRIMARY KEY("case_id","code")
);
--> statement-breakpoint
CREATE TABLE "intake"."identity_check" (
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
CREATE TABLE "intake"."inquiry" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"addressee" text NOT NULL,
	"asked_on" date NOT NULL,
	"asked_by" integer DEFAULT 0 NOT NULL,
	"due_on" date NOT NULL,
	"reminded_on" date,
	"answered_on" date,
	"answered_by" integer,
	"answer_id" uuid,
	CONSTRAINT "inquiry_dates" CHECK (due_on >= asked_on and answered_on >= asked_on and reminded_on >= asked_on),
	CONSTRAINT "inquiry_answer_whole" CHECK ((answered_on is null) = (answered_by is null))
);
--> statement-breakpoint
CREATE TABLE "intake"."note" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"sealed_id" uuid NOT NULL,
	"written_by" integer DEFAULT 0 NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "approvals"."entry_revision";--> statement-breakpoint
ALTER TABLE "documents"."document" ALTER COLUMN "case_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "approvals"."entry" ADD COLUMN "person_number" text;--> statement-breakpoint
-- data: whose entry it is. Triggers fire in a migration too, where nobody is signed in; so they stand still wherever old rows are changed.
ALTER TABLE "approvals"."entry" DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE "approvals"."entry" e SET "person_number" = c."person_number" FROM "cases"."case" c WHERE c."id" = e."case_id";--> statement-breakpoint
ALTER TABLE "approvals"."entry" ENABLE TRIGGER USER;--> statement-breakpoint
ALTER TABLE "approvals"."entry" ALTER COLUMN "person_number" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "cases"."event" ADD COLUMN "act" text;--> statement-breakpoint
ALTER TABLE "cases"."event" ADD COLUMN "recorded_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "cases"."member" ADD CONSTRAINT "member_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" ADD CONSTRAINT "certificate_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" ADD CONSTRAINT "certificate_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" ADD CONSTRAINT "certificate_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "documents"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" ADD CONSTRAINT "certificate_run_id_batch_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "mailings"."batch_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."certificate" ADD CONSTRAINT "certificate_form_setting_id_form_setting_id_fk" FOREIGN KEY ("form_setting_id") REFERENCES "printing"."form_setting"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."change" ADD CONSTRAINT "change_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."change" ADD CONSTRAINT "change_granting_case_id_case_id_fk" FOREIGN KEY ("granting_case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."change_entitlement" ADD CONSTRAINT "change_entitlement_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."change_entitlement" ADD CONSTRAINT "change_entitlement_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."entitlement" ADD CONSTRAINT "entitlement_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."movement" ADD CONSTRAINT "movement_entitlement_id_entitlement_id_fk" FOREIGN KEY ("entitlement_id") REFERENCES "entitlements"."entitlement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."movement" ADD CONSTRAINT "movement_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."record" ADD CONSTRAINT "record_granting_case_id_case_id_fk" FOREIGN KEY ("granting_case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements"."record" ADD CONSTRAINT "record_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake"."attachment" ADD CONSTRAINT "attachment_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake"."document_check" ADD CONSTRAINT "document_check_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake"."identity_check" ADD CONSTRAINT "identity_check_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake"."inquiry" ADD CONSTRAINT "inquiry_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake"."note" ADD CONSTRAINT "note_case_id_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"."case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "member_case" ON "cases"."member" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "member_person" ON "cases"."member" USING btree ("person_number");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_issue" ON "entitlements"."certificate" USING btree ("entitlement_id","kind","issue");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_one_valid" ON "entitlements"."certificate" USING btree ("entitlement_id","kind") WHERE ended_on is null;--> statement-breakpoint
CREATE INDEX "certificate_issued_on" ON "entitlements"."certificate" USING btree ("issued_on");--> statement-breakpoint
CREATE INDEX "change_entitlement_entitlement" ON "entitlements"."change_entitlement" USING btree ("entitlement_id");--> statement-breakpoint
CREATE UNIQUE INDEX "entitlement_case_person" ON "entitlements"."entitlement" USING btree ("case_id","person_number","kind") WHERE status in ('granted', 'suspended');--> statement-breakpoint
CREATE INDEX "entitlement_person" ON "entitlements"."entitlement" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "entitlement_recipient" ON "entitlements"."entitlement" USING btree ("recipient_number");--> statement-breakpoint
CREATE INDEX "entitlement_granted_on" ON "entitlements"."entitlement" USING btree ("program","granted_on");--> statement-breakpoint
CREATE INDEX "movement_entitlement" ON "entitlements"."movement" USING btree ("entitlement_id");--> statement-breakpoint
CREATE UNIQUE INDEX "recipient_one_open" ON "entitlements"."recipient" USING btree ("program","person_number") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "record_granting_case" ON "entitlements"."record" USING btree ("granting_case_id");--> statement-breakpoint
CREATE INDEX "attachment_case" ON "intake"."attachment" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "identity_check_case" ON "intake"."identity_check" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "inquiry_case" ON "intake"."inquiry" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "note_case" ON "intake"."note" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "entry_person" ON "approvals"."entry" USING btree ("case_id","revision","person_number");--> statement-breakpoint
CREATE INDEX "case_received" ON "cases"."case" USING btree ("received_on","number");--> statement-breakpoint
CREATE INDEX "event_staff" ON "cases"."event" USING btree ("staff_id","case_id");--> statement-breakpoint
-- data: what こども医療 kept for itself moves into the tables of all 事務
ALTER TABLE cases.case DISABLE TRIGGER USER;--> statement-breakpoint
ALTER TABLE cases.event DISABLE TRIGGER USER;--> statement-breakpoint
-- Acts as the machines of today name them; a work list finds what was sent back by them.
UPDATE cases.event SET recorded_at = at, act = CASE
  WHEN type = 'open' THEN 'open'
  WHEN type = 'recordIdentity' THEN 'identify'
  WHEN type IN ('enter', 'detect') THEN 'enter'
  WHEN type = 'recordDocuments' THEN 'documents'
  WHEN type = 'confirm' THEN 'confirm'
  WHEN type IN ('propose', 'proposeRejection', 'proposeRevocation') THEN 'propose'
  WHEN type = 'requestDecision' AND from_state = 'examination' THEN 'propose'
  WHEN type IN ('approve', 'revoke') THEN 'approve'
  WHEN type = 'remand' THEN 'remand'
  WHEN type = 'retract' THEN 'retract'
  WHEN type = 'withdraw' AND case_id IN (SELECT id FROM cases.case WHERE kind = 'child-medical') THEN 'retract'
  WHEN type IN ('issue', 'reissue') THEN 'issue'
  WHEN type IN ('returnCertificate', 'cancelCertificate') THEN 'end-certificate'
  WHEN type = 'apply' THEN 'apply' END;--> statement-breakpoint
UPDATE cases.case SET kind = 'child-medical/application' WHERE kind = 'child-medical';--> statement-breakpoint
UPDATE cases.case SET kind = 'child-medical/change' WHERE kind = 'child-medical-change';--> statement-breakpoint
ALTER TABLE cases.event ENABLE TRIGGER USER;--> statement-breakpoint
ALTER TABLE cases.case ENABLE TRIGGER USER;--> statement-breakpoint
INSERT INTO cases.member (case_id, person_number, role, from_revision) SELECT id, person_number, 'subject', 1 FROM cases.case;--> statement-breakpoint
INSERT INTO intake.identity_check SELECT id, case_id, subject, method, documents, mandate_seen, checked_on, checked_by, checked_at FROM child_medical.identity_check;--> statement-breakpoint
INSERT INTO intake.document_check SELECT case_id, code, status, checked_by, checked_at FROM child_medical.document_check;--> statement-breakpoint
INSERT INTO entitlements.recipient (program, recipient_number, person_number, valid_from)
  SELECT 'child-medical', r.recipient_number, r.person_number,
         coalesce((SELECT min(least(e.valid_from, e.granted_on)) FROM child_medical.entitlement e WHERE e.person_number = r.person_number), current_date)
    FROM child_medical.recipient r;--> statement-breakpoint
INSERT INTO entitlements.entitlement (id, program, kind, person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on, status, lost_on, loss_reason)
  SELECT id, 'child-medical', 'medical', person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on, status, lost_on, loss_reason
    FROM child_medical.entitlement;--> statement-breakpoint
-- A report's record held the whole data as they were then; now it holds the part that the report changed, as it was entered,
-- so that a correction of an earlier day is not undone by it. Both lie in the vault.
INSERT INTO entitlements.record (granting_case_id, person_number, case_id, sealed_id, effective_from, recorded_at)
  SELECT e.case_id, e.person_number, r.case_id,
         CASE WHEN r.case_id = e.case_id THEN r.sealed_id ELSE coalesce(n.sealed_id, r.sealed_id) END, r.effective_from,
         coalesce((SELECT max(v.recorded_at) FROM cases.event v WHERE v.case_id = r.case_id AND v.type IN ('approve', 'apply')), now())
    FROM child_medical.entitlement_record r JOIN child_medical.entitlement e ON e.id = r.entitlement_id
    LEFT JOIN LATERAL (SELECT x.sealed_id FROM approvals.entry x WHERE x.case_id = r.case_id ORDER BY x.revision DESC LIMIT 1) n ON true
   ORDER BY r.id;--> statement-breakpoint
INSERT INTO entitlements.certificate (id, entitlement_id, kind, case_id, document_id, issue, reason, issued_on, issued_by, ended_on, ending)
  SELECT id, entitlement_id, 'card', case_id, document_id, issue, reason, issued_on, issued_by, ended_on, ending FROM child_medical.certificate;--> statement-breakpoint
INSERT INTO entitlements.change (case_id, granting_case_id, subject, reason, movement, needs_decision, occurs_on, reported_on, origin)
  SELECT h.case_id, e.case_id, h.subject, h.loss_reason, CASE h.subject WHEN 'loss' THEN 'lost' END, h.subject = 'loss', h.occurs_on, c.received_on, h.origin
    FROM child_medical.change h JOIN child_medical.entitlement e ON e.id = h.entitlement_id JOIN cases.case c ON c.id = h.case_id;--> statement-breakpoint
INSERT INTO entitlements.change_entitlement (case_id, entitlement_id) SELECT case_id, entitlement_id FROM child_medical.change;--> statement-breakpoint
-- Every entitlement was acquired; one that ended has the step that ended it besides.
INSERT INTO entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by, recorded_at)
  SELECT e.id, e.case_id, 'acquired', e.valid_from, c.received_on, 'application', e.valid_from, e.granted_to, 'granted',
         coalesce(v.staff_id, c.opened_by), coalesce(v.recorded_at, e.granted_on::timestamp AT TIME ZONE 'Asia/Tokyo')
    FROM child_medical.entitlement e JOIN cases.case c ON c.id = e.case_id
    LEFT JOIN LATERAL (SELECT * FROM cases.event x WHERE x.case_id = e.case_id AND x.type = 'approve' AND x.to_state = 'certified'
                        ORDER BY x.revision LIMIT 1) v ON true
   ORDER BY v.recorded_at, c.number;--> statement-breakpoint
INSERT INTO entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by, recorded_at)
  SELECT e.id, coalesce(v.case_id, e.case_id), 'lost', e.lost_on, coalesce(v.received_on, e.lost_on), e.loss_reason, e.valid_from, e.valid_to, 'lost',
         coalesce(v.staff_id, 0), coalesce(v.recorded_at, e.lost_on::timestamp AT TIME ZONE 'Asia/Tokyo')
    FROM child_medical.entitlement e
    LEFT JOIN LATERAL (SELECT c.id AS case_id, c.received_on, x.staff_id, x.recorded_at
                         FROM child_medical.change h JOIN cases.case c ON c.id = h.case_id JOIN cases.event x ON x.case_id = c.id
                        WHERE h.entitlement_id = e.id AND h.subject = 'loss' AND x.type = 'approve' AND x.to_state = 'applied'
                        ORDER BY x.id LIMIT 1) v ON true
   WHERE e.status = 'lost' ORDER BY v.recorded_at, e.id;--> statement-breakpoint
INSERT INTO entitlements.movement (entitlement_id, case_id, type, occurs_on, reported_on, reason, valid_from, valid_to, status, recorded_by, recorded_at)
  SELECT e.id, e.case_id, 'revoked', e.lost_on, coalesce(v.business_date, e.lost_on), e.loss_reason, e.valid_from, e.valid_to, 'revoked',
         coalesce(v.staff_id, 0), coalesce(v.recorded_at, e.lost_on::timestamp AT TIME ZONE 'Asia/Tokyo')
    FROM child_medical.entitlement e
    LEFT JOIN LATERAL (SELECT * FROM cases.event x WHERE x.case_id = e.case_id AND x.type = 'revoke' ORDER BY x.revision LIMIT 1) v ON true
   WHERE e.status = 'revoked' ORDER BY v.recorded_at, e.id;
