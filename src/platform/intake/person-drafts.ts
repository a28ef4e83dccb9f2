import { draftDays } from "#workflows/cases/drafts.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { Problem } from "../problem.ts";
import { seal, unseal } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { type Fields, largestDraft } from "./drafts.ts";

/** A page about a person in a 事務 into which something is typed before there is a case. */
export interface PersonDraftPlace {
  program: string;
  personNumber: string;
  page: string;
}

const placeOf = (work: Work, { program, personNumber, page }: PersonDraftPlace) =>
  `draft|${program}|${personNumber}|${page}|${work.actor.staffId}`;

/**
 * Keeps what somebody has typed about a person so far, in place of what was kept before; sealed with a key of its own, seen by
 * nobody else.
 *
 * @throws Problem 422 for what no form of ours holds
 */
export async function keepPersonDraft(
  work: Work,
  place: PersonDraftPlace,
  fields: Fields,
): Promise<void> {
  const plain = JSON.stringify(fields);
  if (plain.length > largestDraft)
    throw new Problem({ status: 422, message: "下書きとして保存できる量を超えています。" });
  const { key, wrapped } = work.platform.keys.newKey();
  const sealed = seal(key, placeOf(work, place), plain);
  const days = valueOn(draftDays, work.platform.clock.today());
  await work.sql`select vault.keep_person_draft(${place.program}, ${place.personNumber}, ${place.page}, ${sealed}, ${wrapped}, ${days})`;
}

/** Since when this person has a draft of the page; looks at nothing of it. */
export async function personDraftMark(
  work: Work,
  { program, personNumber, page }: PersonDraftPlace,
): Promise<Date | undefined> {
  const [row] = await work.sql<{ kept_at: string }[]>`
    select kept_at from vault.person_draft_mark(${program}, ${personNumber}, ${page})`;
  return row && new Date(row.kept_at);
}

/** This person's own draft of the page, opened; the look is logged. */
export async function openPersonDraft(
  work: Work,
  place: PersonDraftPlace,
): Promise<Fields | undefined> {
  const [row] = await work.sql<{ sealed: Buffer; wrapped_key: Buffer }[]>`
    select sealed, wrapped_key from vault.look_at_person_draft(${place.program}, ${place.personNumber}, ${place.page})`;
  if (!row) return undefined;
  const key = work.platform.keys.unwrap(row.wrapped_key);
  return JSON.parse(unseal(key, placeOf(work, place), row.sealed).toString()) as Fields;
}

/** Erases this person's draft of the page: it was received, or given up. */
export async function dropPersonDraft(
  work: Work,
  { program, personNumber, page }: PersonDraftPlace,
): Promise<void> {
  await work.sql`select vault.drop_person_draft(${program}, ${personNumber}, ${page})`;
}
