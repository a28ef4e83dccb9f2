import type { ComponentChildren } from "preact";
import type { z } from "zod";
import type { Right } from "#src/platform/access/index.ts";
import type { CaseHead } from "#src/platform/applications/index.ts";
import {
  type Applied,
  applyEvent,
  type CaseAction,
  CaseConflict,
  type CaseRow,
  type EventRequest,
  getCase,
} from "#src/platform/cases/index.ts";
import { errorsOf } from "#src/platform/intake/index.ts";
import type { Problem } from "#src/platform/problem.ts";
import type { Purpose, Work } from "#src/platform/work.ts";
import type { CasePage } from "#workflows/cases/definition.ts";
import {
  Actions,
  Button,
  ButtonLink,
  type FieldErrors,
  Form,
  PageTitle,
} from "../components/index.ts";
import { page, type Reply } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import { afterStep } from "./after-step.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { eventOf } from "./event-of.ts";
import { caseTitle } from "./find-case.ts";
import { HeadLine } from "./head-line.tsx";
import { isPlainStep, lookAtSteps, nextAction, onwardPath } from "./next-action.ts";
import { StepFields } from "./parts.tsx";
import { casePath, listPath } from "./paths.ts";
import { readStep, revisionAgain } from "./read-step.ts";
import { ConflictNote, problemOf } from "./sent.tsx";

/** A form of a step that was sent and not taken. */
export interface SentStep {
  form?: Values;
  errors?: FieldErrors;
  problem?: Problem;
}

interface StepPageParts {
  title: string;
  head: CaseHead;
  sent: SentStep;
  content: ComponentChildren;
}

/** The page on which a step asks for what it needs; a form that was not taken comes back filled in. */
export function stepPage(found: CaseRow, { title, head, sent, content }: StepPageParts): Reply {
  const heading = `${caseTitle(found)} ${title}`;
  const path = casePath(found);
  const { form, problem } = sent;
  return page({
    title: heading,
    status: problem ? problem.status : form ? 422 : 200,
    breadcrumb: [
      { title: "申請一覧", path: listPath(found.program) },
      { title: found.number, path },
      { title },
    ],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <HeadLine head={head} />
        {problem && <ConflictNote problem={problem} path={path} />}
        {content}
      </>
    ),
  });
}

/** What every page of a step has looked at. */
interface Looked {
  found: CaseRow;
  head: CaseHead;
}

/** A page with one form that asks for what one step needs. */
interface StepForm<Seen extends Looked> {
  /** Ends its address, and names the event in the machine. */
  page: CasePage;
  right: Right;
  purpose: Purpose;
  audit: { opened: `${string}.${string}`; sent: `${string}.${string}` };
  /** What the page shows; every look is logged. */
  look(work: Work, caseId: string): Promise<Seen>;
  title(seen: Seen): string;
  Fields(props: { seen: Seen }): ComponentChildren;
  read(form: Values, seen: Seen): z.ZodSafeParseResult<unknown>;
  /** 保存する. */
  button: string;
  said: string;
}

/** What the page shows, and the step that may follow in the same go. */
interface Onward<Seen> {
  seen: Seen;
  follow: CaseAction | undefined;
}

/**
 * The page of a step and what becomes of its form: mistakes stand at their fields, and nothing typed is lost. Taken, it leads
 * on to the page of the next step of the intake; a step that needs no page of its own may be made with it.
 */
export function stepFormScreens<Seen extends Looked>(
  { application: { program } }: AnyCaseScreens,
  own: StepForm<Seen>,
): AnyRoute[] {
  const { right, purpose, audit } = own;
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
      async handle({ params: { caseId }, work }) {
        return formReply(own, await work((unit) => lookAt(unit, own, caseId), { caseId }), {});
      },
    }),
    defineRoute({
      ...shared,
      method: "post",
      audit: audit.sent,
      async handle({ params: { caseId }, form, work, platform, actor }) {
        const looked = await work((unit) => lookAt(unit, own, caseId), { caseId });
        const read = own.read(form, looked.seen);
        if (!read.success) return formReply(own, looked, { form, errors: errorsOf(read.error) });
        const type = eventOf(looked.seen.found, own.page);
        const then = form.choice("then", looked.follow ? [looked.follow.type] : []);
        try {
          const to = await work(
            async (unit) => {
              const step = readStep(caseId, form);
              const made = await applyEvent(unit, { ...step, event: { type }, input: read.data });
              if (then) await followWith(unit, then, { ...step, expectedRevision: made.revision });
              return onwardPath(unit, await getCase(unit, caseId));
            },
            { caseId },
          );
          const said = then ? `${own.said}「${looked.follow?.title}」を行いました。` : own.said;
          return afterStep({ platform, actor }, { caseId, to, said });
        } catch (error) {
          return formReply(own, looked, { form, problem: problemOf(error) });
        }
      },
    }),
  ];
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

async function lookAt<Seen extends Looked>(
  work: Work,
  own: StepForm<Seen>,
  caseId: string,
): Promise<Onward<Seen>> {
  const seen = await own.look(work, caseId);
  const steps = await lookAtSteps(work, seen.found);
  const next = nextAction(steps, eventOf(seen.found, own.page));
  // What another right is needed for is looked at first, on the page of the case.
  const follows = next && isPlainStep(next) && next.rule.right === own.right;
  return { seen, follow: follows ? next : undefined };
}

function formReply<Seen extends Looked>(
  own: StepForm<Seen>,
  { seen, follow }: Onward<Seen>,
  sent: SentStep,
): Reply {
  const { found, head } = seen;
  const { form, errors = {}, problem } = sent;
  const path = casePath(found);
  const button = problem instanceof CaseConflict ? `この入力で上書きして${own.button}` : own.button;
  return stepPage(found, {
    title: own.title(seen),
    head,
    sent,
    content: (
      <Form action={`${path}/${own.page}`} values={form} errors={errors} focusFirst>
        <StepFields found={{ revision: revisionAgain(found, sent) }} />
        <own.Fields seen={seen} />
        <Actions>
          {follow && (
            <Button name="then" value={follow.type} shortcut="Ctrl+Enter">
              {button.replace(/する$/, "し")}、{follow.title}
            </Button>
          )}
          {follow ? (
            <Button look="secondary">{button}</Button>
          ) : (
            <Button shortcut="Ctrl+Enter">{button}</Button>
          )}
          <ButtonLink href={path}>戻る</ButtonLink>
        </Actions>
      </Form>
    ),
  });
}
