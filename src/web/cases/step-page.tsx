import type { ComponentChildren } from "preact";
import type { z } from "zod";
import type { Right } from "#src/platform/access/index.ts";
import type { CaseHead } from "#src/platform/applications/index.ts";
import { applyEvent, CaseConflict, type CaseRow } from "#src/platform/cases/index.ts";
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
import { page, type Reply, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { eventOf } from "./event-of.ts";
import { caseTitle } from "./find-case.ts";
import { HeadLine } from "./head-line.tsx";
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
  said?: string;
}

/** The page of a step and what becomes of its form: mistakes stand at their fields, and nothing typed is lost. */
export function stepFormScreens<Seen extends Looked>(
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
      async handle({ params: { caseId }, work }) {
        return formReply(own, await work((unit) => look(unit, caseId), { caseId }), {});
      },
    }),
    defineRoute({
      ...shared,
      method: "post",
      audit: audit.sent,
      async handle({ params: { caseId }, form, work }) {
        const seen = await work((unit) => look(unit, caseId), { caseId });
        const read = own.read(form, seen);
        if (!read.success) return formReply(own, seen, { form, errors: errorsOf(read.error) });
        const event = { type: eventOf(seen.found, { page: own.page }) };
        try {
          await work(
            (unit) => applyEvent(unit, { ...readStep(caseId, form), event, input: read.data }),
            { caseId },
          );
        } catch (error) {
          return formReply(own, seen, { form, problem: problemOf(error) });
        }
        return redirect(casePath(seen.found), own.said);
      },
    }),
  ];
}

function formReply<Seen extends Looked>(own: StepForm<Seen>, seen: Seen, sent: SentStep): Reply {
  const { found, head } = seen;
  const { form, errors = {}, problem } = sent;
  const path = casePath(found);
  return stepPage(found, {
    title: own.title(seen),
    head,
    sent,
    content: (
      <Form action={`${path}/${own.page}`} values={form} errors={errors}>
        <StepFields found={{ revision: revisionAgain(found, sent) }} />
        <own.Fields seen={seen} />
        <Actions>
          <Button shortcut="Ctrl+Enter">
            {problem instanceof CaseConflict ? `この入力で上書きして${own.button}` : own.button}
          </Button>
          <ButtonLink href={path}>戻る</ButtonLink>
        </Actions>
      </Form>
    ),
  });
}
