import { randomUUID } from "node:crypto";
import { headOf } from "#src/platform/applications/index.ts";
import { applyEvent } from "#src/platform/cases/index.ts";
import { lookAtPerson, shownName } from "#src/platform/people/index.ts";
import { EntryProblem, notFound, type Problem } from "#src/platform/problem.ts";
import { afterStep } from "#src/web/cases/after-step.ts";
import { HeadLine } from "#src/web/cases/head-line.tsx";
import { StepFields } from "#src/web/cases/parts.tsx";
import { readKey } from "#src/web/cases/read-step.ts";
import { ProblemNote, problemOf } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  ProtectedBanner,
  RadioGroup,
} from "#src/web/components/index.ts";
import { readDate, showAge } from "#src/web/dates.ts";
import { personOfPath, personPath } from "#src/web/person-path.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { channels } from "#workflows/vaccination/request-letters/reasons.ts";
import { requestRefundV1 } from "#workflows/vaccination/request-letters/refund-machine.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { openRefund } from "../../request-letters/open-refund.ts";
import type { RefundChannel } from "../../request-letters/refund-entry.ts";
import { dosesOfRefund, openSealedRefund } from "../../request-letters/refunds.ts";
import { doseRows, type KnownRefund, RefundFields, readRefund } from "./refund-fields.tsx";
import { caseOfKind, requestPaths } from "./words.ts";

type Asked = Pick<ScreenRequest, "work" | "platform">;
interface SentForm {
  form?: Values;
  errors?: Record<string, string>;
  problem?: Problem;
}

const guard = { right: "case.enter", program: "vaccination", purpose: "counter" } as const;

const refused = (form: Values, problem: Problem): SentForm =>
  problem instanceof EntryProblem
    ? { form, errors: { [problem.field]: problem.message } }
    : { form, problem };

