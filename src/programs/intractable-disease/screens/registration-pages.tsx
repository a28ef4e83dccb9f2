import { holds } from "#src/platform/access/actor.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, statusOf } from "#src/web/cases/sent.tsx";
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
import { showDateShort } from "#src/web/dates.ts";
import { PersonLink, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, type Reply } from "#src/web/reply.ts";
import type { ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { intractable } from "../index.ts";
import {
  basisOf,
  listRegistrations,
  noticesOf,
  type Registration,
  type RegistrationNotice,
  registrationKinds,
  registrationKindsShort,
  registrationOutcomes,
  registrationRefusals,
  registrationStates,
  registrationsOfCase,
  registrationsPerPage,
} from "../registrations.ts";
import { registrationPaths } from "./registration-paths.ts";

const { list } = registrationPaths;

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

/** 登録者証, those that wait first, and the form for the mild who have not applied. */
export async function listPage(
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
                          holds(actor, "certificate.issue", { program: intractable.program }) && (
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

/** 登録者証 of an application: what was proposed of it, or the form to propose it. */
export async function casePage(
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
