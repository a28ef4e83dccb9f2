import type { CaseConflict } from "#src/platform/cases/index.ts";
import type { FieldErrors } from "../components/index.ts";
import type { Reply } from "../reply.ts";
import type { ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";
import { ClashForm, undecided } from "./clash-form.tsx";
import { type Clash, clashesOf, merged } from "./clashes.ts";
import { casePath } from "./paths.ts";
import { fieldsOf, formReply } from "./step-form.tsx";
import type { Looked, StepForm } from "./step-kind.ts";
import { stepPage } from "./step-page.tsx";

/** The form of a step as it came with a request. */
export interface SentForm {
  caseId: string;
  form: Values;
  work: ScreenRequest["work"];
}

/** What stood in the fields at two revisions. */
async function both<Seen extends Looked>(
  own: StepForm<Seen>,
  { caseId, work }: SentForm,
  at: { base: number; theirs?: number },
) {
  const [before, now] = await work(
    async (unit) => [
      await own.look(unit, { caseId, at: at.base }),
      await own.look(unit, { caseId, at: at.theirs }),
    ],
    { caseId },
  );
  return { now, base: fieldsOf(own, before), theirs: fieldsOf(own, now) };
}

/**
 * Somebody else was faster. What they saved in the same fields is shown beside what the person has, to choose from; where
 * they did something else, the form comes back as it was.
 */
export async function conflictReply<Seen extends Looked>(
  own: StepForm<Seen>,
  request: SentForm,
  problem: CaseConflict,
): Promise<Reply> {
  const { form } = request;
  const base = form.integer("revision") ?? 0;
  const found = await both(own, request, { base });
  const clashes = clashesOf(form, found);
  if (clashes.length === 0)
    return formReply(own, found.now, { form: merged(form, found.theirs), problem });
  const revision = problem.presentRevision;
  return clashReply(own, found.now, { form, clashes, base, revision, problem, errors: {} });
}

/**
 * Takes of each field the value that was chosen where two people had changed it: the form to be saved, or the page that
 * shows it or asks again.
 */
export async function takeChosen<Seen extends Looked>(
  own: StepForm<Seen>,
  request: SentForm,
): Promise<{ form: Values } | { reply: Reply }> {
  const { form } = request;
  const revision = form.integer("revision") ?? 0;
  const base = form.integer("base") ?? 0;
  const found = await both(own, request, { base, theirs: revision });
  const clashes = clashesOf(form, found);
  const errors = undecided(form, clashes);
  if (Object.keys(errors).length > 0)
    return { reply: clashReply(own, found.now, { form, clashes, base, revision, errors }) };
  const chosen = merged(form, found.theirs);
  return form.text("chosen") === "show"
    ? { reply: formReply(own, found.now, { form: chosen, taken: true }) }
    : { form: chosen };
}

interface Clashing {
  form: Values;
  clashes: readonly Clash[];
  base: number;
  revision: number;
  errors: FieldErrors;
  problem?: CaseConflict;
}

function clashReply<Seen extends Looked>(
  own: StepForm<Seen>,
  seen: Seen,
  { problem, ...clashing }: Clashing,
): Reply {
  const back = casePath(seen.found);
  return stepPage(seen.found, {
    title: own.title(seen),
    head: seen.head,
    sent: { form: clashing.form, ...(problem ? { problem } : {}) },
    content: (
      <ClashForm action={`${back}/${own.page}`} back={back} button={own.button} {...clashing} />
    ),
  });
}
