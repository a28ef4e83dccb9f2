import { randomUUID } from "node:crypto";
import type { Values } from "#src/web/values.ts";
import type { StepRequest } from "../services.ts";

/** Which case, as it stood on the page, the key of the form, and the comment. */
export function readStep(caseId: string, form: Values): StepRequest {
  const comment = form.text(`comment-${form.text("event")}`);
  return {
    caseId,
    expectedRevision: form.integer("revision") ?? 0,
    idempotencyKey: form.text("key").slice(0, 100) || randomUUID(),
    ...(comment ? { comment } : {}),
  };
}
