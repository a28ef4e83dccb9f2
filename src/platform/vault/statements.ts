import { randomUUID } from "node:crypto";
import type { Work } from "../work.ts";
import { recordPlace } from "./places.ts";
import { seal, unseal } from "./seal.ts";

/** What somebody said of a matter of the oversight, opened. */
interface Statement {
  id: string;
  kind: string;
  saidBy: number;
  saidAt: Date;
  text: string;
}

const holderOf = (about: string) => `oversight:${about}`;

/**
 * Seals what somebody says in their own words of a matter (`finding:12`), with a key of that matter. Who may say something
 * of it is the matter's own rule, kept by the database.
 *
 * @returns the id by which a step of the matter names it
 */
export async function keepStatement(
  work: Work,
  { about, kind, text }: { about: string; kind: string; text: string },
): Promise<string> {
  const { keys } = work.platform;
  const [row] = await work.sql<{ key: Buffer }[]>`
    select vault.statement_key(${about}, ${keys.newKey().wrapped}) as key`;
  if (!row) throw new Error("no key was kept");
  const id = randomUUID();
  const sealed = seal(keys.unwrap(row.key), recordPlace(holderOf(about), id), text);
  await work.sql`select vault.keep_statement(${id}, ${about}, ${kind}, ${sealed})`;
  return id;
}

/** What was said of a matter, by id, as far as this person may read it; each reading is recorded. */
export async function statementsOf(
  work: Work,
  about: string,
): Promise<ReadonlyMap<string, Statement>> {
  const rows = await work.sql<
    {
      id: string;
      kind: string;
      sealed: Buffer;
      wrapped_key: Buffer;
      entered_by: number;
      entered_at: string;
    }[]
  >`select * from vault.statements_of(${about})`;
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        kind: row.kind,
        saidBy: row.entered_by,
        saidAt: new Date(row.entered_at),
        text: unseal(
          work.platform.keys.unwrap(row.wrapped_key),
          recordPlace(holderOf(about), row.id),
          row.sealed,
        ).toString(),
      },
    ]),
  );
}
