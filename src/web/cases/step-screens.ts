import { applyEvent, CaseConflict, type CaseRow } from "#src/platform/cases/index.ts";
import { draftMark, dropDraft, errorsOf, openDraft } from "#src/platform/intake/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { FieldErrors, ShownField } from "../components/index.ts";
import { type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { offered } from "./draft-offer.tsx";
import { draftReply, draftScreens } from "./draft-screens.tsx";
import { eventOf } from "./event-of.ts";
import { casePath } from "./paths.ts";
import { readStep } from "./read-step.ts";
import { problemOf } from "./sent.tsx";
import { conflictReply, type SentForm, takeChosen } from "./step-conflict.tsx";
import { fieldsOf, formReply, type StepForm } from "./step-form.tsx";
import { typedInVain } from "./typed-in-vain.ts";

/** The page of a step and what becomes of its form: mistakes stand at their fields, and nothing typed is lost. */
export function stepFormScreens<Seen extends { found: CaseRow }>(
  { application: { program } }: AnyCaseScreens,
  own: StepForm<Seen>,
): AnyRoute[] {
  const { right, purpose, audit, look } = own;
  const shared = {
    program,
    right,
    purpose,
    path: `/${program}/cases/:caseId/${own.page}`,
  } as const;
  return [
    defineRoute({
      ...shared,
      method: "get",
      audit: audit.opened,
      async handle({ params: { caseId }, query, work }) {
        const place = { caseId, page: own.page };
        const goesOn = query.has("draft");
        const { seen, draft, mark } = await work(
          async (unit) => {
            const seen = await look(unit, { caseId });
            const draft = goesOn ? await openDraft(unit, place) : undefined;
            const found = draft ?? (await draftMark(unit, place));
            return { seen, draft, mark: await offered(unit, seen.found, found) };
          },
          { caseId },
        );
        if (draft && mark) return formReply(own, seen, { draft: { ...draft, ...mark } });
        return mark ? draftReply(own, seen, mark) : formReply(own, seen, {});
      },
    }),
    defineRoute({
      ...shared,
      method: "post",
      audit: audit.sent,
      async handle({ params: { caseId }, form, work }) {
        const sent = { caseId, form, work };
        const chosen = form.has("chosen") ? await takeChosen(own, sent) : sent;
        return "reply" in chosen ? chosen.reply : send(own, { ...sent, ...chosen });
      },
    }),
    ...draftScreens(program, own),
  ];
}

/** Mistakes in the order of the fields, so that the first one told is the first one met. */
function inOrder(fields: readonly ShownField[], errors: FieldErrors): FieldErrors {
  const place = new Map(fields.map(({ name }, at) => [name, at]));
  const at = ([name]: [string, string]) => place.get(name) ?? -1;
  return Object.fromEntries(Object.entries(errors).toSorted((a, b) => at(a) - at(b)));
}

/** Makes the step, or answers with what is in its way. */
async function send<Seen extends { found: CaseRow }>(
  own: StepForm<Seen>,
  request: SentForm,
): Promise<Reply> {
  const { caseId, form, work } = request;
  const seen = await work((unit) => own.look(unit, { caseId }), { caseId });
  const read = own.read(form, seen);
  const fields = fieldsOf(own, seen);
  const errors = inOrder(fields, {
    ...(read.success ? {} : errorsOf(read.error)),
    ...typedInVain(fields, form),
  });
  if (Object.keys(errors).length > 0) return formReply(own, seen, { form, errors });
  const event = { type: eventOf(seen.found, { page: own.page }) };
  try {
    await work(
      async (unit) => {
        await applyEvent(unit, { ...readStep(caseId, form), event, input: read.data });
        await dropDraft(unit, { caseId, page: own.page });
      },
      { caseId },
    );
  } catch (error) {
    const problem = problemOf(error);
    if (problem instanceof CaseConflict) return conflictReply(own, request, problem);
    return formReply(
      own,
      seen,
      problem instanceof EntryProblem
        ? { form, errors: { [problem.field]: problem.message } }
        : { form, problem },
    );
  }
  return redirect(casePath(seen.found), own.said);
}
