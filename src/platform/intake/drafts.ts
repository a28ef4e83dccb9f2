import { draftDays } from "#workflows/cases/drafts.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import { seal, unseal } from "../vault/index.ts";
import { runWork, type Work } from "../work.ts";

/** A page or form of a case into which something is typed. */
interface DraftPlace {
  caseId: string;
  /** As its address ends (`entry`); of a form that stands among others {@link formPlace}. */
  page: string;
}

/** That a draft is there: since when, and at which revision of the case. */
export interface DraftMark {
  revision: number;
  keptAt: Date;
}

/** Names and values of fields, as a form sends them. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** Characters of a draft at most: more than any form of ours holds. */
export const largestDraft = 100_000;

/** Names a form that stands on a page among others: the event it sends, or the panel. */
export const formPlace = (event: string) => `form-${event}`;

const placeOf = (work: Work, { caseId, page }: DraftPlace) =>
  `draft|${caseId}|${page}|${work.actor.staffId}`;

/**
 * Keeps what somebody has typed so far, in place of what was kept before; sealed with a key of its own. The database refuses
 * it for a case that ended or is not worked on by this person.
 *
 * @throws Problem 422 for what no form of ours holds
 */
export async function keepDraft(
  work: Work,
  place: DraftPlace,
  { revision, fields }: { revision: number; fields: Fields },
): Promise<void> {
  const plain = JSON.stringify(fields);
  if (plain.length > largestDraft)
    throw new Problem({ status: 422, message: "下書きとして保存できる量を超えています。" });
  const { key, wrapped } = work.platform.keys.newKey();
  const sealed = seal(key, placeOf(work, place), plain);
  const days = valueOn(draftDays, work.platform.clock.today());
  await work.sql`select vault.keep_draft(${place.caseId}, ${place.page}, ${revision}, ${sealed}, ${wrapped}, ${days})`;
}

/** Whether this person has a draft of the page; looks at nothing of it. */
export async function draftMark(
  work: Work,
  { caseId, page }: DraftPlace,
): Promise<DraftMark | undefined> {
  const [row] = await work.sql<{ revision: number; kept_at: string }[]>`
    select * from vault.draft_mark(${caseId}, ${page})`;
  return row && { revision: row.revision, keptAt: new Date(row.kept_at) };
}

/** This person's drafts of the forms of a case that stand among others, by event; looks at nothing of them. */
export async function formDraftMarks(
  work: Work,
  caseId: string,
): Promise<ReadonlyMap<string, DraftMark>> {
  const rows = await work.sql<{ page: string; revision: number; kept_at: string }[]>`
    select * from vault.draft_marks(${caseId})`;
  const prefix = formPlace("");
  return new Map(
    rows
      .filter(({ page }) => page.startsWith(prefix))
      .map(({ page, revision, kept_at }) => [
        page.slice(prefix.length),
        { revision, keptAt: new Date(kept_at) },
      ]),
  );
}

/** This person's own draft of the page, opened; the look is logged. */
export async function openDraft(
  work: Work,
  place: DraftPlace,
): Promise<(DraftMark & { fields: Fields }) | undefined> {
  const [row] = await work.sql<
    { revision: number; kept_at: string; sealed: Buffer; wrapped_key: Buffer }[]
  >`select * from vault.look_at_draft(${place.caseId}, ${place.page})`;
  if (!row) return undefined;
  const key = work.platform.keys.unwrap(row.wrapped_key);
  const plain = unseal(key, placeOf(work, place), row.sealed).toString();
  return {
    revision: row.revision,
    keptAt: new Date(row.kept_at),
    fields: JSON.parse(plain) as Fields,
  };
}

/** Erases this person's draft of the page: it was saved, or given up. */
export async function dropDraft(work: Work, { caseId, page }: DraftPlace): Promise<void> {
  await work.sql`select vault.drop_draft(${caseId}, ${page})`;
}

/** Erases the drafts whose day is past. */
export const eraseDrafts = (platform: Platform, system: Actor): Promise<unknown> =>
  runWork(
    platform,
    system,
    { purpose: "scheduled" },
    (work) => work.sql`select intake.erase_drafts()`,
  );
