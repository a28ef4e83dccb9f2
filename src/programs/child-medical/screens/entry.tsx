import type { ZodError } from "zod";
import { latestEntry } from "#src/platform/approvals/index.ts";
import { applyEvent, CaseConflict, type CaseRow, getCase } from "#src/platform/cases/index.ts";
import { getSealedOne } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Actions,
  Button,
  ButtonLink,
  type FieldErrors,
  Form,
  Notification,
  PageTitle,
  ProtectedBanner,
} from "#src/web/components/index.ts";
import { page, redirect } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { type Application, applicationSchema, changeSchemas, errorsOf } from "../application.ts";
import { changeOf, changeSubjectTitles } from "../change.ts";
import { currentData } from "../ledger.ts";
import { lookAtRegister, prefilledGuardian } from "../register.ts";
import { withoutAddresses } from "../view.ts";
import {
  AccountFields,
  ApplicationFields,
  GuardianFields,
  InsuranceFields,
  type Known,
  MailingFields,
} from "./entry-fields.tsx";
import { casePath, StepFields } from "./parts.tsx";
import { readApplication, readPart } from "./read-entry.ts";
import { readStep } from "./read-step.ts";

const shared = {
  program: "child-medical",
  right: "case.enter",
  purpose: "counter",
  path: "/child-medical/cases/:caseId/entry",
} as const;

export const entryPage = defineRoute({
  ...shared,
  method: "get",
  audit: "application.opened",
  async handle({ params: { caseId }, work }) {
    return entryForm(await work((unit) => subjectOf(unit, caseId), { caseId }), {});
  },
});

export const entryRoute = defineRoute({
  ...shared,
  method: "post",
  audit: "application.entered",
  async handle({ params: { caseId }, form, work }) {
    const subject = await work((unit) => subjectOf(unit, caseId), { caseId });
    const read = subject.read(form);
    if (!read.success) return entryForm(subject, { form, errors: errorsOf(read.error) });
    try {
      await work(
        (unit) =>
          applyEvent(unit, {
            ...readStep(caseId, form),
            event: { type: "enter" },
            input: read.data,
          }),
        { caseId },
      );
    } catch (error) {
      if (error instanceof CaseConflict) return entryForm(subject, { form, conflict: error });
      throw error;
    }
    return redirect(casePath(caseId), "入力を保存しました。別の職員が確認するまでは仮の入力です。");
  },
});

/** What is entered in this case: the whole application, or the part that a report changes. */
interface EntrySubject {
  found: CaseRow;
  title: string;
  known: Known;
  source: string | undefined;
  part: keyof typeof changeSchemas | "application";
  isProtected: boolean;
  read(form: Values): { success: true; data: unknown } | { success: false; error: ZodError };
}

async function subjectOf(work: Work, caseId: string): Promise<EntrySubject> {
  const found = await getCase(work, caseId);
  const entry = await latestEntry(work, caseId);
  const register = await lookAtRegister(work, found.personNumber);
  const { isProtected, addressMasked } = register.child;
  const seen = <T extends Partial<Application>>(data: T) =>
    addressMasked ? withoutAddresses(data, "") : data;
  const entered = entry
    ? seen(await getSealedOne<Partial<Application>>(work, entry.sealedId))
    : undefined;
  if (found.kind === "child-medical") {
    return {
      found,
      title: "申請内容の入力",
      known: entered ?? { guardian: prefilledGuardian(register) },
      source: entered ? undefined : "住民記録",
      part: "application",
      isProtected,
      read: (form) => applicationSchema.safeParse(readApplication(form)),
    };
  }
  const { subject, entitlementId } = await changeOf(work, caseId);
  return {
    found,
    title: changeSubjectTitles[subject],
    known: entered ?? seen(await currentData(work, entitlementId)),
    source: entered ? undefined : "現在の登録",
    part: subject,
    isProtected,
    read: (form) => {
      if (subject === "loss") return changeSchemas.loss.safeParse({});
      const value =
        subject === "mailing" && !form.has("hasMailing") ? null : readPart(form, subject);
      return changeSchemas[subject].safeParse({ [subject]: value });
    },
  };
}

interface Sent {
  form?: Values;
  errors?: FieldErrors;
  conflict?: CaseConflict;
}

function entryForm(subject: EntrySubject, { form, errors = {}, conflict }: Sent) {
  const { found } = subject;
  const title = `こども医療費助成 ${found.kind === "child-medical" ? "申請" : "届出"} ${found.number} ${subject.title}`;
  return page({
    title,
    status: conflict ? 409 : form ? 422 : 200,
    breadcrumb: [
      { title: "申請一覧", path: "/child-medical/cases" },
      { title: found.number, path: casePath(found.id) },
      { title: subject.title },
    ],
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        {subject.isProtected && <ProtectedBanner />}
        {conflict && <ConflictNote conflict={conflict} path={casePath(found.id)} />}
        <Form action={`${casePath(found.id)}/entry`} values={form} errors={errors}>
          <StepFields found={{ revision: conflict?.presentRevision ?? found.revision }} />
          <Fields subject={subject} />
          <Actions>
            <Button shortcut="Ctrl+Enter">
              {conflict ? "この入力で上書きして保存する" : "保存する"}
            </Button>
            <ButtonLink href={casePath(found.id)}>戻る</ButtonLink>
          </Actions>
        </Form>
      </>
    ),
  });
}

/** What somebody else did meanwhile; what was typed stays in the form below. */
function ConflictNote({ conflict, path }: { conflict: CaseConflict; path: string }) {
  return (
    <Notification tone="warning" title="画面を開いた後に、ほかの職員がこの申請を進めました。">
      <ul>
        {conflict.details.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        入力した内容は下に残っています。
        <a href={path} target="_blank" rel="noopener">
          今の内容を別の画面で確かめ
        </a>
        、必要なら直してから保存してください。
      </p>
    </Notification>
  );
}

function Fields({ subject: { part, known, source } }: { subject: EntrySubject }) {
  switch (part) {
    case "application":
      return <ApplicationFields known={known} source={source} />;
    case "guardian":
      return <GuardianFields known={known.guardian} source={source} />;
    case "insurance":
      return <InsuranceFields known={known.insurance} />;
    case "account":
      return <AccountFields known={known.account} optional={false} />;
    case "mailing":
      return (
        <MailingFields
          known={known.mailing}
          label="保護者の住所と別の所へ送る（外すと保護者の住所に戻ります）"
        />
      );
    case "loss":
      return (
        <Notification tone="info">
          喪失の理由と日付は届出の受付時に入力済みです。内容を確かめて保存してください。
        </Notification>
      );
  }
}
