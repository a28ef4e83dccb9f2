import { applyEvent, type CaseRow } from "#src/platform/cases/index.ts";
import {
  errorsOf,
  identityMethodTitles,
  identitySchema,
  photoDocumentTitles,
  plainDocumentTitles,
} from "#src/platform/intake/index.ts";
import type { Problem } from "#src/platform/problem.ts";
import {
  Actions,
  Button,
  ButtonLink,
  Checkbox,
  CheckboxGroup,
  choicesOf,
  type FieldErrors,
  FieldGroup,
  Form,
  PageTitle,
  RadioGroup,
} from "../components/index.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import type { Values } from "../values.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { eventOf } from "./event-of.ts";
import { caseTitle, findCase } from "./find-case.ts";
import { StepFields } from "./parts.tsx";
import { casePath, listPath } from "./paths.ts";
import { readStep, revisionAgain } from "./read-step.ts";
import { ConflictNote, problemOf } from "./sent.tsx";

/** Whoever stands at the counter shows who they are (ACQ-1). */
export function identityScreens(screens: AnyCaseScreens): AnyRoute[] {
  const { program } = screens.application;
  const shared = {
    program,
    right: "case.enter",
    purpose: "counter",
    path: `/${program}/cases/:caseId/identity`,
  } as const;
  return [
    defineRoute({
      ...shared,
      method: "get",
      audit: "identity-check.opened",
      async handle({ params: { caseId }, work }) {
        const { found } = await work((unit) => findCase(unit, screens, caseId), { caseId });
        return identityForm(found, {});
      },
    }),
    defineRoute({
      ...shared,
      method: "post",
      audit: "identity-check.recorded",
      async handle({ params: { caseId }, form, work }) {
        const { found } = await work((unit) => findCase(unit, screens, caseId), { caseId });
        const read = identitySchema.safeParse({
          subject: form.text("subject"),
          method: form.text("method"),
          documents: form.all("documents"),
          mandateSeen: form.has("mandateSeen"),
        });
        if (!read.success) return identityForm(found, { form, errors: errorsOf(read.error) });
        const event = { type: eventOf(found, { page: "identity" }) };
        try {
          await work(
            (unit) => applyEvent(unit, { ...readStep(caseId, form), event, input: read.data }),
            { caseId },
          );
        } catch (error) {
          return identityForm(found, { form, problem: problemOf(error) });
        }
        return redirect(casePath(found));
      },
    }),
  ];
}

interface Sent {
  form?: Values;
  errors?: FieldErrors;
  problem?: Problem;
}

function identityForm(found: CaseRow, sent: Sent) {
  const { form, errors = {}, problem } = sent;
  const title = `${caseTitle(found)} 本人確認`;
  const path = casePath(found);
  return page({
    title,
    status: problem ? problem.status : form ? 422 : 200,
    breadcrumb: [
      { title: "申請一覧", path: listPath(found.program) },
      { title: found.number, path },
      { title: "本人確認" },
    ],
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {problem && <ConflictNote problem={problem} path={path} />}
        <Form action={`${path}/identity`} values={form} errors={errors}>
          <StepFields found={{ revision: revisionAgain(found, sent) }} />
          <IdentityFields />
          <Actions>
            <Button shortcut="Ctrl+Enter">記録する</Button>
            <ButtonLink href={path}>戻る</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}

function IdentityFields() {
  const withPhoto = choicesOf(photoDocumentTitles).map((one) => ({
    ...one,
    label: `${one.label}（写真付き）`,
  }));
  return (
    <>
      <FieldGroup title="窓口に来た方">
        <RadioGroup
          name="subject"
          label="来庁者"
          required
          value="applicant"
          options={choicesOf({ applicant: "申請者・届出者本人", agent: "代理人" })}
        />
        <Checkbox name="mandateSeen" label="委任状を確認した（代理人の場合）" />
      </FieldGroup>
      <FieldGroup title="確認した書類（番号は控えません）">
        <RadioGroup
          name="method"
          label="確認の方法"
          required
          options={choicesOf(identityMethodTitles)}
        />
        <CheckboxGroup
          name="documents"
          label="書類"
          options={[...withPhoto, ...choicesOf(plainDocumentTitles)]}
          hint="通知カード等の場合は写真付き1点、写真のない書類の場合は2点を選んでください。"
        />
      </FieldGroup>
    </>
  );
}
