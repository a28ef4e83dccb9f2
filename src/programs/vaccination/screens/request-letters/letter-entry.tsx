import { randomUUID } from "node:crypto";
import { headOf } from "#src/platform/applications/index.ts";
import { applyEvent } from "#src/platform/cases/index.ts";
import { hasReached, lookAtHousehold, type Person, shownName } from "#src/platform/people/index.ts";
import { EntryProblem, type Problem } from "#src/platform/problem.ts";
import { HeadLine } from "#src/web/cases/head-line.tsx";
import { StepFields } from "#src/web/cases/parts.tsx";
import { readKey } from "#src/web/cases/read-step.ts";
import { ProblemNote, problemOf } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  DateField,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
} from "#src/web/components/index.ts";
import { readDate, showAge } from "#src/web/dates.ts";
import { personOfPath, personPath } from "#src/web/person-path.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { requestLetterV1 } from "#workflows/vaccination/request-letters/machine.ts";
import { addresseeClinics } from "../../clinics/addressees.ts";
import { openRequestLetter } from "../../request-letters/open.ts";
import { openRequest } from "../../request-letters/requests.ts";
import { type KnownRequest, LetterFields, lineRows, readRequest } from "./letter-fields.tsx";
import { caseOfKind, requestPaths } from "./words.ts";

type Asked = Pick<ScreenRequest, "work" | "platform">;
type Errors = Record<string, string>;
interface SentForm {
  form?: Values;
  errors?: Errors;
  problem?: Problem;
}

const guard = { right: "case.enter", program: "vaccination", purpose: "counter" } as const;
const adult = 18;

/** What a refused form comes back with: a mistake at its field, or a note above. */
const refused = (form: Values, problem: Problem): SentForm =>
  problem instanceof EntryProblem
    ? { form, errors: { [problem.field]: problem.message } }
    : { form, problem };

/** 依頼書の申請 is received for a person, and keyed anew. */
export const letterEntryScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: "/vaccination/request-letters/people/:person",
    audit: "request-letter.entry-opened",
    handle: (request) => entryPage(request, request.params.person),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/vaccination/request-letters/people/:person",
    audit: "request-letter.entered",
    async handle(request) {
      const { form, params, work, platform } = request;
      if (form.text("go") === "more") return entryPage(request, params.person, { form });
      const receivedOn = readDate(form.text("receivedOn"));
      const { entry, errors = {} } = readRequest(form);
      if (!receivedOn) errors.receivedOn = "受付日を入力してください。例: R8.11.20";
      if (!entry || !receivedOn) return entryPage(request, params.person, { form, errors });
      try {
        const found = await work((unit) =>
          openRequestLetter(
            unit,
            {
              personNumber: personOfPath(platform, params.person),
              receivedOn,
              idempotencyKey: form.text("key").slice(0, 100) || randomUUID(),
            },
            entry,
          ),
        );
        return redirect(
          requestPaths.case(found.id),
          `予防接種実施依頼書の申請 ${found.number} を受け付けました。予防接種${entry.lines.length}件。`,
        );
      } catch (error) {
        return entryPage(request, params.person, refused(form, problemOf(error)));
      }
    },
  }),
  defineRoute({
    ...guard,
    purpose: "case",
    method: "get",
    path: "/vaccination/cases/:caseId/request",
    audit: "request-letter.entry-opened",
    handle: (request) => correctionPage(request, request.params.caseId),
  }),
  defineRoute({
    ...guard,
    purpose: "case",
    method: "post",
    path: "/vaccination/cases/:caseId/request",
    audit: "request-letter.entered",
    async handle(request) {
      const { form, params, work } = request;
      const { caseId } = params;
      if (form.text("go") === "more") return correctionPage(request, caseId, { form });
      const { entry, errors } = readRequest(form);
      if (!entry) return correctionPage(request, caseId, { form, errors });
      try {
        await work(
          async (unit) => {
            await caseOfKind(unit, requestLetterV1.kind, caseId);
            await applyEvent(unit, {
              caseId,
              expectedRevision: form.integer("revision") ?? 0,
              event: { type: "enter" },
              idempotencyKey: readKey(form),
              input: entry,
            });
          },
          { caseId },
        );
        return redirect(requestPaths.case(caseId), "申請内容を入力し直しました。");
      } catch (error) {
        return correctionPage(request, caseId, refused(form, problemOf(error)));
      }
    },
  }),
];

/** What is known of the applicant before anything is typed: the person where they are of age. */
function knownOf(person: Person, grown: boolean): KnownRequest {
  if (!grown) return {};
  return {
    applicant: {
      name: shownName(person),
      kana: person.name?.kana ?? "",
      relation: "self",
      postalCode: person.address?.postalCode ?? "",
      address: person.address ? `${person.address.town}${person.address.block}` : "",
      building: person.address?.building ?? "",
    },
  };
}

