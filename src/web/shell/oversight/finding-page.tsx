import { holds, staffList } from "#src/platform/access/index.ts";
import {
  type Finding,
  findingActions,
  getFinding,
  incidentOfFinding,
  moveFinding,
  recordsOf,
  stepsOf,
} from "#src/platform/oversight/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { FindingEvent } from "#workflows/oversight/finding-machine.ts";
import {
  Button,
  ButtonLink,
  type Choice,
  Columns,
  DefinitionList,
  DisabledAction,
  type FieldErrors,
  Form,
  PageTitle,
  Panel,
  SelectField,
  TextArea,
} from "../../components/index.ts";
import { showDate } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import { guard, title } from "./list.tsx";
import { type Known, RecordsPanel, recordsAPage, StateBadge, StepsPanel } from "./parts.tsx";
import { findingTitles, ruleOf } from "./words.ts";

const said = {
  ask: "説明を求めました。求められた職員のホームに出ます。",
  justify: "問題なしとして処理しました。",
  incident: "事案として処理しました。",
} as const;
const settlingEvents = ["ask", "justify", "incident"] as const satisfies FindingEvent[];

/** A finding as the auditor settles it. */
export const findingScreens = (known: Known) => [
  defineRoute({
    ...guard,
    method: "get",
    path: "/access-review/findings/:finding",
    audit: "finding.opened",
    handle: (request) => findingPage(request, known, {}),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/access-review/findings/:finding",
    audit: "finding.step-asked",
    async handle(request) {
      const { params, form, work } = request;
      const event = form.pressed(settlingEvents);
      try {
        await work(async (unit) =>
          moveFinding(unit, await getFinding(unit, numberOf(params.finding)), {
            event,
            said: form.text(`said-${event}`),
            askOf: form.integer("askOf"),
          }),
        );
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return findingPage(request, known, error.errors);
      }
      return redirect("/access-review", said[event]);
    },
  }),
];

async function findingPage(
  { params, work, query, form, actor }: ScreenRequest<"/access-review/findings/:finding">,
  known: Known,
  errors: FieldErrors,
) {
  const id = numberOf(params.finding);
  const at = Math.max(1, query.integer("page") ?? 1);
  const may = holds(actor, "incident.handle");
  const { found, steps, records, actions, staff, incident } = await work(async (unit) => {
    const one = await getFinding(unit, id);
    return {
      found: one,
      actions: findingActions(unit, one),
      steps: await stepsOf(unit, id),
      records: await recordsOf(unit, id, { page: at, size: recordsAPage }),
      staff: await staffList(unit),
      incident: may ? await incidentOfFinding(unit, id) : undefined,
    };
  });
  const path = `/access-review/findings/${id}` as const;
  const heading = `点検の指摘 第${id}号`;
  return page({
    title: heading,
    breadcrumb: [{ title, path: "/access-review" }, { title: `第${id}号` }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle badge={<StateBadge state={found.state} />}>{heading}</PageTitle>
        <Columns>
          <FindingPanel found={found} />
          <Panel title="処理">
            {actions
              .filter(({ type }) => type !== "explain")
              .map((action) => (
                <Step
                  key={action.type}
                  action={action}
                  path={path}
                  values={form.text("event") === action.type ? form : undefined}
                  errors={form.text("event") === action.type ? errors : {}}
                  staff={staff.filter(({ status }) => status === "active").map(choiceOf)}
                  found={found}
                />
              ))}
            {actions.length === 0 && <p>処理は済んでいます。</p>}
            {found.state === "incident" && (
              <IncidentLink found={found} incident={incident} may={may} />
            )}
          </Panel>
        </Columns>
        <StepsPanel steps={steps} />
        <RecordsPanel records={records} total={found.records} page={at} path={path} known={known} />
      </>
    ),
  });
}

/** The incident that it led to, or how to begin it. */
function IncidentLink(props: { found: Finding; incident: number | undefined; may: boolean }) {
  const { found, incident, may } = props;
  if (!may) return <p>漏えい等の事案は、個人情報保護担当が始めます。</p>;
  return incident ? (
    <ButtonLink href={`/incidents/${incident}`}>漏えい等の事案 第{incident}号</ButtonLink>
  ) : (
    <ButtonLink href={`/incidents/new?finding=${found.id}`}>漏えい等の事案を始める</ButtonLink>
  );
}

export const FindingPanel = ({ found }: { found: Finding }) => (
  <Panel title="指摘">
    <DefinitionList
      items={[
        ["職員", `${found.staffName}（${found.loginName}・${found.officeName ?? "全市"}）`],
        ["日", showDate(found.day)],
        ["指摘", findingTitles[found.kind]],
        ["基準", ruleOf(found.kind, found.day)],
        [
          "見た人数・記録",
          `${found.people.toLocaleString("ja-JP")}人・${found.records.toLocaleString("ja-JP")}件`,
        ],
        ...(found.personNumber ? ([["見られた方", found.personNumber]] as const) : []),
      ]}
    />
  </Panel>
);

const choiceOf = (one: {
  id: number;
  displayName: string;
  loginName: string;
  officeName: string | null;
}): Choice => ({
  value: String(one.id),
  label: `${one.displayName}（${one.loginName}・${one.officeName ?? "全市"}）`,
});

function Step(props: {
  action: { type: string; title: string; reasons: readonly string[] };
  path: string;
  values: ScreenRequest["form"] | undefined;
  errors: FieldErrors;
  staff: readonly Choice[];
  found: Finding;
}) {
  const { type, title: actionTitle, reasons } = props.action;
  if (reasons.length > 0) return <DisabledAction reasons={reasons}>{actionTitle}</DisabledAction>;
  return (
    <Form action={props.path} values={props.values} errors={props.errors} class="form stacked">
      {type === "ask" ? (
        <>
          <SelectField
            name="askOf"
            label="説明を求める職員（本人か上司）"
            required
            value={String(props.found.staffId)}
            options={props.staff}
          />
          <TextArea name="said-ask" label="説明してほしいこと" rows={2} />
          <Button name="event" value="ask">
            {actionTitle}
          </Button>
        </>
      ) : (
        <>
          <TextArea name={`said-${type}`} label={`${actionTitle}理由`} required rows={2} />
          {type === "incident" ? (
            <Button
              name="event"
              value={type}
              look="danger"
              confirm="この指摘を事案として処理します。よろしいですか。"
            >
              {actionTitle}
            </Button>
          ) : (
            <Button
              name="event"
              value={type}
              look="secondary"
              confirm="この指摘を問題なしとして処理します。よろしいですか。"
            >
              {actionTitle}
            </Button>
          )}
        </>
      )}
    </Form>
  );
}
