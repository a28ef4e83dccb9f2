CREATE TABLE "people"."merge" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people"."merge_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"merged" text NOT NULL,
	"canonical" text NOT NULL,
	"ground" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"preview" jsonb NOT NULL,
	"sealed_reason" "bytea",
	"proposed_by" integer,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" integer,
	"decided_at" timestamp with time zone,
	"sealed_unmerge_reason" "bytea",
	"unmerge_proposed_by" integer,
	"unmerge_proposed_at" timestamp with time zone,
	"unmerge_decided_by" integer,
	"unmerge_decided_at" timestamp with time zone,
	CONSTRAINT "merge_ground" CHECK (ground in ('same-person', 'registered', 'individual-number')),
	CONSTRAINT "merge_state" CHECK (state in ('waiting', 'merged', 'refused', 'withdrawn', 'unmerging', 'unmerged')),
	CONSTRAINT "merge_two_numbers" CHECK (merged <> canonical),
	CONSTRAINT "merge_two_people" CHECK (decided_by <> proposed_by or state = 'withdrawn'),
	CONSTRAINT "merge_unmerged_by_two" CHECK (unmerge_decided_by <> unmerge_proposed_by),
	CONSTRAINT "merge_proposed" CHECK ((ground = 'individual-number') = (proposed_by is null))
);
--> statement-breakpoint
CREATE TABLE "people"."outsider_match" (
	"outsider" text NOT NULL,
	"resident" text NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"dismissed_by" integer,
	"dismissed_at" timestamp with time zone,
	"sealed_reason" "bytea",
	CONSTRAINT "outsider_match_outsider_resident_pk" PRIMARY KEY("outsider","resident"),
	CONSTRAINT "outsider_match_dismissed" CHECK (num_nulls(dismissed_by, dismissed_at, sealed_reason) in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "people"."unmerge_line" (
	"merge_id" integer NOT NULL,
	"program" text NOT NULL,
	"what" text NOT NULL,
	"key" text NOT NULL,
	"stands_under" text NOT NULL,
	"belongs_to" text NOT NULL,
	"settled" boolean DEFAULT false NOT NULL,
	"settled_by" integer,
	"settled_at" timestamp with time zone,
	CONSTRAINT "unmerge_line_merge_id_what_key_pk" PRIMARY KEY("merge_id","what","key"),
	CONSTRAINT "unmerge_line_settled" CHECK (settled or settled_by is null)
);
--> statement-breakpoint
ALTER TABLE "people"."unmerge_line" ADD CONSTRAINT "unmerge_line_merge_id_merge_id_fk" FOREIGN KEY ("merge_id") REFERENCES "people"."merge"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "merge_once" ON "people"."merge" USING btree ("merged") WHERE state in ('waiting', 'merged', 'unmerging');--> statement-breakpoint
CREATE INDEX "merge_canonical" ON "people"."merge" USING btree ("canonical") WHERE state in ('waiting', 'merged', 'unmerging');--> statement-breakpoint
CREATE INDEX "merge_waiting" ON "people"."merge" USING btree ("proposed_at") WHERE state in ('waiting', 'unmerging');--> statement-breakpoint
CREATE INDEX "unmerge_line_open" ON "people"."unmerge_line" USING btree ("merge_id") WHERE not settled;