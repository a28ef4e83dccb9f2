import { randomUUID } from "node:crypto";
import type { Actor } from "#src/platform/access/index.ts";
import { paperOfDecision } from "#src/platform/applications/index.ts";
import {
  type Applied,
  applyEvent,
  definitionOf,
  getCase,
  latestApproval,
} from "#src/platform/cases/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { paperMark } from "#src/platform/printing/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** A case as somebody last saw it. */
export interface Seen {
  caseId: string;
  revision: number;
}

export interface StepOptions {
  input?: unknown;
  comment?: string | undefined;
  /** Limit date of the step (保留). */
  until?: IsoDate;
  idempotencyKey?: string;
}

/**
 * Makes one step on a case in somebody's name, as the screens do: who decides has looked at the letter that the decision
 * sends.
 */
export async function makeStep(
  platform: Platform,
  actor: Actor,
  { caseId, revision }: Seen,
  type: string,
  { input, comment, until, idempotencyKey = randomUUID() }: StepOptions = {},
): Promise<Applied> {
  const { program } = await runWork(platform, actor, { purpose: "case", caseId }, (work) =>
    getCase(work, caseId),
  );
  return runWork(platform, actor, { purpose: "case", caseId, program }, async (work) =>
    applyEvent(work, {
      caseId,
      expectedRevision: revision,
      event: { type, ...(until ? { until } : {}) },
      idempotencyKey,
      comment,
      input: input ?? (await seenDecision(work, caseId, type)),
    }),
  );
}

/** What the page of a decision sends back: with what its letter would be printed. */
async function seenDecision(work: Work, caseId: string, type: string): Promise<unknown> {
  const found = await getCase(work, caseId);
  if (definitionOf(found).events[type]?.act !== "approve") return undefined;
  const open = await latestApproval(work, caseId);
  if (!open || open.decision) return undefined;
  return { seenPaper: paperMark(await paperOfDecision(work, found.program, open.subject)) };
}
