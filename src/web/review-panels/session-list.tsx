import { EntryFaults, EntryProblem } from "#src/platform/problem.ts";
import {
  groupTitles,
  listSessions,
  openGroups,
  planSession,
  sessionStates,
  sessionsPerPage,
  waitingForPanel,
} from "#src/platform/review-panels/index.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Columns,
  DateField,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import type { PanelSet } from "./set.ts";

/** A panel: its meetings, the cases that wait for one, and where one is planned. */
export const sessionListScreens = (of: PanelSet): readonly AnyRoute[] => [
  defineRoute({
    ...of.guard,
    method: "get",
    path: of.sessions,
    audit: "panel.opened",
    handle: (request) => sessionsPage(of, request),
  }),
  defineRoute({
    ...of.guard,
    method: "post",
    path: of.sessions,
    audit: "panel.session-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const faults = new EntryFaults();
        const heldOn = faults.need(
          "heldOn",
          readDate(form.text("heldOn")),
          "開催日を入力してください。例: R8.12.10",
        );
        const heldAt = await faults.check(() => timeOf(form.text("heldAt")));
        const place = faults.need("place", form.text("place"), "場所を入力してください。");
        faults.end();
        const id = await work((unit) =>
          planSession(unit, of.panel, {
            heldOn,
            heldAt,
            place: place.slice(0, 80),
            groupId: form.integer("group") ?? null,
          }),
        );
        return redirect(of.session(id), "会議を予定しました。議題を加えてください。");
      } catch (error) {
        return sessionsPage(of, request, sentWith("plan", form, error));
      }
    },
  }),
];

/** A time as it stands on the invitation: 14:00 and 14時 become 14時00分. @throws EntryProblem */
function timeOf(text: string): string {
  const [, hour, minute] = /^(\d{1,2})(?:[:：時](\d{0,2})分?)?$/.exec(figures(text)) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute || 0) > 59)
    throw new EntryProblem("heldAt", "時刻を入力してください。例: 14:00");
  return `${Number(hour)}時${(minute || "0").padStart(2, "0")}分`;
}

async function sessionsPage(
  of: PanelSet,
  { work, platform, query }: Pick<ScreenRequest, "work" | "platform" | "query">,
  sent?: Sent,
): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const today = platform.clock.today();
  const { panel } = of;
  const { words } = panel;
  const { sessions, waiting, people, titles, groups } = await work(async (unit) => {
    const cases = await waitingForPanel(unit, panel);
    return {
      sessions: await listSessions(unit, panel, at),
      waiting: cases,
      titles: await groupTitles(unit, panel),
      groups: panel.grouped ? await openGroups(unit, panel) : [],
      people: await peopleOfRows(
        unit,
        cases.rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  const { heading } = words;
  return page({
    title: heading,
    status: statusOf(sent),
    breadcrumb: [{ title: words.panel }],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle actions={<ButtonLink href={of.members}>委員</ButtonLink>}>{heading}</PageTitle>
        <SentNote />
        <Columns wide="first">
          <div>
            <Panel title="会議">
              <Table
                caption={`会議（${sessions.total}件）`}
                captionShown
                rows={sessions.rows}
                href={({ id }) => of.session(id)}
                empty="会議はありません。"
                columns={[
                  { title: "番号", cell: ({ id }) => `第${id}号`, nowrap: true },
                  {
                    title: "開催日",
                    cell: ({ heldOn, heldAt }) => `${showDateShort(heldOn as IsoDate)} ${heldAt}`,
                    nowrap: true,
                  },
                  { title: "場所", cell: ({ place }) => place },
                  ...(panel.grouped
                    ? [
                        {
                          title: "審査グループ",
                          cell: ({ groupId }: (typeof sessions.rows)[number]) =>
                            groupId === null ? "全体" : titles.get(groupId),
                        },
                      ]
                    : []),
                  { title: "議題", cell: ({ cases }) => `${cases}件`, align: "end", nowrap: true },
                  {
                    title: "状態",
                    cell: ({ state }) => <Badge>{sessionStates[state]}</Badge>,
                    nowrap: true,
                  },
                ]}
              />
              <Pagination
                page={at}
                pages={Math.max(1, Math.ceil(sessions.total / sessionsPerPage))}
                href={(to) => `${of.sessions}?page=${to}`}
              />
            </Panel>
            <Panel title={`会議を待つ${words.case}`}>
              <Table
                caption={`会議の議題になっていない${words.case}（${waiting.total}件）`}
                captionShown
                rows={waiting.rows}
                href={({ id }) => of.case(id)}
                empty={`会議を待つ${words.case}はありません。`}
                columns={[
                  { title: "番号", cell: ({ number }) => number, nowrap: true },
                  {
                    title: "氏名・年齢",
                    cell: ({ personNumber }) => (
                      <PersonCell person={people.get(personNumber)} today={today} />
                    ),
                  },
                  {
                    title: "受付日",
                    cell: ({ receivedOn }) => showDateShort(receivedOn),
                    nowrap: true,
                  },
                ]}
              />
            </Panel>
          </div>
          <Panel title="会議を予定する">
            <SentForm class="form" event="plan" action={of.sessions}>
              <DateField name="heldOn" label="開催日" required value="" />
              <TextField name="heldAt" label="時刻" hint="例: 14:00" required width={8} />
              {groups.length > 0 && (
                <SelectField
                  name="group"
                  label="審査グループ"
                  empty="全体"
                  options={groups.map(({ id, title }) => ({ value: String(id), label: title }))}
                />
              )}
              <TextField name="place" label="場所" required width={20} printed />
              <Actions>
                <Button>予定する</Button>
              </Actions>
            </SentForm>
          </Panel>
        </Columns>
      </SentContext.Provider>
    ),
  });
}
