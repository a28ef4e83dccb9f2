import { randomUUID } from "node:crypto";
import { CaseConflict, type CaseRow, type EventRequest } from "#src/platform/cases/index.ts";
import type { Problem } from "#src/platform/problem.ts";
import type { Values } from "../values.ts";

/** Which case, as it stood on the page, the key of the form, and the comment. */
export function readStep(caseId: string, form: Values): Omit<EventRequest, "event" | "input"> {
  const comment = form.text(`comment-${form.text("event")}`);
  return {
    caseId,
    expectedRevision: form.integer("revision") ?? 0,
    idempotencyKey: readKey(form),
    ...(comment ? { comment } : {}),
  };
}

/** The key by which a form that is sent twice is taken once. */
export const readKey = (form: Values): string => form.text("key").slice(0, 100) || randomUUID();

/**
 * The revision that a form carries when it comes back: the one on which it was filled in, so that a step of somebody else is
 * still noticed; after it was noticed and shown, the present one.
 */
export const revisionAgain = (
  found: Pick<CaseRow, "revision">,
  { form, problem }: { form?: Values; problem?: Problem },
): number =>
  problem instanceof CaseConflict
    ? problem.presentRevision
    : (form?.integer("revision") ?? found.revision);
