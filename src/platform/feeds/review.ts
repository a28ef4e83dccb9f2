import { and, eq } from "drizzle-orm";
import { feedLot } from "#db/schema/feeds.ts";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";
import { keepBadRows } from "./bad-rows.ts";
import { type Feed, notNeeded, verdictTitlesOf } from "./kind.ts";
import { type ImportRow, type LotRow, readLot } from "./lot.ts";
import { getImport, holdImport, moveImport } from "./move.ts";
import { needOf } from "./need.ts";
import { feedWork } from "./receive.ts";
import { settleRepeats, subjectOf } from "./repeats.ts";
import { compareLot, type FoundAlone } from "./sole.ts";

/** In whose name background steps run, and how they are stopped between two lots. */
export interface StepOptions {
  work?: WorkOptions;
  signal?: AbortSignal | undefined;
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
      await holdImport(work, importId);
      const next = await nextLot(work, importId, "reviewedAt");
      if (next) await reviewLot(work, feed, entry, next);
      return next;
    });
    if (!lot) break;
  }
  await inWork((work) => closeReview(work, feed, importId));
}

/** The first lot not yet reviewed (or committed) on which nobody works, held. */
export async function nextLot(
  work: Work,
  importId: string,
  step: "reviewedAt" | "committedAt",
): Promise<LotRow | undefined> {
  // The tables grow from nothing while the file is read; a plan kept from the beginning scans them whole.
  await work.sql`set local plan_cache_mode = force_custom_plan`;
  const [held] = await work.sql<{ number: number }[]>`
    select number from feeds.next_lot(${importId}, ${step === "committedAt"})`;
  if (!held) return undefined;
  const [lot] = await work.tx
    .select()
    .from(feedLot)
    .where(and(eq(feedLot.importId, importId), eq(feedLot.number, held.number)));
  return lot;
}

async function reviewLot(work: Work, feed: Feed, entry: ImportRow, lot: LotRow): Promise<void> {
  const read = await readLot(work, feed, entry, lot, { numbers: true });
  const subjects = read.good.map(({ row }) => subjectOf(work, feed, row));
  const superseded = await settleRepeats(work, entry, read, subjects);
  const rows = read.good.map(({ number, row }, at) => ({
    number,
    row,
    subject: String(subjects[at]),
    superseded: superseded.has(number),
  }));
  const needs = await needOf(work, feed.kind, read.good);
  const wanted = rows.filter((_, at) => needs[at]?.needed);
  const findings = await compareLot(
    work,
    feed,
    lot,
    wanted.map(({ row }) => row),
  );
  const titles = verdictTitlesOf(feed.kind);
  for (const { verdict } of findings)
    if (!(verdict in titles)) throw new Error(`${feed.kind.id} has no verdict ${verdict}`);
  await keepRows(
    work,
    lot,
    wanted.map((row, at) => ({ ...row, found: findings[at] ?? { verdict: "new" } })),
  );
  const others = rows.filter((_, at) => !needs[at]?.needed);
  await keepRows(
    work,
    lot,
    others.map((row) => ({ ...row, found: { verdict: notNeeded } })),
  );
  await keepBadRows(work, feed.kind, lot, read.bad);
  await work.sql`select feeds.close_lot(${lot.importId}, ${lot.number}, false)`;
}

async function keepRows(
  work: Work,
  lot: LotRow,
  rows: { number: number; subject: string; superseded: boolean; found: FoundAlone }[],
): Promise<void> {
  if (rows.length === 0) return;
  const of = <T>(pick: (row: (typeof rows)[number]) => T) => rows.map(pick);
  await work.sql`
    select feeds.keep_rows(${lot.importId}, ${lot.number}, ${of((r) => r.number)}::integer[], ${of((r) => r.subject)}::bigint[],
      ${of((r) => r.found.sole?.toString() ?? null)}::bigint[],
      ${of((r) => String(r.superseded))}::text[]::boolean[], ${of((r) => r.found.verdict)}::text[],
      ${of((r) => r.found.personNumber ?? null)}::text[], ${of((r) => r.found.changes?.join(",") ?? null)}::text[],
      ${of((r) => r.found.doubt ?? null)}::text[], ${of((r) => r.found.revision ?? null)}::integer[])`;
}

async function closeReview(work: Work, { kind }: Feed, importId: string): Promise<void> {
  const entry = await holdImport(work, importId);
  if (entry.state !== "reviewing") return;
  if (entry.extent === "full" && kind.expected)
    for await (const numbers of kind.expected.people(work))
      await work.sql`select feeds.keep_gone(${entry.id}, ${numbers}::text[])`;
  await moveImport(work, entry, "reviewed");
  await recordAudit(work, {
    kind: "event",
    action: "feed.reviewed",
    detail: { importId: entry.id, kind: entry.kind },
  });
}

/** Throws away what a review found, so that the file is reviewed again: asked for by a person, or because the world has moved. */
export async function reviewAgain(
  work: Work,
  importId: string,
  {
    event = "reviewAgain",
    problem = null,
  }: { event?: "reviewAgain" | "sendBack"; problem?: string | null } = {},
): Promise<void> {
  const entry = await holdImport(work, importId);
  await moveImport(work, entry, event, { why: problem });
}
