import { dropDraft, formDraftMarks, formPlace, openDraft } from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import { Values } from "../values.ts";
import type { FormDrafts } from "./drafted-form.tsx";
import { casePath } from "./paths.ts";

/** What of a person's drafts a page of a case offers. */
export async function readFormDrafts(
  work: Work,
  found: { program: string; id: string },
  { page, draft }: { page?: FormDrafts["page"]; draft?: string | undefined },
): Promise<FormDrafts> {
  const marks = await formDraftMarks(work, found.id);
  const chosen = draft && marks.has(draft) ? draft : undefined;
  const kept = chosen && (await openDraft(work, { caseId: found.id, page: formPlace(chosen) }));
  return {
    path: casePath(found),
    page,
    marks,
    ...(chosen && kept ? { opened: { event: chosen, form: new Values(kept.fields) } } : {}),
  };
}

/** Erases the draft of a form that was sent and taken, with it. */
export const dropFormDraft = (work: Work, caseId: string, event: string): Promise<void> =>
  dropDraft(work, { caseId, page: formPlace(event) });

/** What a form sends that is no entry of a person. */
const notTyped = new Set(["_csrf", "key", "revision"]);

/** Names and values of a form as a draft keeps them. */
export const typedFields = (form: Values) =>
  form
    .names()
    .filter((name) => !notTyped.has(name))
    .flatMap((name) => form.all(name).map((value) => [name, value] as const));
