import { holds } from "#src/platform/access/actor.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { type Sent, SentContext, SentNote, sentWith } from "#src/web/cases/sent.tsx";
import {
  Columns,
  choicesOf,
  DefinitionList,
  PageTitle,
  Panel,
  ProtectedBanner,
  SelectField,
} from "#src/web/components/index.ts";
import { readDate, showDate } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { PersonLink } from "#src/web/person-cell.tsx";
import { inlinePdf, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { FlowPicture } from "#src/web/shell/oversight/flow-picture.tsx";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type InquiryEvent,
  inquiryKinds,
  inquiryReasons,
  inquiryV1,
} from "#workflows/vaccination/exchange/inquiry.ts";
import { takeAnswer, tellInquiry } from "../../exchange/answers.ts";
import { addressInquiry, askInquiry, inquiryRules, remindInquiry } from "../../exchange/asking.ts";
import { readExchangePaper } from "../../exchange/exchange-papers.ts";
import {
  inquiryActions,
  inquiryEventTitle,
  inquiryNumber,
  mayStep,
  moveInquiry,
  readInquiry,
} from "../../exchange/inquiries.ts";
import { paths } from "../paths.ts";
import { readAddressee } from "./addressee-fields.tsx";
import { auditName, exchangePaths } from "./exchange-paths.ts";
import { Address, Ask, Records, Remind, readRecords, Tell } from "./inquiry-forms.tsx";
import { HistoryPanel, InquiryBadge, inWords, PapersPanel } from "./parts.tsx";

const guard = { program: "vaccination", purpose: "case" } as const;
const base = `${exchangePaths.inquiries}/:inquiry` as const;
const plainSteps = ["unknown", "finish", "withdraw", "close", "reopen"] as const;

const seen = (form: Values) => form.integer("revision") ?? 0;