async function entryPage(
  { work, platform }: Asked,
  token: string,
  { form, errors, problem }: SentForm = {},
): Promise<Reply> {
  const personNumber = personOfPath(platform, token);
  const today = platform.clock.today();
  const { register, clinics } = await work(async (unit) => ({
    register: await lookAtHousehold(unit, personNumber, []),
    clinics: await addresseeClinics(unit),
  }));
  const { subject } = register;
  const grown = hasReached(subject, adult, today) === true;
  const heading = "予防接種実施依頼書 申請の入力";
  return page({
    title: heading,
    status: problem?.status ?? (errors ? 422 : 200),
    breadcrumb: [
      { title: "住民", path: personPath(platform, personNumber) },
      { title: "依頼書の申請" },
    ],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        {subject.isProtected && <ProtectedBanner />}
        {problem && <ProblemNote problem={problem} />}
        <Panel
          title={`接種を受ける方: ${shownName(subject)}（${showAge(subject.birthDate, subject.diedOn ?? today)}）`}
          actions={<a href={personPath(platform, personNumber)}>住民の画面</a>}
        >
          <Form
            action={requestPaths.letterOf(token)}
            values={form}
            errors={errors}
            keep="request-letter"
            focusFirst
          >
            <input type="hidden" name="key" value={form?.text("key") || randomUUID()} />
            <DateField
              name="receivedOn"
              label="受付日"
              required
              value={formatWarekiShort(today)}
              notAfter={{ on: today, word: "今日" }}
            />
            <LetterFields
              known={knownOf(subject, grown)}
              rows={lineRows(form, {})}
              household={[...register.people.values()]}
              clinics={clinics}
              personNumber={personNumber}
              grown={grown}
              today={today}
            />
            <Actions>
              <Button shortcut="Ctrl+Enter">受け付ける</Button>
              <Button name="go" value="more" look="secondary">
                予防接種の行を増やす
              </Button>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}

/** The application keyed anew: what was keyed before stands in the fields. */
async function correctionPage(
  { work, platform }: Asked,
  caseId: string,
  { form, errors, problem }: SentForm = {},
): Promise<Reply> {
  const today = platform.clock.today();
  const { found, head, opened, register, clinics } = await work(
    async (unit) => {
      const row = await caseOfKind(unit, requestLetterV1.kind, caseId);
      return {
        found: row,
        head: await headOf(unit, row),
        opened: await openRequest(unit, row),
        register: await lookAtHousehold(unit, row.personNumber, []),
        clinics: await addresseeClinics(unit),
      };
    },
    { caseId },
  );
  const known: KnownRequest = opened
    ? {
        channel: opened.request.channel,
        addressee: opened.request.addressee,
        payment: opened.request.payment,
        stayFrom: opened.request.stayFrom as IsoDate,
        stayTo: opened.request.stayTo as IsoDate,
        reason: opened.request.reason as NonNullable<KnownRequest["reason"]>,
        applicant: opened.applicant,
        applicantNumber: opened.applicantNumber as KnownRequest["applicantNumber"],
        agent: opened.sealed.agent ?? null,
        stay: opened.sealed.stay,
        to: opened.sealed.to,
        remark: opened.sealed.remark,
        lines: opened.lines.map(({ vaccine, dose, plannedOn }) => ({ vaccine, dose, plannedOn })),
      }
    : {};
  const heading = `予防接種実施依頼書 ${found.number} 申請の入力`;
  return page({
    title: heading,
    status: problem?.status ?? (errors ? 422 : 200),
    breadcrumb: [{ title: found.number, path: requestPaths.case(caseId) }, { title: "申請の入力" }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <HeadLine head={head} />
        {problem && <ProblemNote problem={problem} />}
        <Panel title="申請内容">
          <Form
            action={requestPaths.page(caseId, "request")}
            values={form}
            errors={errors}
            focusFirst
          >
            <StepFields found={found} />
            <LetterFields
              known={known}
              rows={lineRows(form, known)}
              household={[...register.people.values()]}
              clinics={clinics}
              personNumber={found.personNumber}
              grown={hasReached(register.subject, adult, today) === true}
              today={today}
            />
            <Actions>
              <Button shortcut="Ctrl+Enter">入力した内容に直す</Button>
              <Button name="go" value="more" look="secondary">
                予防接種の行を増やす
              </Button>
              <ButtonLink href={requestPaths.case(caseId)}>戻る</ButtonLink>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}
