import { and, asc, eq, type SQL } from "drizzle-orm";
import { batchItem } from "#db/schema/mailings.ts";
import type { StoppedCharacter } from "../printing/index.ts";
import type { Work } from "../work.ts";
import { commentsOf } from "./history.ts";
import { judgePieces, peopleOf } from "./judge.ts";
import { mailingKind } from "./kind.ts";
import { getRun } from "./run.ts";
import { runOfKind } from "./run-of-kind.ts";

type ItemRow = typeof batchItem.$inferSelect;

export interface ItemQuery {
  state?: ItemRow["state"] | undefined;
  reason?: string | undefined;
  subject?: string | undefined;
  /** One piece, by its place in postal order. */
  place?: number | undefined;
  /** From 1. */
  page?: number;
  size?: number;
}

/** A page of the list of pieces, with the names of the people; each look is logged. @throws Problem 404 */
export async function listItems(work: Work, runId: string, query: ItemQuery) {
  const { page = 1, size = 50 } = query;
  await getRun(work, runId);
  const conditions: SQL[] = [eq(batchItem.runId, runId)];
  if (query.state) conditions.push(eq(batchItem.state, query.state));
  if (query.reason) conditions.push(eq(batchItem.reason, query.reason));
  if (query.place !== undefined) conditions.push(eq(batchItem.place, query.place));
  if (query.subject) conditions.push(eq(batchItem.subject, query.subject));
  const items = await work.tx
    .select()
    .from(batchItem)
    .where(and(...conditions))
    .orderBy(asc(batchItem.place), asc(batchItem.personNumber), asc(batchItem.subject))
    .limit(size)
    .offset((page - 1) * size);
  const people = await peopleOf(work, items, ["name"]);
  const settled = await commentsOf(
    work,
    items.flatMap(({ settleReasonId }) => settleReasonId ?? []),
  );
  return {
    total: await work.tx.$count(batchItem, and(...conditions)),
    items: items.map((item) => ({
      ...item,
      person: people.get(item.personNumber),
      /** How it was settled although it did not go. */
      settled: item.settleReasonId ? settled.get(item.settleReasonId) : undefined,
    })),
  };
}

/**
 * Characters that keep pieces from being printed, by the pieces given: those of a page of the list, since it takes a look at
 * each address.
 */
export async function charactersOf<Item extends ItemRow>(
  work: Work,
  runId: string,
  items: readonly Item[],
): Promise<Map<Item, readonly StoppedCharacter[]>> {
  const found = await getRun(work, runId);
  const of = { kind: mailingKind(found.kind), run: await runOfKind(work, found) };
  const judged = await judgePieces(work, of, items);
  return new Map(judged.map(({ item, characters }) => [item, characters]));
}
