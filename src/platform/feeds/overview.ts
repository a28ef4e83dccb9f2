import { and, asc, count, eq, inArray, min, ne } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { feedImport } from "#db/schema/feeds.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Figures, Lines } from "../lines.ts";
import type { Work } from "../work.ts";
import type { FeedKind } from "./kind.ts";
import type { ImportRow } from "./lot.ts";
import { lastCommitted } from "./receive.ts";

const waiting = eq(feedImport.state, "reviewed");

/** How many files wait to be committed. */
export const countWaiting = (work: Work): Promise<number> => work.tx.$count(feedImport, waiting);

/** Whose files wait to be committed: those that this person took in, or those of others. */
export type FileOwner = "me" | "others";

const takenInBy = (work: Work, owner: FileOwner) =>
  and(waiting, (owner === "me" ? eq : ne)(feedImport.preparedBy, work.actor.staffId));

/** Some of the files that wait to be committed, the oldest first. */
export const waitingFiles = (
  work: Work,
  owner: FileOwner,
  { from, size }: Lines,
): Promise<ImportRow[]> =>
  work.tx
    .select()
    .from(feedImport)
    .where(takenInBy(work, owner))
    .orderBy(asc(feedImport.preparedAt), asc(feedImport.id))
    .limit(size)
    .offset(from);

/** How many there are, and since when the oldest waits. */
export async function countWaitingFiles(work: Work, owner: FileOwner): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(feedImport.preparedAt) })
    .from(feedImport)
    .where(takenInBy(work, owner));
  return row ?? { count: 0, since: null };
}

/** Names of the two people of a file, by their ids. */
export async function handlersOf(work: Work, entry: ImportRow): Promise<Map<number, string>> {
  const ids = [entry.preparedBy, entry.committedBy].filter((id) => id !== null);
  const rows = await work.tx
    .select({ id: staff.id, name: staff.displayName })
    .from(staff)
    .where(inArray(staff.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A feed from which nothing has come for longer than agreed. */
export interface StoppedFeed {
  kind: Pick<FeedKind, "id" | "title">;
  /** Date of the last file committed. */
  since: IsoDate;
}

/** Feeds that have stopped; one that never began is not among them. */
export async function stoppedFeeds(work: Work, kinds: readonly FeedKind[]): Promise<StoppedFeed[]> {
  const today = work.platform.clock.today();
  const stopped: StoppedFeed[] = [];
  for (const kind of kinds) {
    const last = await lastCommitted(work, kind.id);
    const since = last?.fileDate as IsoDate | undefined;
    if (since && addDays(since, kind.expectedEveryDays) < today) stopped.push({ kind, since });
  }
  return stopped;
}
