import {
  type Applied,
  applyEvent,
  CaseConflict,
  type EventRequest,
  getCase,
} from "#src/platform/cases/index.ts";
import { draftMark, dropDraft, errorsOf, openDraft } from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { FieldErrors, ShownField } from "../components/index.ts";
import type { Reply } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { afterStep } from "./after-step.ts";
import { nextOnList } from "./came-from.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { offered } from "./draft-offer.tsx";
import { draftReply, draftScreens } from "./draft-screens.tsx";
import { eventOf } from "./event-of.ts";
import { isPlainStep, lookAtSteps, nextAction, onwardOrNext } from "./next-action.ts";
import { readStep } from "./read-step.ts";
import { mistakesOf, problemOf } from "./sent.tsx";
import type { PageRequest } from "./shown.ts";
import { conflictReply, type SentForm, takeChosen } from "./step-conflict.tsx";
import { fieldsOf, formReply } from "./step-form.tsx";
import type { Looked, StepForm } from "./step-kind.ts";
import { typedInVain } from "./typed-in-vain.ts";

/**
 * The page of a step and what becomes of its form: mistakes stand at their fields, and nothing typed is lost. Taken, it leads
 * on to the page of the next step of the intake; a step that needs no page of its own may be made with it.
 */
export function stepFormScreens<Seen extends Looked>(
  screens: AnyCaseScreens,
  declared: StepForm<Seen>,
): AnyRoute[] {
  const own = leadingOn(declared);
  const { program } = screens.application;
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
      async handle({ params: { caseId }, form, work, platform, actor }) {
        const sent = { caseId, form, work, platform, actor };
        const chosen = form.has("chosen") ? await takeChosen(own, sent) : sent;
        return "reply" in chosen ? chosen.reply : send(own, { ...sent, ...chosen });
      },
    }),
    ...draftScreens(screens, own),
  ];
}

/** The same, knowing the step that may follow in the same go. */
function leadingOn<Seen extends Looked>(own: StepForm<Seen>): StepForm<Seen> {
  return {
    ...own,
    async look(work, moment) {
      const seen = await own.look(work, moment);
      const next = nextAction(await lookAtSteps(work, seen.found), eventOf(seen.found, own.page));
      // What another right is needed for is looked at first, on the page of the case.
      const follows = next && isPlainStep(next) && next.rule.right === own.right;
      return { ...seen, follow: follows ? next : undefined };
    },
  };
}

/** Mistakes in the order of the fields, so that the first one told is the first one met. */
function inOrder(fields: readonly ShownField[], errors: FieldErrors): FieldErrors {
  const place = new Map(fields.map(({ name }, at) => [name, at]));
  const at = ([name]: [string, string]) => place.get(name) ?? -1;
  return Object.fromEntries(Object.entries(errors).toSorted((a, b) => at(a) - at(b)));
}

/** Makes the step, or answers with what is in its way. */
async function send<Seen extends Looked>(
  own: StepForm<Seen>,
  request: SentForm & Pick<PageRequest, "platform" | "actor">,
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
  const event = { type: eventOf(seen.found, own.page) };
  const { follow } = seen;
  const then = form.choice("then", follow ? [follow.type] : []);
  try {
    const to = await work(
      async (unit) => {
        const step = readStep(caseId, form);
        const { program } = seen.found;
        const next = await nextOnList(unit, { program, caseId });
        const made = await applyEvent(unit, { ...step, event, input: read.data });
        if (then) await followWith(unit, then, { ...step, expectedRevision: made.revision });
        await dropDraft(unit, { caseId, page: own.page });
        return onwardOrNext(unit, await getCase(unit, caseId), next);
      },
      { caseId },
    );
    const said = then ? `${own.said}「${follow?.title}」を行いました。` : own.said;
    return afterStep(request, { caseId, to, said });
  } catch (error) {
    const problem = problemOf(error);
    if (problem instanceof CaseConflict) return conflictReply(own, request, problem);
    return formReply(own, seen, { form, ...mistakesOf(problem) });
  }
}

/** The step that follows in the same go; all or nothing, as it is the same transaction. */
function followWith(work: Work, type: string, step: Omit<EventRequest, "event">): Promise<Applied> {
  return applyEvent(work, {
    caseId: step.caseId,
    expectedRevision: step.expectedRevision,
    idempotencyKey: `${step.idempotencyKey} ${type}`,
    event: { type },
  });
}
