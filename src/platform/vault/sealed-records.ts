import { randomUUID } from "node:crypto";
import type { Work } from "../work.ts";
import { hex } from "./bytes.ts";
import { feedPlace, recordPlace } from "./places.ts";
import { seal, unseal } from "./seal.ts";

/** What is to be sealed: for whom, of which kind, and the data (anything JSON holds, or bytes). */
export interface SealedInput {
  /** 統合宛名番号 whose key seals it, or `feed:…` for a row that belongs to nobody yet. */
  holder: string;
  /** The 事務 it belongs to, or the part of the platform (`feeds`). */
  program: string;
  /** Such as `application`, `comment`, `document`; stands in the access log. */
  kind: string;
  caseId?: string | undefined;
  data: unknown;
}

export interface SealedRecord {
  id: string;
  holder: string;
  program: string;
  kind: string;
  caseId: string | null;
  enteredBy: number;
  /** The kind of the feed that told it; null for what a member of staff sealed. */
  feedKind: string | null;
  data: unknown;
}

/** Seals one record and returns its id: only the id may stand outside the vault. */
export async function putSealed(work: Work, input: SealedInput): Promise<string> {
  const [id] = await putSealedAll(work, [input]);
  if (!id) throw new Error("nothing was sealed");
  return id;
}

/** Seals many records of one 事務, kind and case in one statement; ids in the order given. */
export async function putSealedAll(work: Work, inputs: SealedInput[]): Promise<string[]> {
  const first = inputs[0];
  if (!first) return [];
  const { ids, sealed } = await sealFor(work, inputs);
  await work.sql`select vault.put_sealed(${ids}::uuid[], ${inputs.map((i) => i.holder)}::text[],
    ${first.program}, ${first.kind}, ${first.caseId ?? null}, ${sealed}::text[]::bytea[])`;
  return ids;
}

/** Seals data, each for its holder, for a function of the database that keeps them: ids and bytes (hexadecimal) in the order given. */
export async function sealFor(
  work: Work,
  inputs: readonly Pick<SealedInput, "holder" | "data">[],
): Promise<{ ids: string[]; sealed: (string | null)[] }> {
  const keys = await keysOf(work, [...new Set(inputs.map((input) => input.holder))]);
  const ids = inputs.map(() => randomUUID() as string);
  const sealed = inputs.map(({ holder, data }, n) =>
    hex(seal(required(keys.get(holder)), recordPlace(holder, ids[n] ?? ""), encode(data))),
  );
  return { ids, sealed };
}

/** Opens records by id, in the order given; each look is logged. Ids that are not there are left out. */
export async function getSealed(work: Work, ids: string[]): Promise<SealedRecord[]> {
  if (ids.length === 0) return [];
  const rows = await work.sql<SealedRow[]>`
    select id, holder, program, kind, case_id, sealed, wrapped_key, entered_by, feed_kind, subject::text, told_on::text
      from vault.get_sealed(${ids}::uuid[])`;
  const opened = new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        holder: row.holder,
        program: row.program,
        kind: row.kind,
        caseId: row.case_id,
        enteredBy: row.entered_by,
        feedKind: row.feed_kind,
        data: open(work, row),
      },
    ]),
  );
  return ids.flatMap((id) => opened.get(id) ?? []);
}

/** What was entered last of the person of a request about their own data, case by case; logged. */
export async function openEntriesForRequest(
  work: Work,
  request: number,
): Promise<
  { program: string; caseId: string; personNumber: string; subject: string; data: object }[]
> {
  const rows = await work.sql<(SealedRow & { case_person: string })[]>`
    select * from vault.entries_for_request(${request})`;
  return rows.map((row) => ({
    program: row.program,
    caseId: row.case_id ?? "",
    personNumber: row.holder,
    subject: row.case_person,
    data: open(work, row) as object,
  }));
}

/** A copy of what a feed told opens as that does, so that it can be nothing else. */
function open(work: Work, row: SealedRow): unknown {
  const { holder, feed_kind: kind } = row;
  const place =
    kind === null
      ? recordPlace(holder, row.id)
      : feedPlace(kind, holder, { token: row.subject, toldOn: row.told_on });
  const key = work.platform.keys.unwrap(row.wrapped_key, ringOf(holder));
  const plain = unseal(key, place, row.sealed);
  return kind === null ? decode(plain) : JSON.parse(plain.toString());
}

/** Opens one record; throws where it is not there. */
export async function getSealedOne<T>(work: Work, id: string): Promise<T> {
  const [record] = await getSealed(work, [id]);
  if (!record) throw new Error("sealed record is not there");
  return record.data as T;
}

type SealedRow = {
  id: string;
  holder: string;
  program: string;
  kind: string;
  case_id: string | null;
  sealed: Buffer;
  wrapped_key: Buffer;
  entered_by: number;
} & ({ feed_kind: null } | { feed_kind: string; subject: string; told_on: string });

/** Keys of holders in clear; a holder that has none (a feed) gets one. */
async function keysOf(work: Work, holders: string[]): Promise<Map<string, Buffer>> {
  const ring = work.platform.keys;
  const rows = await work.sql<{ holder: string; wrapped_key: Buffer }[]>`
    select * from vault.keys_of(${holders}::text[])`;
  const keys = new Map(
    rows.map((row) => [row.holder, ring.unwrap(row.wrapped_key, ringOf(row.holder))]),
  );
  const without = holders.filter((h) => !keys.has(h));
  if (without.length === 0) return keys;
  if (without.some((holder) => !holder.includes(":"))) throw new Error("no such person");
  const made = await work.sql<{ holder: string; wrapped_key: Buffer }[]>`
    select * from vault.put_keys(${without}::text[], ${without.map((holder) => hex(ring.newKey(ringOf(holder)).wrapped))}::text[]::bytea[])`;
  for (const row of made) keys.set(row.holder, ring.unwrap(row.wrapped_key, ringOf(row.holder)));
  return keys;
}

/** 個人番号 on their way in have keys of their own ring. */
const ringOf = (holder: string) =>
  holder.startsWith("feed-number:") ? "individual-number" : "person";

// The first byte tells bytes (a document) from JSON.
const encode = (data: unknown) =>
  data instanceof Uint8Array
    ? Buffer.concat([Buffer.of(0), data])
    : Buffer.concat([Buffer.of(1), Buffer.from(JSON.stringify(data))]);

const decode = (plain: Buffer): unknown =>
  plain[0] === 0 ? new Uint8Array(plain.subarray(1)) : JSON.parse(plain.subarray(1).toString());

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("key is missing");
  return value;
}
