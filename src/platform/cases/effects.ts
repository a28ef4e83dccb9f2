import { and, asc, eq, isNotNull, isNull, lt } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { caseRow, effect } from "#db/schema/cases.ts";
import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import { runWork, type Work } from "../work.ts";
import { getCase } from "./read.ts";
import { type LeftToDo, workflowOf } from "./workflow.ts";

/** After this many failures an effect waits for a person. */
const mostAttempts = 5;

/**
 * Does what the steps of a case (or of all cases) left to do, each in a transaction of its own and
 * each once. A failure is noted by its code and tried again the next time; what has lost its cause meanwhile falls away.
 *
 * @returns how many were done and how many failed
 */
export async function runEffects(
  platform: Platform,
  actor: Actor,
  caseId?: string,
): Promise<{ done: number; failed: number }> {
  const options = {
    purpose: actor.rights.some((r) => r.right === "system.run") ? "scheduled" : "case",
  } as const;
  const waiting = await runWork(platform, actor, options, ({ tx }) =>
    tx
      .select({
        id: effect.id,
        program: caseRow.program,
        caseId: effect.caseId,
        attempts: effect.attempts,
      })
      .from(effect)
      .innerJoin(caseRow, eq(caseRow.id, effect.caseId))
      .where(
        and(
          isNull(effect.doneAt),
          // Of one case also what waits for a person: it may have lost its cause by the step just made.
          caseId ? eq(effect.caseId, caseId) : lt(effect.attempts, mostAttempts),
        ),
      )
      .orderBy(asc(effect.id)),
  );
  let done = 0;
  let failed = 0;
  for (const { id, program, caseId: ofCase, attempts } of waiting) {
    const within = { ...options, program, caseId: ofCase };
    try {
      const isDone = await runWork(platform, actor, within, async (work) => {
        // Taken up by one process at a time; the others leave it.
        const [row] = await work.sql<LeftToDo[]>`
          select type, params, revision from cases.take_effect(${id})`;
        if (!row || (await lapse(work, id)) || attempts >= mostAttempts) return false;
        const found = await getCase(work, ofCase);
        await workflowOf(found.kind).effect(work, found, row);
        await work.sql`select cases.finish_effect(${id})`;
        return true;
      });
      if (isDone) done++;
    } catch (error) {
      failed++;
      await runWork(
        platform,
        actor,
        { ...options, program },
        ({ sql }) => sql`select cases.fail_effect(${id}, ${failureOf(error)})`,
      );
    }
  }
  return { done, failed };
}

/** Lets it fall away where it has lost its cause; tells whether it did. */
async function lapse(work: Work, effectId: number): Promise<boolean> {
  const [row] = await work.sql<{ lapsed: boolean }[]>`
    select cases.lapse_effect(${effectId}) as lapsed`;
  return row?.lapsed ?? false;
}

/** A letter that fell away before it was made, and who found so. */
export interface LapsedLetter {
  kind: string;
  at: Date;
  staffName: string;
}

export async function lapsedLetters(work: Work, caseId: string): Promise<LapsedLetter[]> {
  const rows = await work.tx
    .select({ params: effect.params, at: effect.doneAt, staffName: staff.displayName })
    .from(effect)
    .innerJoin(staff, eq(staff.id, effect.lapsedBy))
    .where(and(eq(effect.caseId, caseId), isNotNull(effect.doneAt)))
    .orderBy(asc(effect.doneAt));
  return rows.flatMap(({ params, at, staffName }) =>
    at ? [{ kind: String(params.kind), at, staffName }] : [],
  );
}

/** Texts of our own problems hold no personal data; of all else only the kind is kept. */
const failureOf = (error: unknown) =>
  error instanceof Problem ? error.message : error instanceof Error ? error.name : "unknown";

/** What a case still has to do: not yet tried, or failed with this text. */
export interface PendingEffect {
  type: string;
  params: Record<string, string | number | null>;
  failure: string | null;
}

export function pendingEffects(work: Work, caseId: string): Promise<PendingEffect[]> {
  return work.tx
    .select({ type: effect.type, params: effect.params, failure: effect.failure })
    .from(effect)
    .where(and(eq(effect.caseId, caseId), isNull(effect.doneAt)))
    .orderBy(asc(effect.id));
}

/** Lets what failed too often be tried again, because a person has seen to the cause. */
export async function retryEffects(work: Work, caseId: string): Promise<void> {
  await work.sql`select cases.retry_effects(${caseId})`;
}
