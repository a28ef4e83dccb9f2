import { holds } from "#src/platform/access/actor.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { EntryFaults, notFound, Problem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Badge,
  Button,
  Checkbox,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  RadioGroup,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { PersonLink, peopleOfRows } from "#src/web/person-cell.tsx";
import { download, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import { intractable } from "../index.ts";
import { printNotice, tellRegistration } from "../registration-notice.ts";
import { registrationPaper } from "../registration-paper.ts";
import {
  basisOf,
  decideRegistration,
  listRegistrations,
  noticesOf,
  proposeMild,
  proposeOfCase,
  type Registration,
  type RegistrationNotice,
  type RegistrationRefusal,
  registrationKinds,
  registrationKindsShort,
  registrationOutcomes,
  registrationRefusals,
  registrationStates,
  registrationsOfCase,
  registrationsPerPage,
} from "../registrations.ts";
import { registrationPaths } from "./registration-paths.ts";

const of = { program: intractable.program, purpose: "case" } as const;
const { list } = registrationPaths;

/** What its kinds of audit records say. */
export const registrationAuditWords = {
  "registration.listed": "登録者証の一覧を開いた",
  "registration.case-opened": "申請の登録者証の画面を開いた",
  "registration.propose-sent": "登録者証を起案する操作をした",
  "registration.decide-sent": "登録者証を決裁する操作をした",
  "registration.print-asked": "登録者証を印刷する操作をした",
  "registration.notice-asked": "登録者証の通知書を印刷する操作をした",
  "sealed.registration-paper": "登録者証の通知書を保存した",
  "registration.told": "登録者証の通知書を作った",
  "registration.proposed": "登録者証を起案した",
  "registration.decided": "登録者証を決裁した",
  "registration.sent-back": "登録者証の起案を差し戻した",
};

/** 登録者証: proposed of an application or of a mild patient, and decided by another. */
export const registrationScreens: readonly AnyRoute[] = [
  defineRoute({
    ...of,
    right: "case.read",
    method: "get",
    path: list,
    audit: "registration.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...of,
    right: "case.propose",
    method: "post",
    path: list,
    audit: "registration.propose-sent",
    async handle(request) {
      const { form, work } = request;
      try {
        const given = mildOf(form);
        await work((unit) => proposeMild(unit, given));
        return redirect(list, "登録者証を起案しました。別の職員が決裁してください。");
      } catch (error) {
        return listPage(request, sentWith("mild", form, error));
      }
    },
  }),
  defineRoute({
    ...of,
    right: "case.approve",
    method: "post",
    path: `${list}/decide`,
    audit: "registration.decide-sent",
    async handle(request) {
      const { form, work } = request;
      try {
        const stands = form.pressed(["decide", "send-back"] as const, "do") === "decide";
        const id = form.text("id");
        await work((unit) => decideRegistration(unit, id, stands));
        return redirect(
          list,
          stands ? await told(request, id) : "登録者証の起案を差し戻しました。",
        );
      } catch (error) {
        return listPage(request, sentWith("decide", form, error));
      }
    },
  }),
  defineRoute({
    ...of,
    right: "certificate.issue",
    method: "post",
    path: `${list}/paper`,
    audit: "registration.print-asked",
    async handle({ form, work, platform }) {
      const { pdf } = await work((unit) => registrationPaper(unit, form.text("id")));
      return download(`registration-${platform.clock.today()}.pdf`, "application/pdf", pdf);
    },
  }),
  defineRoute({
    ...of,
    right: "certificate.issue",
    method: "post",
    path: `${list}/notice`,
    audit: "registration.notice-asked",
    async handle({ form, work, platform }) {
      const { pdf } = await work((unit) => printNotice(unit, form.text("id")));
      const name = `registration-notice-${platform.clock.today()}.pdf`;
      return download(name, "application/pdf", pdf);
    },
  }),
  defineRoute({
    ...of,
    right: "case.read",
    method: "get",
    path: "/intractable-disease/registrations/of/:caseId",
    audit: "registration.case-opened",
    handle: (request) => casePage(request, request.params.caseId),
  }),
  defineRoute({
    ...of,
    right: "case.propose",
    method: "post",
    path: "/intractable-disease/registrations/of/:caseId",
    audit: "registration.propose-sent",
    async handle(request) {
      const {
        form,
        work,
        params: { caseId },
      } = request;
      try {
        await work(
          async (unit) =>
            proposeOfCase(unit, await getCase(unit, caseId), {
              paper: form.has("paper"),
              from: readDate(form.text("from")),
            }),
          { caseId },
        );
        return redirect(
          registrationPaths.ofCase(caseId),
          "登録者証を起案しました。別の職員が「登録者証」の一覧で決裁してください。",
        );
      } catch (error) {
        return casePage(request, caseId, sentWith("propose", form, error));
      }
    },
  }),
];

/** The notice of what was just decided; the decision stands where it can't be made yet. */
async function told({ work }: Pick<ScreenRequest, "work">, id: string): Promise<string> {
  try {
    await work((unit) => tellRegistration(unit, id));
    return "登録者証を決裁し、通知書を作りました。「通知書を印刷する」で印刷して送ってください。";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `登録者証を決裁しました。通知書はまだ作れません。${error.message}`;
  }
}

/** @throws EntryProblem with all fields that are wrong */
function mildOf(form: Values) {
  const faults = new EntryFaults();
  const personNumber = figures(form.text("personNumber"));
  const given = {
    personNumber: faults.need(
      "personNumber",
      /^\d{10}$/.test(personNumber) ? personNumber : undefined,
      "統合宛名番号を10桁で入力してください。",
    ),
    disease: faults.need("disease", form.integer("disease"), "告示番号を入力してください。"),
    doctor: faults.need(
      "doctor",
      form.text("doctor").toUpperCase(),
      "指定医番号を入力してください。",
    ),
    diagnosedOn: faults.need(
      "diagnosedOn",
      readDate(form.text("diagnosedOn")),
      "診断日を入力してください。例: R8.11.10",
    ),
    paper: form.has("paper"),
    from: readDate(form.text("from")),
    outcome: faults.need(
      "outcome",
      form.choice("outcome", ["granted", "refused"] as const),
      "発行か却下を選んでください。",
    ),
    refusal: form.choice("refusal", Object.keys(registrationRefusals) as RegistrationRefusal[]),
  };
  faults.end();
  return given;
}

/** How somebody was told of it. */
const noticeWords = ({ state }: Registration, notice: RegistrationNotice | undefined): string =>
  notice
    ? `${showDateShort(notice.issuedOn as IsoDate)} ${notice.documentNumber}`
    : state === "decided"
      ? "まだ"
      : "―";

const columns = [
  {
    title: "区分",
    cell: ({ kind }: Registration) => registrationKindsShort[kind],
  },
  {
    title: "内容",
    cell: ({ outcome, paper }: Registration) =>
      `${registrationOutcomes[outcome]}${outcome === "granted" && paper ? "（紙）" : ""}`,
    nowrap: true,
  },
  {
    title: "有効期間開始日",
    cell: ({ validFrom }: Registration) => (validFrom ? showDateShort(validFrom as IsoDate) : "―"),
    nowrap: true,
  },
  {
    title: "状態",
    cell: ({ state }: Registration) => <Badge>{registrationStates[state]}</Badge>,
    nowrap: true,
  },
];

/** What is printed of one that was decided. */
function Printing({ row, notice }: { row: Registration; notice: RegistrationNotice | undefined }) {
  return (
    <>
      <Form action={`${list}/notice`} class="inline-form">
        <input type="hidden" name="id" value={row.id} />
        <Button look={notice ? "secondary" : "primary"}>
          {notice ? "通知書を印刷する" : "通知書を作る"}
        </Button>
      </Form>
      {row.outcome === "granted" && row.paper && (
        <Form action={`${list}/paper`} class="inline-form">
          <input type="hidden" name="id" value={row.id} />
          <Button look="secondary">登録者証を印刷する</Button>
        </Form>
      )}
    </>
  );
}

async function listPage(
  { work, platform, query, actor }: Pick<ScreenRequest, "work" | "platform" | "query" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const today = platform.clock.today();
  const { found, notices, people } = await work(async (unit) => {
    const listed = await listRegistrations(unit, at);
    return {
      found: listed,
      notices: await noticesOf(unit, listed.rows),
      people: await peopleOfRows(
        unit,
        listed.rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  return page({
    title: "登録者証",
    status: statusOf(sent),
    breadcrumb: [{ title: "登録者証" }],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>登録者証</PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title="起案と決裁">
            <Table
              caption={`登録者証（${found.total}件、決裁待ち、通知待ちが先）`}
              captionShown
              rows={found.rows}
              empty="登録者証はありません。"
              columns={[
                {
                  title: "氏名・年齢",
                  cell: ({ personNumber }) => (
                    <PersonLink person={people.get(personNumber)} platform={platform} />
                  ),
                },
                ...columns,
                {
                  title: "通知",
                  cell: (row) => noticeWords(row, notices.get(row.id)),
                },
                {
                  title: "決裁",
                  cell: (row) =>
                    row.state !== "proposed" ? (
                      <>
                        <span class="nowrap">{showDateShort(row.decidedOn as IsoDate)}</span>{" "}
                        {row.state === "decided" &&
                          holds(actor, "certificate.issue", { program: of.program }) && (
                            <Printing row={row} notice={notices.get(row.id)} />
                          )}
                      </>
                    ) : row.proposedBy === actor.staffId ? (
                      "別の職員が決裁します"
                    ) : (
                      <Form action={`${list}/decide`} class="inline-form">
                        <input type="hidden" name="id" value={row.id} />
                        <Button name="do" value="decide">
                          決裁する
                        </Button>
                        <Button name="do" value="send-back" look="secondary">
                          差し戻す
                        </Button>
                      </Form>
                    ),
                },
              ]}
            />
            <Pagination
              page={at}
              pages={Math.max(1, Math.ceil(found.total / registrationsPerPage))}
              href={(to) => `${list}?page=${to}`}
            />
          </Panel>
          <Panel title="支給認定を申請していない軽症の方">
            <SentForm class="form stacked" event="mild" action={list}>
              <NumberField name="personNumber" label="統合宛名番号" required width={12} />
              <NumberField name="disease" label="告示番号" required width={4} />
              <TextField name="doctor" label="指定医番号" required width={12} />
              <DateField name="diagnosedOn" label="診断日" required value="" />
              <RadioGroup
                name="outcome"
                label="内容"
                required
                options={choicesOf(registrationOutcomes)}
              />
              <RadioGroup
                name="refusal"
                label="却下の理由"
                hint="却下のとき。通知書に印刷されます"
                options={choicesOf(registrationRefusals)}
              />
              <DateField
                name="from"
                label="有効期間開始日"
                hint="発行のとき"
                value={showDateShort(today)}
              />
              <Checkbox name="paper" label="紙の登録者証を希望する" />
              <Actions>
                <Button>起案する</Button>
              </Actions>
            </SentForm>
          </Panel>
        </Columns>
      </SentContext.Provider>
    ),
  });
}

async function casePage(
  { work, platform }: Pick<ScreenRequest, "work" | "platform">,
  caseId: string,
  sent?: Sent,
): Promise<Reply> {
  const { found, basis, rows, notices } = await work(
    async (unit) => {
      const registrations = await registrationsOfCase(unit, caseId);
      return {
        found: await getCase(unit, caseId),
        basis: await basisOf(unit, caseId),
        rows: registrations,
        notices: await noticesOf(unit, registrations),
      };
    },
    { caseId },
  );
  if (found.kind !== "intractable-disease/application")
    throw notFound("支給認定の申請ではありません。");
  const waits = rows.some(({ state }) => state !== "sent-back");
  return page({
    title: "登録者証",
    status: statusOf(sent),
    breadcrumb: [
      { title: found.number, path: `/intractable-disease/cases/${caseId}` },
      { title: "登録者証" },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>登録者証</PageTitle>
        <SentNote />
        {rows.length > 0 && (
          <Panel title="起案と決裁">
            <Table
              caption="この申請の登録者証"
              rows={rows}
              columns={[
                ...columns,
                { title: "通知", cell: (row) => noticeWords(row, notices.get(row.id)) },
              ]}
            />
            <p>
              <a href={list}>「登録者証」の一覧</a>で決裁し、通知書を印刷します。
            </p>
          </Panel>
        )}
        {!waits && (
          <Panel title="起案する">
            {basis ? (
              <SentForm class="form" event="propose" action={registrationPaths.ofCase(caseId)}>
                <DefinitionList
                  items={[
                    ["区分", registrationKinds[basis.kind]],
                    ["内容", registrationOutcomes[basis.outcome]],
                  ]}
                />
                {basis.outcome === "granted" && (
                  <>
                    <DateField
                      name="from"
                      label="有効期間開始日"
                      required
                      value={showDateShort(platform.clock.today())}
                    />
                    <Checkbox
                      name="paper"
                      label="紙の登録者証を希望する（希望がなければマイナンバーで確認できます）"
                    />
                  </>
                )}
                <Actions>
                  <Button>起案する</Button>
                </Actions>
              </SentForm>
            ) : (
              <p>認定か不認定の決裁の後に起案できます。形式の不備による却下では起案できません。</p>
            )}
          </Panel>
        )}
      </SentContext.Provider>
    ),
  });
}
