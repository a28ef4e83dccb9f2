import { applyEvent, CaseConflict } from "#src/platform/cases/index.ts";
import { errorsOf } from "#src/platform/intake/index.ts";
import type { Problem } from "#src/platform/problem.ts";
import {
  Actions,
  Button,
  ButtonLink,
  type FieldErrors,
  Form,
  Notification,
  PageTitle,
  ProtectedBanner,
} from "../components/index.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { type EntryScreen, entryOf } from "./entry-subject.ts";
import { eventOf } from "./event-of.ts";
import { caseTitle } from "./find-case.ts";
import { StepFields } from "./parts.tsx";
import { casePath, listPath } from "./paths.ts";
import { readStep, revisionAgain } from "./read-step.ts";
import { ConflictNote, problemOf } from "./sent.tsx";

/** What is applied for, or what a report changes, is entered; provisional until another person confirms it. */
export function entryScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  const shared = {
    program,
    right: "case.enter",
    purpose: "counter",
    path: `/${program}/cases/:caseId/entry`,
  } as const;
  return [
    defineRoute({
      ...shared,
      method: "get",
      audit: "application.opened",
      async handle({ params: { caseId }, work }) {
        return entryForm(await work((unit) => entryOf(unit, screens, caseId), { caseId }), {});
      },
    }),
    defineRoute({
      ...shared,
      method: "post",
      audit: "application.entered",
      async handle({ params: { caseId }, form, work }) {
        const entry = await work((unit) => entryOf(unit, screens, caseId), { caseId });
        const read = entry.read(form);
        if (!read.success) return entryForm(entry, { form, errors: errorsOf(read.error) });
        const event = { type: eventOf(entry.found, { page: "entry" }) };
        try {
          await work(
            (unit) => applyEvent(unit, { ...readStep(caseId, form), event, input: read.data }),
            { caseId },
          );
        } catch (error) {
          return entryForm(entry, { form, problem: problemOf(error) });
        }
        return redirect(
          casePath(entry.found),
          "入力を保存しました。別の職員が確認するまでは仮の入力です。",
        );
      },
    }),
  ];
}

interface Sent {
  form?: Values;
  errors?: FieldErrors;
  problem?: Problem;
}

function entryForm(entry: EntryScreen, sent: Sent) {
  const { form, errors = {}, problem } = sent;
  const { found } = entry;
  const title = `${caseTitle(found)} ${entry.title}`;
  const path = casePath(found);
  return page({
    title,
    status: problem ? problem.status : form ? 422 : 200,
    breadcrumb: [
      { title: "申請一覧", path: listPath(found.program) },
      { title: found.number, path },
      { title: entry.title },
    ],
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {entry.isProtected && <ProtectedBanner />}
        {problem && <ConflictNote problem={problem} path={path} />}
        <Form action={`${path}/entry`} values={form} errors={errors}>
          <StepFields found={{ revision: revisionAgain(found, sent) }} />
          {entry.fields() ?? (
            <Notification tone="info">
              届出の理由と日付は、届出の受付時に入力済みです。内容を確かめて保存してください。
            </Notification>
          )}
          <Actions>
            <Button shortcut="Ctrl+Enter">
              {problem instanceof CaseConflict ? "この入力で上書きして保存する" : "保存する"}
            </Button>
            <ButtonLink href={path}>戻る</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}
