CREATE TABLE "high_cost"."by_hand" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"serial" integer GENERATED ALWAYS AS IDENTITY (sequence name "high_cost"."by_hand_serial_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"treatment_month" text NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"reasons" text[] NOT NULL,
	"benefit_ids" bigint[] NOT NULL,
	"refund_cases" uuid[] NOT NULL,
	"refunds" integer NOT NULL,
	"funded_share" bigint NOT NULL,
	"refunded_share" bigint NOT NULL,
	"home_share" bigint NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state_since" timestamp with time zone NOT NULL,
	"lapses_on" date NOT NULL,
	"outcome" text,
	"settled_by" integer,
	CONSTRAINT "by_hand_serial_unique" UNIQUE("serial"),
	CONSTRAINT "by_hand_state_known" CHECK (state in ('open', 'settled', 'gone')),
	CONSTRAINT "by_hand_outcome" CHECK (outcome in ('nothing-due', 'claimed-apart', 'of-person', 'of-other-fund')),
	CONSTRAINT "by_hand_month" CHECK (treatment_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "by_hand_reasons" CHECK (cardinality(reasons) > 0),
	CONSTRAINT "by_hand_settled" CHECK ((outcome is null) = (settled_by is null) and (state <> 'settled' or outcome is not null))
);
--> statement-breakpoint
CREATE TABLE "high_cost"."search_bill" (
	"run_id" uuid NOT NULL,
	"portion" text NOT NULL,
	"benefit_id" bigint NOT NULL,
	"person_number" text NOT NULL,
	"office_code" text NOT NULL,
	"insurer_number" text NOT NULL,
	"household" text NOT NULL,
	"insured_known" boolean NOT NULL,
	"category" text,
	"multiple" boolean NOT NULL,
	"institution" text NOT NULL,
	"care" text NOT NULL,
	"days" integer,
	"total_cost" bigint NOT NULL,
	"insured" bigint NOT NULL,
	"high_cost" bigint NOT NULL,
	"subsidy" bigint NOT NULL,
	"other_funds" boolean NOT NULL,
	"receipt_category" text,
	"receipt_multiple" boolean NOT NULL,
	"line" integer,
	CONSTRAINT "search_bill_run_id_benefit_id_pk" PRIMARY KEY("run_id","benefit_id")
);
--> statement-breakpoint
ALTER TABLE "high_cost"."search_run" ADD COLUMN "lowest" bigint;--> statement-breakpoint
ALTER TABLE "high_cost"."search_bill" ADD CONSTRAINT "search_bill_run_id_search_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "high_cost"."search_run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "by_hand_once" ON "high_cost"."by_hand" USING btree ("program","treatment_month","person_number");--> statement-breakpoint
CREATE INDEX "by_hand_state" ON "high_cost"."by_hand" USING btree ("program","state","lapses_on");--> statement-breakpoint
CREATE INDEX "by_hand_person" ON "high_cost"."by_hand" USING btree ("person_number");--> statement-breakpoint
CREATE INDEX "search_bill_portion" ON "high_cost"."search_bill" USING btree ("run_id","portion");--> statement-breakpoint
CREATE INDEX "entry_household" ON "high_cost"."entry" USING btree ("household","insurer_number","treatment_month");--> statement-breakpoint
CREATE INDEX "entry_bills" ON "high_cost"."entry" USING gin ("benefit_ids");