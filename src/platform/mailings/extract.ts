import { eq } from "drizzle-orm";
import { batchItem } from "#db/schema/mailings.ts";
import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";
import { addressKey, bundleKey } from "./bundles.ts";
import { judgePieces, recordStopped } from "./judge.ts";
import {
  type Candidate,
  type MailingKind,
  mailingKind,
  type RunOfKind,
  reasonTitles,
  waitsForRelease,
} from "./kind.ts";
import { applyRunEvent } from "./move-run.ts";
import { type Bundling, lockRun } from "./run.ts";
import { runOfKind } from "./run-of-kind.ts";

/** People looked at in one statement. */
const lot = 1000;

/**
 * Finds the pieces of a run and their order. In one transaction, so that a process that dies leaves
 * the run as it was, and the same job does it again.
 */
export async function extractRun(
  platform: Platform,
  actor: Actor,
  options: WorkOptions,
  runId: string,
): Promise<void> {
  await runWork(platform, actor, options, async (work) => {
    const found = await lockRun(work, runId);
    if (found.state !== "preparing") return;
    const [kind, run] = [mailingKind(found.kind), await runOfKind(work, found)];
    const candidates = found.followsRunId
      ? await chosen(work, runId)
      : await kind.select(work, run);
    await work.sql`select mailings.clear_pieces(${runId})`;
    const { bundling } = found;
    const placing = await placed(work, { kind, run, bundling }, candidates);
    const items = [...leftOutOf(candidates), ...placing];
    requireReasons(kind, items);
    await insertItems(work, runId, items);
    await applyRunEvent(work, { runId, type: "extracted" });
  });
}

/** Of a run that follows another: the pieces that were chosen when it was begun, whatever became of them since. */
const chosen = (work: Work, runId: string): Promise<Candidate[]> =>
  work.tx
    .select({
      personNumber: batchItem.personNumber,
      subject: batchItem.subject,
      pieceNumber: batchItem.pieceNumber,
    })
    .from(batchItem)
    .where(eq(batchItem.runId, runId));

interface Item extends Candidate {
  state: "ready" | "held" | "left-out";
  reason: string | null;
  place: number | null;
  /** Number of the envelope in the run, where pieces go together. */
  bundle: number | null;
}

/** Those whom the kind left out before anybody was looked at. */
const leftOutOf = (candidates: readonly Candidate[]): Item[] =>
  candidates.flatMap((one) =>
    one.leftOut
      ? [{ ...one, state: "left-out", reason: one.leftOut, place: null, bundle: null } as const]
      : [],
  );

/**
 * Looks at those who would get a piece: may it be sent, and where does it stand in postal order. Characters that stop one
 * enter the 外字一覧.
 */
async function placed(
  work: Work,
  of: { kind: MailingKind; run: RunOfKind; bundling: Bundling },
  candidates: readonly Candidate[],
): Promise<Item[]> {
  const byPerson = [
    ...Map.groupBy(
      candidates.filter(({ leftOut }) => !leftOut),
      ({ personNumber }) => personNumber,
    ).values(),
  ];
  const leftOut: Item[] = [];
  const ordered: { envelope: string; key: string; item: Item }[] = [];
  for (let start = 0; start < byPerson.length; start += lot) {
    const judged = await judgePieces(work, of, byPerson.slice(start, start + lot).flat());
    await recordStopped(work, of.kind, of.run.id, judged);
    for (const { item, reason, ready, person } of judged) {
      const { personNumber, subject } = item;
      if (reason !== null && !waitsForRelease(reason))
        leftOut.push({ ...item, state: "left-out", reason, place: null, bundle: null });
      else {
        const address = ready ? addressKey(ready.to) : "";
        const state = reason === null ? "ready" : "held";
        const isProtected = reason !== null || person?.isProtected === true;
        const owner = { personNumber, householdNumber: person?.householdNumber, isProtected };
        const bundle = bundleKey(of.bundling, owner);
        const envelope = bundle === undefined ? address : `${address} ${bundle}`;
        ordered.push({
          envelope,
          key: `${envelope} ${personNumber} ${subject}`,
          item: { ...item, state, reason, place: null, bundle: null },
        });
      }
    }
  }
  ordered.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  let bundle = 0;
  const inOrder = ordered.map(({ item, envelope }, index): Item => {
    if (envelope !== ordered[index - 1]?.envelope) bundle++;
    return { ...item, place: index + 1, bundle: of.bundling === "none" ? null : bundle };
  });
  return [...inOrder, ...leftOut];
}

/** A reason without a title would be seen as its code by the people who send. */
function requireReasons(kind: MailingKind, items: readonly Item[]): void {
  const known = reasonTitles(kind);
  const strange = items.find(({ reason }) => reason !== null && !(reason in known));
  if (strange) throw new Error(`${kind.id} leaves out for a reason it does not declare`);
}

/** Enters pieces of a run that is extracted. */
export async function insertItems(
  work: Work,
  runId: string,
  items: readonly Item[],
): Promise<void> {
  const chunk = 10_000;
  for (let start = 0; start < items.length; start += chunk) {
    const part = items.slice(start, start + chunk);
    await work.sql`
      select mailings.enter_pieces(${runId}, ${part.map((i) => i.personNumber)}::text[], ${part.map((i) => i.subject)}::text[],
        ${part.map((i) => i.state)}::text[], ${part.map((i) => i.reason)}::text[],
        ${part.map((i) => i.place)}::integer[], ${part.map((i) => i.pieceNumber ?? null)}::text[],
        ${part.map((i) => i.bundle)}::integer[])`;
  }
}
