import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { badRow, feedImport, feedLot, feedRow, gonePerson } from "#db/schema/feeds.ts";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import { matchSources } from "../people/index.ts";
import type { Platform } from "../platform.ts";
import { conflict, notFound } from "../problem.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";
import type { Feed, Finding } from "./kind.ts";
import { type ImportRow, type LotRow, type ReadLot, readLot } from "./lot.ts";
import { feedWork } from "./receive.ts";

/** In whose name background steps run, and how they are stopped between two lots. */
export interface StepOptions {
  work?: WorkOptions;
  signal?: AbortSignal | undefined;
}

/** The import with this id; throws where there is none. */
export async function getImport(work: Work, importId: string): Promise<ImportRow> {
  const [entry] = await work.tx.select().from(feedImport).where(eq(feedImport.id, importId));
  if (!entry) throw notFound("このファイルは見つかりません。");
  return entry;
}

/**
 * Judges every row of a received file and holds it against what is known, lot by lot. Changes nobody.
 * Called again after a stop it goes on where it was.
 */
export async function reviewImport(
  platform: Platform,
  actor: Actor,
  feed: Feed,
  importId: string,
  { work: options = feedWork, signal }: StepOptions = {},
): Promise<void> {
  const inWork = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, options, run);
  const entry = await inWork((work) => getImport(work, importId));
  if (entry.state !== "reviewing") return;
  for (;;) {
    signal?.throwIfAborted();
    const lot = await inWork(async (work) => {
      // One lot after the other, so that a repetition in the file is seen.
      await work.sql`select from feeds.import where id = ${importId} for update`;
      const next = await nextLot(work, importId, "reviewedAt");
      if (next) await reviewLot(work, feed, entry, next);
      return next;
    });
    if (!lot) break;
  }
  await inWork((work) => closeReview(work, feed, entry));
}

/** The first lot not yet reviewed (or committed) on which nobody works, held. */
export async function nextLot(
  work: Work,
  importId: string,
  step: "reviewedAt" | "committedAt",
): Promise<LotRow | undefined> {
  // The tables grow from nothing while the file is read; a plan kept from the beginning scans them whole.
  await work.sql`set local plan_cache_mode = force_custom_plan`;
  const [lot] = await work.tx
    .select()
    .from(feedLot)
    .where(and(eq(feedLot.importId, importId), isNull(feedLot[step])))
    .orderBy(asc(feedLot.number))
    .limit(1)
    .for("update", { skipLocked: true });
  return lot;
}

async function reviewLot(work: Work, feed: Feed, entry: ImportRow, lot: LotRow): Promise<void> {
  const read = await readLot(work, feed, entry, lot);
  const subjects = read.good.map(({ row }) => subjectOf(work, feed, row));
  const superseded = await settleRepeats(work, entry, read, subjects);
  const findings = await feed.kind.compare(
    work,
    read.good.map(({ row }) => row),
  );
  const rows = read.good.map((each, at) => ({
    row: each.number,
    subject: String(subjects[at]),
    superseded: superseded.has(each.number),
    found: findings[at] ?? { verdict: "new" as const },
  }));
  await keepRows(work, lot, rows);
  await keepBadRows(work, lot, read.bad);
  await work.tx
    .update(feedLot)
    .set({ reviewedAt: sql`clock_timestamp()` })
    .where(and(eq(feedLot.importId, lot.importId), eq(feedLot.number, lot.number)));
}

/** Keyed token of what a row is about, by which a repetition in the file is seen. */
const subjectOf = (work: Work, { kind }: Feed, row: unknown) =>
  work.platform.keys.token(`feed:${kind.id}:${kind.subjectOf(row)}`);

/**
 * The same subject twice: in a full file the later row is at fault and moves to the bad ones; in a
 * differential file the later row is the newer state, and the earlier ones are superseded.
 *
 * @returns row numbers of this lot that are superseded
 */
async function settleRepeats(
  work: Work,
  entry: ImportRow,
  read: ReadLot<unknown>,
  subjects: bigint[],
): Promise<Set<number>> {
  const tokens = subjects.map(String);
  const known = await work.sql<{ subject: string }[]>`
    select distinct subject::text from feeds.row
     where import_id = ${entry.id} and subject = any(${tokens}::bigint[])`;
  const before = new Set(known.map(({ subject }) => subject));
  const superseded = new Set<number>();
  if (entry.extent === "full") {
    const twice = read.good.filter((_, at) => {
      const token = tokens[at] ?? "";
      const seen = before.has(token);
      before.add(token);
      return seen;
    });
    for (const row of twice) {
      const at = read.good.indexOf(row);
      read.good.splice(at, 1);
      subjects.splice(at, 1);
      const errors = [{ field: "row", code: "duplicate" as const }];
      read.bad.push({ number: row.number, errors, sourceId: undefined });
    }
    return superseded;
  }
  if (before.size > 0)
    await work.sql`update feeds.row set superseded = true
      where import_id = ${entry.id} and subject = any(${[...before]}::bigint[]) and not superseded`;
  for (const [at, { number }] of read.good.entries())
    if (tokens.lastIndexOf(tokens[at] ?? "") > at) superseded.add(number);
  return superseded;
}

