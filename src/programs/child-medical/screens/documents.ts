import { applyEvent } from "#src/platform/cases/index.ts";
import { redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { requiredDocuments } from "../required-documents.ts";
import { casePath } from "./parts.tsx";
import { readStep } from "./read-step.ts";

/** What was seen of the documents asked for. */
export const documentsRoute = defineRoute({
  method: "post",
  path: "/child-medical/cases/:caseId/documents",
  right: "case.enter",
  program: "child-medical",
  audit: "documents.checked",
  purpose: "case",
  async handle({ params: { caseId }, form, work }) {
    const input = Object.fromEntries(
      Object.keys(requiredDocuments).flatMap((code) =>
        form.text(code) ? [[code, form.text(code)]] : [],
      ),
    );
    await work(
      (unit) =>
        applyEvent(unit, { ...readStep(caseId, form), event: { type: "recordDocuments" }, input }),
      { caseId },
    );
    return redirect(casePath(caseId));
  },
});