/** An inquiry: to whom, when, what was answered, what stands next. */
export const inquiryScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: base,
    audit: "inquiry.looked-at",
    handle: (request) => inquiryPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${base}/address`,
    audit: "inquiry.address-asked",
    handle: (request) =>
      step(request, "address", async (unit, id) => {
        await addressInquiry(unit, {
          id,
          seen: seen(request.form),
          ...readAddressee(request.form),
        });
        return "照会先を保存しました。";
      }),
  }),
  defineRoute({
    ...guard,
    right: "provision.request",
    method: "post",
    path: `${base}/ask`,
    audit: "inquiry.ask-asked",
    async handle(request) {
      const { form, work, params } = request;
      const id = idOf(params.inquiry);
      try {
        const asked = await work((unit) =>
          askInquiry(unit, {
            id,
            seen: seen(form),
            rule: form.integer("rule"),
            dueOn: readDate(form.text("dueOn")),
          }),
        );
        if (asked.outcome === "asked")
          return redirect(
            exchangePaths.inquiry(id),
            "照会書を作りました。「文書」から開いて印刷し、窓あき封筒で送ってください。",
          );
        return redirect(exchangePaths.inquiry(id), inWords([asked]));
      } catch (error) {
        return inquiryPage(request, sentWith("ask", form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${base}/remind`,
    audit: "inquiry.remind-asked",
    handle: (request) =>
      step(request, "remind", async (unit, id) => {
        await remindInquiry(unit, {
          id,
          seen: seen(request.form),
          dueOn: readDate(request.form.text("dueOn")),
        });
        return "督促の照会書を作りました。「文書」から開いて印刷してください。";
      }),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${base}/take`,
    audit: "inquiry.take-asked",
    handle: (request) =>
      step(request, "take", async (unit, id) => {
        const taken = await takeAnswer(unit, {
          id,
          seen: seen(request.form),
          records: readRecords(request.form),
        });
        const waiting = taken.filter(({ state }) =>
          ["doubtful", "unmatched"].includes(state),
        ).length;
        return `${taken.length}件を入力しました。${waiting > 0 ? `うち${waiting}件は、予診票の処理で確かめてください。` : ""}`;
      }),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: `${base}/tell`,
    audit: "inquiry.tell-asked",
    handle: (request) =>
      step(request, "tell", async (unit, id) => {
        await tellInquiry(unit, {
          id,
          seen: seen(request.form),
          answer: request.form.text("answer"),
        });
        return "回答を保存しました。";
      }),
  }),
  ...plainSteps.map((type) =>
    defineRoute({
      ...guard,
      right: inquiryV1.events[type].right,
      method: "post",
      path: `${base}/${type}` as const,
      audit: `inquiry.${auditName(type)}-asked` as const,
      handle: (request) =>
        step(request, type, async (unit, id) => {
          await moveInquiry(unit, {
            id,
            seen: seen(request.form),
            type,
            reason: request.form.text("reason") || undefined,
          });
          return `「${inquiryV1.events[type].title}」を行いました。`;
        }),
    }),
  ),
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: "/vaccination/exchange-papers/:paper",
    audit: "exchange-paper.opened",
    async handle({ params, work }) {
      const { row, pdf } = await work((unit) => readExchangePaper(unit, idOf(params.paper)));
      return inlinePdf(`${row.kind}-${row.issuedOn}.pdf`, pdf);
    },
  }),
];

type Request = ScreenRequest<`${string}:inquiry`>;

/** A step of the page: back to it with a sentence, or filled in again with what was wrong. */
async function step(
  request: Request,
  name: string,
  run: (unit: Parameters<Parameters<Request["work"]>[0]>[0], id: string) => Promise<string>,
): Promise<Reply> {
  const { form, work, params } = request;
  const id = idOf(params.inquiry);
  try {
    return redirect(exchangePaths.inquiry(id), await work((unit) => run(unit, id)));
  } catch (error) {
    return inquiryPage(request, sentWith(name, form, error));
  }
}

async function inquiryPage(
  request: Pick<Request, "params" | "work" | "platform" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor } = request;
  const { found, person, actions, rules, asks } = await work(async (unit) => {
    const found = await readInquiry(unit, idOf(params.inquiry));
    const asks = holds(actor, "provision.request", {
      program: "vaccination",
      office: found.row.officeCode,
    });
    return {
      found,
      asks,
      person: await lookAtPerson(unit, found.row.personNumber, ["facts", "name"]),
      actions: inquiryActions(unit, found.row),
      rules: asks ? await inquiryRules(unit) : [],
    };
  });
  const { row, answer, papers, events } = found;
  const number = inquiryNumber(row);
  const enters = holds(actor, "case.enter", { program: "vaccination", office: row.officeCode });
  const today = platform.clock.today();
  return page({
    title: `照会 ${number}`,
    breadcrumb: [{ title: "接種歴等の照会", path: exchangePaths.inquiries }, { title: number }],
    status: sent?.problem?.status ?? (sent ? 422 : 200),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<InquiryBadge state={row.state} />}>照会 {number}</PageTitle>
        {person?.isProtected && <ProtectedBanner />}
        <SentNote />
        <FlowPicture definition={inquiryV1} state={row.state} />
        <Columns wide="first">
          <Panel title="照会">
            <p>
              <PersonLink person={person} platform={platform} />
            </p>
            <DefinitionList
              columns={2}
              items={[
                ["照会する事項", inquiryKinds[row.kind]],
                ["始めた日", showDate(row.openedOn as IsoDate)],
                ["照会先", row.municipality ?? "（未入力）", "wide"],
                [
                  "送り先",
                  row.address
                    ? `〒${row.postalCode?.slice(0, 3)}-${row.postalCode?.slice(3)}　${row.address}`
                    : "―",
                  "wide",
                ],
                ["照会した日", showDate(row.askedOn as IsoDate | null)],
                ["回答の期限", showDate(row.dueOn as IsoDate | null)],
                ["督促", row.reminders > 0 ? `${row.reminders}回` : "―"],
                ["回答を受けた日", showDate(row.answeredOn as IsoDate | null)],
                ["提供の記録", row.requestId === null ? "―" : `第${row.requestId}号`],
                [
                  "必要とする請求",
                  row.caseId ? <a href={`/vaccination/cases/${row.caseId}`}>請求を開く</a> : "―",
                ],
                [
                  "回答の接種記録",
                  row.slipIds.length === 0
                    ? "―"
                    : row.slipIds.map((slip, at) => (
                        <>
                          {at > 0 && "、"}
                          <a href={paths.slip(slip)}>{at + 1}件目</a>
                        </>
                      )),
                  "wide",
                ],
                ["回答の文章", answer || "―", "wide"],
              ]}
            />
          </Panel>
          <Panel title="次の操作">
            {asks && mayStep(row, "ask") && row.municipality !== null && (
              <Ask row={row} rules={rules} today={today} />
            )}
            {enters && mayStep(row, "remind") && <Remind row={row} today={today} />}
            {actions.map(({ type, title, reasons }) => (
              <StepForm
                key={type}
                action={`${exchangePaths.inquiry(row.id)}/${type}`}
                revision={row.revision}
                type={type}
                title={title}
                reasons={reasons}
                aside={type === "withdraw" || type === "reopen" || type === "unknown"}
              >
                {inquiryV1.events[type as InquiryEvent].comment === "required" && (
                  <SelectField
                    name="reason"
                    idPrefix={type}
                    label="理由"
                    required
                    empty="選んでください"
                    options={choicesOf(inquiryReasons)}
                  />
                )}
              </StepForm>
            ))}
            {row.state === "opened" && !asks && (
              <p>照会先を入力すると、「情報を提供する」権限のある職員が照会書を作ります。</p>
            )}
          </Panel>
        </Columns>
        {enters && mayStep(row, "address") && <Address row={row} />}
        {enters && mayStep(row, "take") && row.kind === "records" && <Records row={row} />}
        {enters && mayStep(row, "tell") && <Tell row={row} answer={answer} />}
        <PapersPanel papers={papers} />
        <HistoryPanel
          events={events}
          titleOf={inquiryEventTitle}
          reasonOf={(reason) =>
            (inquiryReasons as Readonly<Record<string, string>>)[reason ?? ""] ?? "―"
          }
        />
      </SentContext.Provider>
    ),
  });
}
