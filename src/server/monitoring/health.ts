import { expectedMigrations, type SchemaState, schemaStateOf } from "#db/migrate.ts";
import type { Platform } from "#src/platform/platform.ts";
import { withinPatience } from "./within.ts";

/** What a balancer and those who watch are told: nothing of a person, nothing that was entered. */
export interface Health {
  /** Whether requests and jobs are to be given to this process. */
  ready: boolean;
  database: "reachable" | "away";
  /** Whether the database has the migrations of this version; `later` beside a newer program that has been installed. */
  schema: SchemaState | "unknown";
}

/** Asks the database; `takesWork` tells whether the process has begun to serve and was not told to end. */
export function healthOf(
  { database }: Pick<Platform, "database">,
  takesWork: () => boolean,
): () => Promise<Health> {
  const expected = expectedMigrations();
  return async () => {
    const asked = expected.then((wanted) => schemaStateOf(database.sql, wanted));
    const schema = await withinPatience(asked).catch(() => "unknown" as const);
    return {
      ready: takesWork() && (schema === "expected" || schema === "later"),
      database: schema === "unknown" ? "away" : "reachable",
      schema,
    };
  };
}
