import { and, asc, count, eq, inArray, isNotNull, type SQL } from "drizzle-orm";
import { batchItem, batchRun } from "#db/schema/mailings.ts";
import { lookAtPeople, type Person } from "../people/index.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { type ItemReason, mailingKind, type PieceToPrint } from "./kind.ts";
import { orderOf } from "./run-folder.ts";

type ItemRow = typeof batchItem.$inferSelect & { reason: ItemReason | null };

export interface ItemQuery {
  state?: ItemRow["state"] | undefined;
  reason?: ItemReason | undefined;
  subject?: string | undefined;
  /** One piece, by its place in postal order. */
  place?: number | undefined;
  /** From 1. */
  page?: number;
  size?: number;
}

/** A page of the list of pieces, with the names of the people; each look is logged. */
export async function listItems(work: Work, runId: string, query: ItemQuery) {
  const { page = 1, size = 50 } = query;
  const conditions: SQL[] = [eq(batchItem.runId, runId)];
  if (query.state) conditions.push(eq(batchItem.state, query.state));
  if (query.reason) conditions.push(eq(batchItem.reason, query.reason));
  if (query.place !== undefined) conditions.push(eq(batchItem.place, query.place));
  if (query.subject) conditions.push(eq(batchItem.subject, query.subject));
  const [total] = await work.tx
    .select({ rows: count() })
    .from(batchItem)
    .where(and(...conditions));
  const items = await work.tx
    .select()
    .from(batchItem)
    .where(and(...conditions))
    .orderBy(asc(batchItem.place), asc(batchItem.personNumber), asc(batchItem.subject))
    .limit(size)
    .offset((page - 1) * size);
  // Which characters they are shows only with the address, which most lists have no need of.
  const wanted = query.reason === "no-glyph" ? (["name", "address"] as const) : (["name"] as const);
  const people = await peopleOf(work, items, wanted);
  const characters =
    query.reason === "no-glyph" ? await charactersOf(work, runId, [...people.values()]) : undefined;
  return {
    total: total?.rows ?? 0,
    items: items.map((item) => ({
      ...(item as ItemRow),
      person: people.get(item.personNumber),
      characters: characters?.get(item.personNumber) ?? [],
    })),
  };
}

async function charactersOf(work: Work, runId: string, people: readonly Person[]) {
  const run = await runOf(work, runId);
  return mailingKind(run.kind).unprintable(work, await orderOf(work, run), people);
}

async function runOf(work: Work, runId: string) {
  const [run] = await work.tx.select().from(batchRun).where(eq(batchRun.id, runId));
  if (!run) throw notFound("一括発送が見つかりません。");
  return run;
}

const peopleOf = async (
  work: Work,
  items: readonly { personNumber: string }[],
  wanted: readonly ("name" | "address")[],
): Promise<Map<string, Person>> =>
  new Map(
    (
      await lookAtPeople(
        work,
        [...new Set(items.map(({ personNumber }) => personNumber))],
        [...wanted],
      )
    ).map((person) => [person.personNumber, person]),
  );

/** Numbers on pages that are looked at before numbers are given; their check digits are wrong. */
const sampleNumber = (index: number) => String(index).padStart(10, "0");

/** Real pages of a run, spread over it, to be looked at before it is approved. */
export async function previewRun(work: Work, runId: string, pages = 10): Promise<Uint8Array> {
  const run = await runOf(work, runId);
  const ready = await work.tx
    .select()
    .from(batchItem)
    .where(
      and(
        eq(batchItem.runId, runId),
        inArray(batchItem.state, ["ready", "made"]),
        isNotNull(batchItem.place),
      ),
    )
    .orderBy(asc(batchItem.place));
  const step = Math.max(1, ready.length / pages);
  const chosen = Array.from(
    { length: Math.min(pages, ready.length) },
    (_, index) => ready[Math.floor(index * step)],
  ).filter((item) => item !== undefined);
  const people = await peopleOf(work, chosen, ["name", "address"]);
  const pieces = chosen.flatMap(({ personNumber, subject, pieceNumber }, index): PieceToPrint[] => {
    const person = people.get(personNumber);
    return person && !person.addressMasked
      ? [{ personNumber, subject, pieceNumber: pieceNumber ?? sampleNumber(index), person }]
      : [];
  });
  if (pieces.length === 0) throw notFound("見本にできるものがありません。");
  const datedOn = (run.datedOn ?? work.platform.clock.today()) as `${number}-${number}-${number}`;
  const about = { ...(await orderOf(work, run)), datedOn, sample: true };
  return (await mailingKind(run.kind).print(work, about, pieces)).pdf;
}
