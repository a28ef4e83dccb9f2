CREATE TABLE "access"."session_memory" (
	"session_id" uuid NOT NULL,
	"about" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"kept_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_memory_session_id_about_pk" PRIMARY KEY("session_id","about"),
	CONSTRAINT "session_memory_size" CHECK (octet_length(about) = 32 and octet_length(sealed) <= 65536)
);
--> statement-breakpoint
ALTER TABLE "access"."session_memory" ADD CONSTRAINT "session_memory_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "access"."session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "session_memory_kept" ON "access"."session_memory" USING btree ("kept_at");