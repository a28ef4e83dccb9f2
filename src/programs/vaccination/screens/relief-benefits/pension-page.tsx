import { holds } from "#src/platform/access/actor.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { StateBadge } from "#src/web/cases/parts.tsx";
import { type Sent, SentContext, SentNote, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  Checkbox,
  Columns,
  choicesOf,
  DateField,
  DefinitionList,
  Form,
  PageTitle,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showDate, showDateShort } from "#src/web/dates.ts";
import { PersonLink } from "#src/web/person-cell.tsx";
import { page } from "#src/web/reply.ts";
import { defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import { gradesOf, reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import {
  type PensionEventType,
  reliefPensionV1,
} from "#workflows/vaccination/relief/pension-machine.ts";
import { papersOf, paperTitles } from "../../relief-benefits/papers.ts";
import {
  endReasons,
  officeOfPension,
  pensionActions,
  pensionNumber,
  pensionStateMeta,
  readPension,
} from "../../relief-benefits/pensions.ts";
import { heldTitles } from "../../relief-benefits/runs.ts";
import { PensionAction } from "./pension-action.tsx";
import { monthInWords, pensionPaths, program, yearInWords } from "./words.ts";

/** A pension: what was decided of it, what is next, its papers and what was paid. */
export const pensionScreen = defineRoute({
  right: "case.read",
  program,
  purpose: "case",
  method: "get",
  path: "/vaccination/pensions/:pension",
  audit: "relief-pension.opened",
  handle: (request) => pensionPage(request),
});

const details = async (unit: Work, id: string) => {
  const found = await readPension(unit, id);
  const { pension } = found;
  const numbers = [
    pension.personNumber,
    pension.payeeNumber,
    ...(pension.arrearsPayee ? [pension.arrearsPayee] : []),
  ];
  const people = await lookAtPeople(unit, [...new Set(numbers)], ["facts", "name"]);
  return {
    ...found,
    people: new Map(people.map((one) => [one.personNumber as string, one])),
    actions: await pensionActions(unit, pension),
    office: await officeOfPension(unit, pension),
    papers: await papersOf(unit, id),
  };
};

/** The page of a pension; a form of it that was not taken comes back. */
export async function pensionPage(
  request: ScreenRequest<"/vaccination/pensions/:pension">,
  sent?: Sent,
) {
  const { params, work, platform, actor } = request;
  const found = await work((unit) => details(unit, params.pension));
  const { pension, terms, reports, paid, people, actions, events, papers, office } = found;
  const today = platform.clock.today();
  const number = pensionNumber(pension);
  const { title, tone } = pensionStateMeta(pension.state);
  const person = (of: string) => <PersonLink person={people.get(of)} platform={platform} />;
  const holding = terms.findLast(({ decision }) => decision === "approved");
  const open = reports.find(({ answeredOn }) => answeredOn === null);
  return page({
    title: `年金 ${number}`,
    status: statusOf(sent),
    breadcrumb: [{ title: "年金", path: pensionPaths.list }, { title: number }],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<StateBadge tone={tone ?? "neutral"} title={title} />}>
          {reliefBenefits[pension.benefit]} {number}
        </PageTitle>
        <SentNote />
        <Columns wide="first">
          <Panel title="年金">
            <DefinitionList
              columns={2}
              items={[
                ["受給者", person(pension.payeeNumber)],
                ["接種を受けた方", person(pension.personNumber)],
                ["支給決定", showDate(pension.grantedOn as IsoDate)],
                ["支給の始まり", monthInWords(pension.fromMonth)],
                ["最後の月", pension.lastMonth ? monthInWords(pension.lastMonth) : "―"],
                ["等級", holding ? `${holding.grade}級` : "―"],
                ["介護加算", holding?.homeCare ? "あり（在宅）" : "なし"],
                ["他の手当・年金との調整（年額）", holding ? yen(holding.otherBenefits) : "―"],
                ...(pension.endReason
                  ? ([
                      [
                        "失権",
                        `${showDate(pension.endedOn as IsoDate)} ${endReasons[pension.endReason]}`,
                      ],
                    ] as const)
                  : []),
                ...(pension.arrearsPayee
                  ? ([["未支給の年金を受ける方", person(pension.arrearsPayee)]] as const)
                  : []),
                [
                  "請求",
                  <a key="case" href={`/vaccination/cases/${pension.caseId}`}>
                    請求の画面
                  </a>,
                ],
              ]}
            />
          </Panel>
          <div>
            {actions.length > 0 && (
              <Panel title="次の操作">
                {actions.map(({ type, title: name, reasons }) => (
                  <PensionAction
                    key={type}
                    pension={pension}
                    type={type as PensionEventType}
                    title={name}
                    reasons={reasons}
                    grades={gradesOf(pension.class, pension.benefit)}
                    known={holding}
                  />
                ))}
              </Panel>
            )}
            {open && holds(actor, "case.enter", { program, office }) && (
              <Panel title={`現況届 ${yearInWords(open.year)}`}>
                <SentForm event="report" action={`${pensionPaths.one(pension.id)}/report`}>
                  <input type="hidden" name="year" value={open.year} />
                  <DateField
                    name="answeredOn"
                    label="受付日"
                    required
                    value={formatWarekiShort(today)}
                    notAfter={{ on: today, word: "今日" }}
                  />
                  <Checkbox name="changed" label="届に変更の申出がある" />
                  <Actions>
                    <Button>現況届を受け付ける</Button>
                  </Actions>
                </SentForm>
              </Panel>
            )}
            {holds(actor, "document.print", { program, office }) && (
              <Panel title="文書">
                <Form action={`${pensionPaths.one(pension.id)}/papers`} class="form stacked">
                  <SelectField
                    name="kind"
                    label="発行する文書"
                    required
                    options={choicesOf(paperTitles)}
                  />
                  <Actions>
                    <Button>発行する</Button>
                  </Actions>
                </Form>
                <Table
                  caption="発行した文書"
                  rows={papers}
                  href={({ id }) => `${pensionPaths.one(pension.id)}/papers/${id}`}
                  empty="発行した文書はありません。"
                  columns={[
                    { title: "文書", cell: ({ kind }) => paperTitles[kind] },
                    { title: "番号", cell: ({ documentNumber }) => documentNumber },
                    {
                      title: "発行日",
                      cell: ({ madeOn }) => showDateShort(madeOn as IsoDate),
                      nowrap: true,
                    },
                  ]}
                />
              </Panel>
            )}
          </div>
        </Columns>
        <Panel title="決定の経過">
          <Table
            caption="等級と調整"
            rows={terms}
            columns={[
              { title: "改定の月", cell: ({ fromMonth }) => monthInWords(fromMonth), nowrap: true },
              { title: "等級", cell: ({ grade }) => `${grade}級`, nowrap: true },
              { title: "介護加算", cell: ({ homeCare }) => (homeCare ? "あり" : "なし") },
              {
                title: "調整（年額）",
                cell: ({ otherBenefits }) => yen(otherBenefits),
                align: "end",
                nowrap: true,
              },
              {
                title: "決裁",
                cell: ({ decision, decidedOn }) =>
                  decision === null
                    ? "決裁待ち"
                    : `${decision === "approved" ? "決定" : "差戻し"} ${showDateShort(decidedOn as IsoDate)}`,
                nowrap: true,
              },
            ]}
          />
          <Table
            caption="操作の経過"
            rows={events}
            columns={[
              { title: "日付", cell: ({ on }) => showDateShort(on as IsoDate), nowrap: true },
              { title: "職員", cell: ({ staffName }) => staffName },
              {
                title: "操作",
                cell: ({ event }) =>
                  event === "grant"
                    ? "支給を決裁する"
                    : (reliefPensionV1.events[event as PensionEventType]?.title ?? event),
              },
            ]}
          />
        </Panel>
        <Panel title="支払">
          <Table
            caption="定期支払"
            rows={paid}
            empty="まだ支払われていません。"
            columns={[
              { title: "支払月", cell: ({ payMonth }) => monthInWords(payMonth), nowrap: true },
              {
                title: "対象の月",
                cell: ({ from, to }) =>
                  from && to ? `${monthInWords(from)}〜${monthInWords(to)}` : "―",
              },
              { title: "額", cell: ({ line }) => yen(line.amount), align: "end", nowrap: true },
              {
                title: "支払わない理由",
                cell: ({ line }) => (line.held ? heldTitles[line.held] : "―"),
              },
            ]}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}
