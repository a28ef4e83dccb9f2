import {
  countIncidents,
  getFinding,
  type Incident,
  type IncidentKind,
  incidentKinds,
  listIncidents,
  nextDeadline,
  openIncident,
} from "#src/platform/oversight/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { incidentV1 } from "#workflows/oversight/incident-machine.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Checkbox,
  choicesOf,
  DateField,
  type FieldErrors,
  FieldGroup,
  Form,
  PageTitle,
  Pagination,
  SelectField,
  Table,
  Tabs,
} from "../../components/index.ts";
import { readDate, showDateShort } from "../../dates.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";

export const incidentGuard = { right: "incident.handle", purpose: "audit" } as const;
export const incidentsTitle = "漏えい等の事案";
const incidentsAPage = 50;
export const kinds = Object.keys(incidentKinds) as IncidentKind[];

export function IncidentState({ state }: Pick<Incident, "state">) {
  const { title, tone } = stateMeta(incidentV1, state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
}

/** By when what is due, in a word; red where the day has passed. */
export function Deadline({ found, today }: { found: Incident; today: IsoDate }) {
  const due = nextDeadline(found);
  if (!due) return "―";
  const words = `${due.title} ${showDateShort(due.on)}`;
  return due.on < today ? <Badge tone="error">{`${words} 期限超過`}</Badge> : words;
}

export const incidentListScreens = [
  defineRoute({
    ...incidentGuard,
    method: "get",
    path: "/incidents",
    audit: "incidents.listed",
    async handle({ work, query, platform }) {
      const which = query.text("which") === "closed" ? "closed" : "open";
      const at = Math.max(1, query.integer("page") ?? 1);
      const { rows, counts } = await work(async (unit) => ({
        rows: await listIncidents(unit, which, { page: at, size: incidentsAPage }),
        counts: await countIncidents(unit),
      }));
      const today = platform.clock.today();
      return page({
        title: incidentsTitle,
        breadcrumb: [{ title: incidentsTitle }],
        content: (
          <>
            <PageTitle actions={<ButtonLink href="/incidents/new">事案を始める</ButtonLink>}>
              {incidentsTitle}
            </PageTitle>
            <Tabs
              label="事案の区分"
              tabs={[
                {
                  title: "処理中",
                  href: "/incidents",
                  current: which === "open",
                  count: counts.open,
                },
                {
                  title: "終結",
                  href: "/incidents?which=closed",
                  current: which === "closed",
                  count: counts.closed,
                },
              ]}
            />
            <Table
              caption="事案"
              columns={[
                { title: "番号", cell: ({ id }: Incident) => `第${id}号`, nowrap: true },
                { title: "種類", cell: ({ kind }) => incidentKinds[kind] },
                { title: "知った日", cell: ({ knownOn }) => showDateShort(knownOn), nowrap: true },
                {
                  title: "次の期限",
                  cell: (row) => <Deadline found={row} today={today} />,
                  nowrap: true,
                },
                {
                  title: "本人",
                  cell: ({ people }) => `${people.toLocaleString("ja-JP")}人`,
                  align: "end",
                  nowrap: true,
                },
                {
                  title: "未通知",
                  cell: ({ notTold }) => `${notTold.toLocaleString("ja-JP")}人`,
                  align: "end",
                  nowrap: true,
                },
                { title: "状態", cell: (row) => <IncidentState state={row.state} />, nowrap: true },
              ]}
              rows={rows}
              href={({ id }) => `/incidents/${id}`}
              empty="この区分の事案はありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(counts[which] / incidentsAPage)}
              href={(number) => `/incidents?which=${which}&page=${number}`}
            />
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...incidentGuard,
    method: "get",
    path: "/incidents/new",
    audit: "incident.new-opened",
    handle: (request) => newPage(request, {}),
  }),
  defineRoute({
    ...incidentGuard,
    method: "post",
    path: "/incidents/new",
    audit: "incident.begin-asked",
    async handle(request) {
      const { form, work } = request;
      const knownOn = readDate(form.text("knownOn"));
      const kind = form.choice("kind", kinds);
      const errors: Record<string, string> = {};
      if (!kind) errors.kind = "種類を選んでください。";
      if (!knownOn) errors.knownOn = "知った日を入力してください。例: R8.11.20";
      if (!kind || !knownOn) return newPage(request, errors);
      try {
        const id = await work((unit) =>
          openIncident(unit, {
            kind,
            knownOn,
            malicious: form.has("malicious"),
            withNumber: form.has("withNumber"),
            findingId: form.integer("finding") ?? null,
          }),
        );
        return redirect(`/incidents/${id}`, "事案を始めました。報告の内容を書いてください。");
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return newPage(request, error.errors);
      }
    },
  }),
];

async function newPage({ work, form, query, platform }: ScreenRequest, errors: FieldErrors) {
  const finding = form.integer("finding") ?? query.integer("finding");
  const found = finding ? await work((unit) => getFinding(unit, finding)) : undefined;
  const title = "事案を始める";
  return page({
    title,
    breadcrumb: [{ title: incidentsTitle, path: "/incidents" }, { title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Form
          action="/incidents/new"
          values={form.names().length > 0 ? form : undefined}
          errors={errors}
        >
          <FieldGroup title={found ? `点検の指摘 第${found.id}号から` : "知った事案"}>
            {found && <input type="hidden" name="finding" value={found.id} />}
            <SelectField
              name="kind"
              label="種類"
              required
              empty="選んでください"
              options={choicesOf(incidentKinds)}
            />
            <DateField
              name="knownOn"
              label="知った日"
              required
              value={showDateShort(platform.clock.today())}
              hint="この日を1日目として、速報と確報の期限を数えます。"
            />
            <JudgedFields judged={{ malicious: false, withNumber: true }} />
          </FieldGroup>
          <Actions>
            <Button shortcut="Ctrl+Enter">始める</Button>
          </Actions>
        </Form>
      </>
    ),
  });
}

export const JudgedFields = ({
  judged,
}: {
  judged: { malicious: boolean; withNumber: boolean };
}) => (
  <>
    <Checkbox
      name="withNumber"
      label="個人番号を含む情報である（番号法第29条の4）"
      checked={judged.withNumber}
    />
    <Checkbox
      name="malicious"
      label="不正の目的によるおそれがある（確報は60日以内）"
      checked={judged.malicious}
    />
  </>
);
