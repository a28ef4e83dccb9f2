import { applyEvent, type CaseRow, getCase } from "#src/platform/cases/index.ts";
import {
  Actions,
  Button,
  ButtonLink,
  Checkbox,
  CheckboxGroup,
  type FieldErrors,
  FieldGroup,
  Form,
  PageTitle,
  RadioGroup,
} from "#src/web/components/index.ts";
import { page, redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { errorsOf } from "../application.ts";
import {
  identityMethodTitles,
  identitySchema,
  photoDocumentTitles,
  plainDocumentTitles,
} from "../identity.ts";
import { casePath, StepFields } from "./parts.tsx";
import { readStep } from "./read-step.ts";

const choices = (titles: Record<string, string>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label }));
const shared = {
  program: "child-medical",
  right: "case.enter",
  purpose: "counter",
  path: "/child-medical/cases/:caseId/identity",
} as const;

export const identityPage = defineRoute({
  ...shared,
  method: "get",
  audit: "identity-check.opened",
  async handle({ params: { caseId }, work }) {
    const found = await work((unit) => getCase(unit, caseId), { caseId });
    return identityForm(found);
  },
});

export const identityRoute = defineRoute({
  ...shared,
  method: "post",
  audit: "identity-check.recorded",
  async handle({ params: { caseId }, form, work }) {
    const read = identitySchema.safeParse({
      subject: form.text("subject"),
      method: form.text("method"),
      documents: form.all("documents"),
      mandateSeen: form.has("mandateSeen"),
    });
    if (!read.success) {
      const found = await work((unit) => getCase(unit, caseId), { caseId });
      return identityForm(found, form, errorsOf(read.error));
    }
    await work(
      (unit) =>
        applyEvent(unit, {
          ...readStep(caseId, form),
          event: { type: "recordIdentity" },
          input: read.data,
        }),
      { caseId },
    );
    return redirect(casePath(caseId));
  },
});

function identityForm(found: CaseRow, values?: Values, errors: FieldErrors = {}) {
  const title = `こども医療費助成 申請 ${found.number} 本人確認`;
  return page({
    title,
    status: values ? 422 : 200,
    breadcrumb: [
      { title: "申請一覧", path: "/child-medical/cases" },
      { title: found.number, path: casePath(found.id) },
      { title: "本人確認" },
    ],
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Form action={`${casePath(found.id)}/identity`} values={values} errors={errors}>
          <StepFields found={found} />
          <FieldGroup title="窓口に来た方">
            <RadioGroup
              name="subject"
              label="来庁者"
              required
              value="applicant"
              options={[
                { value: "applicant", label: "申請者（保護者）本人" },
                { value: "agent", label: "代理人" },
              ]}
            />
            <Checkbox name="mandateSeen" label="委任状を確認した（代理人の場合）" />
          </FieldGroup>
          <FieldGroup title="確認した書類（番号は控えません）">
            <RadioGroup
              name="method"
              label="確認の方法"
              required
              options={choices(identityMethodTitles)}
            />
            <CheckboxGroup
              name="documents"
              label="書類"
              options={[
                ...choices(photoDocumentTitles).map((one) => ({
                  ...one,
                  label: `${one.label}（写真付き）`,
                })),
                ...choices(plainDocumentTitles),
              ]}
              hint="通知カード等の場合は写真付き1点、写真のない書類の場合は2点を選んでください。"
            />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">記録する</Button>
            <ButtonLink href={casePath(found.id)}>戻る</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}