async function keepRows(
  work: Work,
  lot: LotRow,
  rows: { row: number; subject: string; superseded: boolean; found: Finding }[],
): Promise<void> {
  if (rows.length === 0) return;
  const of = <T>(pick: (row: (typeof rows)[number]) => T) => rows.map(pick);
  await work.sql`
    insert into feeds.row (import_id, lot, row, subject, superseded, verdict, person_number, changes, doubt, seen_revision)
    select ${lot.importId}, ${lot.number}, r, s, u, v, p, string_to_array(c, ','), d, n
      from unnest(${of((r) => r.row)}::integer[], ${of((r) => r.subject)}::bigint[], ${of((r) => String(r.superseded))}::text[]::boolean[],
        ${of((r) => r.found.verdict)}::text[], ${of((r) => r.found.personNumber ?? null)}::text[],
        ${of((r) => r.found.changes?.join(",") ?? null)}::text[], ${of((r) => r.found.doubt ?? null)}::text[],
        ${of((r) => r.found.revision ?? null)}::integer[]) x(r, s, u, v, p, c, d, n)`;
}

/** Keeps why rows cannot be taken, and whom they speak of where that can be read. */
export async function keepBadRows(
  work: Work,
  lot: Pick<LotRow, "importId" | "number">,
  bad: ReadLot<unknown>["bad"],
): Promise<void> {
  if (bad.length === 0) return;
  const sources = bad.flatMap(({ sourceId }) => sourceId ?? []);
  const known = sources.length > 0 ? await matchSources(work, sources) : new Map();
  await work.tx.insert(badRow).values(
    bad.flatMap(({ number, errors, sourceId }) =>
      errors.map(({ field, code }) => ({
        importId: lot.importId,
        lot: lot.number,
        row: number,
        field,
        code,
        personNumber: known.get(sourceId ?? "")?.personNumber,
      })),
    ),
  );
}

async function closeReview(work: Work, { kind }: Feed, entry: ImportRow): Promise<void> {
  if (entry.extent === "full" && kind.everybody) {
    await work.tx.delete(gonePerson).where(eq(gonePerson.importId, entry.id));
    for await (const numbers of kind.everybody(work))
      await work.sql`insert into feeds.gone_person (import_id, person_number)
        select ${entry.id}, n from unnest(${numbers}::text[]) n
         where not exists (select from feeds.row r where r.import_id = ${entry.id} and r.person_number = n)
           and not exists (select from feeds.bad_row b where b.import_id = ${entry.id} and b.person_number = n)`;
  }
  await work.tx
    .update(feedImport)
    .set({
      state: "reviewed",
      revision: sql`${feedImport.revision} + 1`,
      reviewedAt: sql`clock_timestamp()`,
    })
    .where(and(eq(feedImport.id, entry.id), eq(feedImport.state, "reviewing")));
  await recordAudit(work, {
    kind: "event",
    action: "feed.reviewed",
    detail: { importId: entry.id, kind: entry.kind },
  });
}

/** Throws away what a review found and lets the file be reviewed again, because the world has moved. */
export async function reviewAgain(work: Work, importId: string, problem?: string): Promise<void> {
  const moved = await work.tx
    .update(feedImport)
    .set({
      state: "reviewing",
      revision: sql`${feedImport.revision} + 1`,
      reviewedAt: null,
      committedBy: null,
      problem: problem ?? null,
    })
    .where(and(eq(feedImport.id, importId), sql`${feedImport.state} in ('reviewed', 'committing')`))
    .returning({ id: feedImport.id });
  if (moved.length === 0) throw conflict("このファイルは、いまは確認し直せません。");
  await work.tx.delete(gonePerson).where(eq(gonePerson.importId, importId));
  await work.tx.delete(badRow).where(eq(badRow.importId, importId));
  await work.tx.delete(feedRow).where(eq(feedRow.importId, importId));
  await work.tx
    .update(feedLot)
    .set({ reviewedAt: null, committedAt: null })
    .where(eq(feedLot.importId, importId));
}
