import {
  assessIncident,
  basisOf,
  getIncident,
  type Incident,
  incidentActions,
  incidentKinds,
  moveIncident,
  nextDeadline,
  peopleOf,
  printReport,
  type ReportWords,
  reportAndSteps,
  reportHeadings,
  writeReport,
} from "#src/platform/oversight/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type IncidentEvent,
  incidentV1,
  reportItems,
} from "#workflows/oversight/incident-machine.ts";
import {
  Actions,
  Button,
  ButtonLink,
  Columns,
  choicesOf,
  DefinitionList,
  Disclosure,
  type FieldErrors,
  Form,
  PageTitle,
  Panel,
  SelectField,
  TextArea,
} from "../../components/index.ts";
import { readDate, showDate, showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { inlinePdf, page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { Values } from "../../values.ts";
import { DatedStep, DatedSteps, DueNote } from "./case-parts.tsx";
import { FlowPicture } from "./flow-picture.tsx";
import {
  IncidentState,
  incidentGuard,
  incidentsTitle,
  JudgedFields,
  kinds,
} from "./incident-list.tsx";
import { PeoplePanel, peopleAPage } from "./incident-people.tsx";

type PageRequest = ScreenRequest<"/incidents/:incident">;
const events = Object.keys(incidentV1.events) as IncidentEvent[];

/** A field's mistake brings the page back filled in; everything else is told on a page of its own. */
async function keeping(request: PageRequest, done: () => Promise<void>, said: string) {
  try {
    await done();
  } catch (error) {
    if (!(error instanceof EntryProblem)) throw error;
    return incidentPage(request, error.errors);
  }
  return redirect(`/incidents/${request.params.incident}`, said);
}

const found = (
  { params, work }: PageRequest,
  act: (unit: Parameters<typeof getIncident>[0], one: Incident) => Promise<void>,
) => work(async (unit) => act(unit, await getIncident(unit, numberOf(params.incident))));

/** An incident: by when what is due, the words of the report, its steps, and the paper. */
export const incidentScreens = [
  defineRoute({
    ...incidentGuard,
    method: "get",
    path: "/incidents/:incident",
    audit: "incident.opened",
    handle: (request) => incidentPage(request, {}),
  }),
  defineRoute({
    ...incidentGuard,
    method: "post",
    path: "/incidents/:incident",
    audit: "incident.step-asked",
    handle: (request) => {
      const event = request.form.pressed(events);
      return keeping(
        request,
        () =>
          found(request, (unit, one) =>
            moveIncident(unit, one, {
              event,
              said: request.form.text(`said-${event}`),
              doneOn: readDate(request.form.text(`doneOn-${event}`)),
            }),
          ),
        `「${incidentV1.events[event]?.title}」を記録しました。`,
      );
    },
  }),
  defineRoute({
    ...incidentGuard,
    method: "post",
    path: "/incidents/:incident/report",
    audit: "incident.report-sent",
    handle: (request) =>
      keeping(
        request,
        () => found(request, (unit, one) => writeReport(unit, one, readWords(request.form))),
        "報告の内容を保存しました。",
      ),
  }),
  defineRoute({
    ...incidentGuard,
    method: "post",
    path: "/incidents/:incident/assessment",
    audit: "incident.assessment-sent",
    handle: (request) =>
      keeping(
        request,
        () =>
          found(request, (unit, one) =>
            assessIncident(unit, one, {
              kind: request.form.choice("kind", kinds) ?? one.kind,
              malicious: request.form.has("malicious"),
              withNumber: request.form.has("withNumber"),
            }),
          ),
        "判断を改めました。期限も改まっています。",
      ),
  }),
  defineRoute({
    ...incidentGuard,
    method: "get",
    path: "/incidents/:incident/report.pdf",
    audit: "incident.paper-opened",
    async handle({ params, work }) {
      const id = numberOf(params.incident);
      const pdf = await work(async (unit) => printReport(unit, await getIncident(unit, id)));
      return inlinePdf(`incident-${id}.pdf`, pdf);
    },
  }),
];

const readWords = (form: Values): ReportWords =>
  Object.fromEntries(reportHeadings.map((item) => [item, form.text(item)])) as ReportWords;

async function incidentPage(request: PageRequest, errors: FieldErrors) {
  const { params, work, query, form, platform } = request;
  const id = numberOf(params.incident);
  const at = Math.max(1, query.integer("page") ?? 1);
  const { one, words, steps, actions, people } = await work(async (unit) => {
    const incident = await getIncident(unit, id);
    const kept = await reportAndSteps(unit, incident);
    return {
      one: incident,
      ...kept,
      actions: incidentActions(unit, incident, kept.steps),
      people: await peopleOf(unit, incident, { page: at, size: peopleAPage }),
    };
  });
  const today = platform.clock.today();
  const path = `/incidents/${id}`;
  const event = form.text("event");
  const title = `${incidentsTitle} 第${id}号`;
  return page({
    title,
    breadcrumb: [{ title: incidentsTitle, path: "/incidents" }, { title: `第${id}号` }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle
          badge={<IncidentState state={one.state} />}
          actions={
            words && (
              <ButtonLink href={`${path}/report.pdf`} newTab>
                報告書を印刷する
              </ButtonLink>
            )
          }
        >
          {title}
        </PageTitle>
        <NextDue one={one} today={today} />
        <FlowPicture definition={incidentV1} state={one.state} />
        <Columns>
          <Panel title="報告の内容">
            <Form
              action={`${path}/report`}
              values={form.has("summary") ? form : undefined}
              errors={event ? {} : errors}
              class="form stacked"
            >
              {reportHeadings.map((item) => (
                <TextArea
                  key={item}
                  name={item}
                  label={reportItems[item]}
                  rows={2}
                  value={words?.[item]}
                  required={item === "summary"}
                />
              ))}
              {one.state !== "closed" && (
                <Actions>
                  <Button>報告の内容を保存する</Button>
                </Actions>
              )}
            </Form>
          </Panel>
          <div>
            <Panel title="手続き">
              {actions.map((action) => (
                <DatedStep
                  key={action.type}
                  action={action}
                  path={path}
                  today={today}
                  label="内容（相手、方法、理由など）"
                  final={action.type === "close" || action.type === "dismiss"}
                  values={event === action.type ? form : undefined}
                  errors={event === action.type ? errors : {}}
                />
              ))}
              {actions.length === 0 && <p>終結しました。</p>}
            </Panel>
            <JudgedPanel one={one} path={path} />
          </div>
        </Columns>
        <PeoplePanel found={one} people={people} page={at} today={today} />
        <DatedSteps events={incidentV1.events} steps={steps} />
      </>
    ),
  });
}

function NextDue({ one, today }: { one: Incident; today: IsoDate }) {
  const due = nextDeadline(one);
  if (!due) return null;
  return (
    <DueNote what={due.title} due={due.on} today={today}>
      知った日（{showDate(one.knownOn)}）を1日目として数えています。
    </DueNote>
  );
}

function JudgedPanel({ one, path }: { one: Incident; path: string }) {
  return (
    <Panel title="事案">
      <DefinitionList
        items={[
          ["種類", incidentKinds[one.kind]],
          ["知った日", showDate(one.knownOn)],
          ["速報の期限", showDate(one.preliminaryDue)],
          [
            "確報の期限",
            `${showDate(one.finalDue)}${one.malicious ? "（不正の目的のおそれ）" : ""}`,
          ],
          ["根拠", basisOf(one)],
          ["始めた職員", `${one.openedName} ${showMoment(one.openedAt)}`],
          ...(one.findingId ? ([["もとの指摘", `点検の指摘 第${one.findingId}号`]] as const) : []),
        ]}
      />
      {(one.state === "found" || one.state === "investigating") && (
        <Disclosure title="判断を改める">
          <Form action={`${path}/assessment`} class="form stacked">
            <SelectField
              name="kind"
              label="種類"
              value={one.kind}
              options={choicesOf(incidentKinds)}
            />
            <JudgedFields judged={one} />
            <Button look="secondary">改める</Button>
          </Form>
        </Disclosure>
      )}
    </Panel>
  );
}