/** 払戻しの請求 is received for a person, and keyed anew. */
export const refundEntryScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: "/vaccination/refunds/people/:person",
    audit: "request-refund.entry-opened",
    handle: (request) => entryPage(request, request.params.person),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/vaccination/refunds/people/:person",
    audit: "request-refund.entered",
    async handle(request) {
      const { form, params, work, platform } = request;
      if (form.text("go") === "more") return entryPage(request, params.person, { form });
      const receivedOn = readDate(form.text("receivedOn"));
      const { entry, errors = {} } = readRefund(form);
      if (!receivedOn) errors.receivedOn = "受付日を入力してください。例: R8.11.20";
      if (!entry || !receivedOn) return entryPage(request, params.person, { form, errors });
      const channel = form.choice("channel", Object.keys(channels)) ?? "window";
      try {
        const found = await work((unit) =>
          openRefund(
            unit,
            {
              personNumber: personOfPath(platform, params.person),
              receivedOn,
              channel: channel as RefundChannel,
              idempotencyKey: form.text("key").slice(0, 100) || randomUUID(),
            },
            entry,
          ),
        );
        return redirect(
          requestPaths.case(found.id),
          `払戻しの請求 ${found.number} を受け付けました。領収書${entry.doses.length}件。`,
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
    path: "/vaccination/cases/:caseId/doses",
    audit: "request-refund.entry-opened",
    handle: (request) => correctionPage(request, request.params.caseId),
  }),
  defineRoute({
    ...guard,
    purpose: "case",
    method: "post",
    path: "/vaccination/cases/:caseId/doses",
    audit: "request-refund.entered",
    async handle(request) {
      const { form, params, work, platform, actor } = request;
      const { caseId } = params;
      if (form.text("go") === "more") return correctionPage(request, caseId, { form });
      const { entry, errors } = readRefund(form);
      if (!entry) return correctionPage(request, caseId, { form, errors });
      try {
        await work(
          async (unit) => {
            await caseOfKind(unit, requestRefundV1.kind, caseId);
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
      } catch (error) {
        return correctionPage(request, caseId, refused(form, problemOf(error)));
      }
      return afterStep(
        { platform, actor },
        { caseId, to: requestPaths.case(caseId), said: "領収書を入力し直しました。" },
      );
    },
  }),
];

async function entryPage(
  { work, platform }: Asked,
  token: string,
  { form, errors, problem }: SentForm = {},
): Promise<Reply> {
  const personNumber = personOfPath(platform, token);
  const today = platform.clock.today();
  const person = await work((unit) => lookAtPerson(unit, personNumber, ["facts", "name"]));
  if (!person) throw notFound("住民が見つかりません。");
  const heading = "予防接種費用 払戻しの請求の入力";
  return page({
    title: heading,
    status: problem?.status ?? (errors ? 422 : 200),
    breadcrumb: [
      { title: "住民", path: personPath(platform, personNumber) },
      { title: "払戻しの請求" },
    ],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        {person.isProtected && <ProtectedBanner />}
        {problem && <ProblemNote problem={problem} />}
        <Panel
          title={`接種を受けた方: ${shownName(person)}（${showAge(person.birthDate, person.diedOn ?? today)}）`}
          actions={<a href={personPath(platform, personNumber)}>住民の画面</a>}
        >
          <Form
            action={requestPaths.refundOf(token)}
            values={form}
            errors={errors}
            keep="request-refund"
            focusFirst
          >
            <input type="hidden" name="key" value={form?.text("key") || randomUUID()} />
            <FieldRow>
              <DateField
                name="receivedOn"
                label="受付日"
                required
                value={formatWarekiShort(today)}
                notAfter={{ on: today, word: "今日" }}
              />
              <RadioGroup
                name="channel"
                label="受付方法"
                options={choicesOf(channels)}
                value="window"
              />
            </FieldRow>
            <RefundFields known={{ doses: [] }} rows={doseRows(form, { doses: [] })} />
            <Actions>
              <Button shortcut="Ctrl+Enter">受け付ける</Button>
              <Button name="go" value="more" look="secondary">
                領収書の行を増やす
              </Button>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}

async function correctionPage(
  { work }: Pick<ScreenRequest, "work">,
  caseId: string,
  { form, errors, problem }: SentForm = {},
): Promise<Reply> {
  const { found, head, known } = await work(
    async (unit) => {
      const row = await caseOfKind(unit, requestRefundV1.kind, caseId);
      const sealed = await openSealedRefund(unit, row);
      const doses = await dosesOfRefund(unit, caseId);
      const shown: KnownRefund = {
        doses: doses.map((one) => ({
          vaccine: one.vaccine as VaccineId,
          dose: one.dose,
          outcome: one.outcome,
          product: one.product ?? undefined,
          clinic: sealed.clinics[one.number] ?? "",
          givenOn: one.givenOn as IsoDate,
          paidOn: one.paidOn as IsoDate,
          paid: one.paid,
          receiptNumber: sealed.receiptNumbers[one.number],
          documents: one.documents as KnownRefund["doses"][number]["documents"] & {},
        })),
        remark: sealed.remark,
      };
      return { found: row, head: await headOf(unit, row), known: shown };
    },
    { caseId },
  );
  const heading = `予防接種費用 払戻しの請求 ${found.number} 領収書の入力`;
  return page({
    title: heading,
    status: problem?.status ?? (errors ? 422 : 200),
    breadcrumb: [
      { title: found.number, path: requestPaths.case(caseId) },
      { title: "領収書の入力" },
    ],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        <HeadLine head={head} />
        {problem && <ProblemNote problem={problem} />}
        <Panel title="領収書">
          <Form
            action={requestPaths.page(caseId, "doses")}
            values={form}
            errors={errors}
            focusFirst
          >
            <StepFields found={found} />
            <RefundFields known={known} rows={doseRows(form, known)} />
            <Actions>
              <Button shortcut="Ctrl+Enter">入力した内容に直す</Button>
              <Button name="go" value="more" look="secondary">
                領収書の行を増やす
              </Button>
              <ButtonLink href={requestPaths.case(caseId)}>戻る</ButtonLink>
            </Actions>
          </Form>
        </Panel>
      </>
    ),
  });
}
