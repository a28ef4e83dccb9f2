import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";

/** A case as somebody last saw it. */
export interface SeenCase {
  caseId: string;
  revision: number;
}

/** Calls of the database's functions about cases, as somebody may send them who knows SQL and ids. */

/** Keeps a sealed record of a case (its content is of no matter here); gives its id. */
export async function seal(
  sql: TransactionSql,
  given: { caseId: string; person: string; kind: string; program?: string },
): Promise<string> {
  const { caseId, person, kind, program = "child-medical" } = given;
  const id = randomUUID();
  await sql`select vault.put_sealed(array[${id}]::uuid[], ${[person]}::text[], ${program}, ${kind}, ${caseId},
    array['\\x00'::bytea])`;
  return id;
}

/** One step; gives the new revision. */
export async function moveCase(
  sql: TransactionSql,
  { caseId, revision }: SeenCase,
  event: string,
  target: string,
  given: { key?: string; comment?: string | null; until?: string | null } = {},
): Promise<number> {
  const { key = randomUUID(), comment = null, until = null } = given;
  const [row] = await sql<{ revision: number }[]>`
    select cases.move(${caseId}, ${revision}, ${event}, ${target}, ${key}, ${comment}, ${until}) as revision`;
  return row?.revision ?? 0;
}

/** Opens a case; gives its id. */
export async function openCaseBySql(
  sql: TransactionSql,
  given: Partial<{
    kind: string;
    person: string | null;
    office: string | null;
    received: string | null;
    key: string | null;
    detail: string;
  }>,
): Promise<string> {
  const { kind = "child-medical/application", person = null, office = "431010" } = given;
  const { received = "2026-11-20", key = randomUUID(), detail = "{}" } = given;
  const [row] = await sql<{ id: string }[]>`
    select cases.open(${kind}, ${person}, ${office}, ${received}, ${key}, ${detail}::text::jsonb) as id`;
  return row?.id ?? "";
}
