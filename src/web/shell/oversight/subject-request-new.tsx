import {
  identityDocumentTitles,
  identityMethodTitles,
  identitySchema,
} from "#src/platform/intake/index.ts";
import { askers, openSubjectRequest, requestKinds } from "#src/platform/oversight/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { parseBirth } from "#workflows/dates/wareki.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { figures } from "#workflows/text/widths.ts";
import {
  Actions,
  Button,
  Checkbox,
  CheckboxGroup,
  choicesOf,
  DateField,
  type FieldErrors,
  FieldGroup,
  FieldRow,
  Form,
  PageTitle,
  SelectField,
  TextField,
} from "../../components/index.ts";
import { readDate, showDateShort } from "../../dates.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramTitles } from "../staff/duty-words.tsx";
import { requestGuard, requestsTitle } from "./subject-request-list.tsx";

const namesOf = <Key extends string>(titles: Readonly<Record<Key, string>>) =>
  Object.keys(titles) as Key[];

/** Receives a request at the counter. `titles`: the 事務 that it may be about. */
export const newRequestScreens = (titles: ProgramTitles) => [
  defineRoute({
    ...requestGuard,
    method: "get",
    path: "/subject-requests/new",
    audit: "subject-request.new-opened",
    handle: async (request) => newPage(request, titles, {}),
  }),
  defineRoute({
    ...requestGuard,
    method: "post",
    path: "/subject-requests/new",
    audit: "subject-request.receive-asked",
    async handle(request) {
      const { form, work } = request;
      const kind = form.choice("kind", namesOf(requestKinds));
      const asker = form.choice("asker", namesOf(askers));
      const personNumber = figures(form.text("personNumber"));
      const birthDate = parseBirth(form.text("birthDate"));
      const receivedOn = readDate(form.text("receivedOn"));
      const identity = identitySchema.safeParse({
        subject: asker === "self" ? "applicant" : "agent",
        method: form.choice("method", namesOf(identityMethodTitles)),
        documents: form.all("documents"),
        mandateSeen: form.has("mandateSeen"),
      });
      const errors: Record<string, string> = {};
      if (!kind) errors.kind = "種類を選んでください。";
      if (!asker) errors.asker = "請求した方を選んでください。";
      if (!isPersonNumber(personNumber))
        errors.personNumber = "統合宛名番号（10けた）を入力してください。";
      if (!birthDate) errors.birthDate = "生年月日を入力してください。例: H2.4.1";
      if (!receivedOn) errors.receivedOn = "受け付けた日を入力してください。例: R8.11.20";
      for (const { path, message } of identity.error?.issues ?? [])
        errors[String(path[0])] ??= message;
      if (!kind || !asker || !birthDate || !receivedOn || !identity.success)
        return newPage(request, titles, errors);
      if (Object.keys(errors).length > 0) return newPage(request, titles, errors);
      const { method, documents, mandateSeen } = identity.data;
      try {
        const id = await work((unit) =>
          openSubjectRequest(unit, {
            ...{ kind, asker, personNumber, birthDate, receivedOn },
            ...{ method, documents, mandateSeen: asker !== "self" && mandateSeen },
            program: form.choice("program", [...titles.keys()]) ?? null,
          }),
        );
        return redirect(`/subject-requests/${id}`, "請求を受け付けました。");
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return newPage(request, titles, error.errors);
      }
    },
  }),
];

function newPage({ form, platform }: ScreenRequest, titles: ProgramTitles, errors: FieldErrors) {
  const title = "請求を受け付ける";
  return page({
    title,
    breadcrumb: [{ title: requestsTitle, path: "/subject-requests" }, { title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Form
          action="/subject-requests/new"
          values={form.names().length > 0 ? form : undefined}
          errors={errors}
        >
          <FieldGroup title="請求">
            <FieldRow>
              <SelectField
                name="kind"
                label="種類"
                required
                empty="選んでください"
                options={choicesOf(requestKinds)}
              />
              <SelectField
                name="program"
                label="対象の事務"
                empty="すべての事務"
                options={choicesOf(Object.fromEntries(titles))}
              />
              <DateField
                name="receivedOn"
                label="受け付けた日"
                required
                value={showDateShort(platform.clock.today())}
                hint="翌日を1日目として30日以内に決定します。"
              />
            </FieldRow>
          </FieldGroup>
          <FieldGroup title="本人">
            <FieldRow>
              <TextField
                name="personNumber"
                label="統合宛名番号"
                required
                hint="住民の検索で見つけた番号を入力します。"
              />
              <DateField name="birthDate" label="本人の生年月日" birth required />
            </FieldRow>
          </FieldGroup>
          <FieldGroup title="請求した方の本人確認">
            <FieldRow>
              <SelectField
                name="asker"
                label="請求した方"
                required
                empty="選んでください"
                options={choicesOf(askers)}
              />
              <SelectField
                name="method"
                label="確認の方法"
                required
                empty="選んでください"
                options={choicesOf(identityMethodTitles)}
              />
            </FieldRow>
            <CheckboxGroup
              name="documents"
              label="確認した書類"
              options={choicesOf(identityDocumentTitles)}
            />
            <Checkbox
              name="mandateSeen"
              label="代理人の資格を示す書類（委任状、戸籍など）を確認した"
            />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">受け付ける</Button>
          </Actions>
        </Form>
      </>
    ),
  });
}
