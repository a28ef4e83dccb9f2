import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  listSeasons,
  openSeasons,
  planSeason,
  type SeasonPlan,
  seasonForAll,
} from "#src/platform/renewals/index.ts";
import { addDays, isoDate, partsOf } from "#workflows/dates/iso-date.ts";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  DisabledAction,
  Disclosure,
  FieldGroup,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Panel,
  RadioGroup,
  Table,
} from "../components/index.ts";
import { readDate, showDateShort } from "../dates.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import type { Values } from "../values.ts";
import { day, endTitles, SeasonBadge, seasonTitle } from "./parts.tsx";
import type { Renewals } from "./set.ts";

const days = {
  entitledOn: { label: "基準日", hint: "この日に資格がある方が対象です。" },
  startsOn: {
    label: "新しい年度の初日",
    hint: "更新しない方は、この日から資格がなくなるか、停止されます。",
  },
  dueOn: { label: "提出期限", hint: "現況届に印刷します。" },
  remindOn: { label: "督促を送る日", hint: "提出期限より後の日" },
  warnOn: { label: "差止予告を送る日", hint: "督促より後の日" },
  warnedUntil: {
    label: "差止予告の期限",
    hint: "この日まで提出がなければ、喪失・停止を起案できます。",
  },
} as const satisfies Partial<Record<keyof SeasonPlan, { label: string; hint: string }>>;
const ends = choicesOf(endTitles);

/** The seasons of a 事務, and planning one. */
export const seasonListScreens = (of: Renewals): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.seasons,
    audit: "renewal-seasons.listed",
    handle: (request) => listPage(of, request),
  }),
  defineRoute({
    ...of.reading,
    right: "case.propose",
    method: "post",
    path: of.paths.seasons,
    audit: "renewal-season.plan-asked",
    async handle(request) {
      const { form, work } = request;
      const errors: Record<string, string> = {};
      const plan = readPlan(of, form, errors);
      if (!plan) return listPage(of, request, { values: form, errors });
      try {
        const id = await work(async (unit) =>
          planSeason(unit, {
            ...plan,
            incomeYear: (await of.kind.incomeYear?.(unit, plan.startsOn)) ?? null,
          }),
        );
        return redirect(
          of.paths.season(id),
          "期を起案しました。別の決裁者が始めると、対象者が決まります。",
        );
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return listPage(of, request, { values: form, errors: error.errors });
      }
    },
  }),
];

function readPlan(
  of: Renewals,
  form: Values,
  errors: Record<string, string>,
): Omit<SeasonPlan, "incomeYear"> | undefined {
  const read = (field: keyof typeof days) => {
    const found = readDate(form.text(field));
    if (!found) errors[field] = `${days[field].label}を入力してください。`;
    return found ?? ("" as never);
  };
  const year = form.integer("year");
  if (!year || year < 2000 || year > 2200) errors.year = "年度を西暦4桁で入力してください。";
  const overLimit = form.choice("overLimit", ["lost", "suspended"]);
  const noAnswer = form.choice("noAnswer", ["lost", "suspended"]);
  if (!overLimit) errors.overLimit = "どちらかを選んでください。";
  if (!noAnswer) errors.noAnswer = "どちらかを選んでください。";
  const plan = {
    program: of.program,
    entitledOn: read("entitledOn"),
    startsOn: read("startsOn"),
    dueOn: read("dueOn"),
    remindOn: read("remindOn"),
    warnOn: read("warnOn"),
    warnedUntil: read("warnedUntil"),
  };
  return Object.keys(errors).length === 0 && year && overLimit && noAnswer
    ? { ...plan, year, overLimit, noAnswer }
    : undefined;
}

async function listPage(
  of: Renewals,
  { work, platform, actor }: ScreenRequest,
  sent?: { values: Values; errors: Record<string, string> },
) {
  const { rows, open } = await work(async (unit) => ({
    rows: await listSeasons(unit, of.program),
    open: await openSeasons(unit, of.program),
  }));
  const today = platform.clock.today();
  const { year } = partsOf(today);
  const suggested = {
    entitledOn: today,
    startsOn: isoDate(year + 1, 1, 1),
    dueOn: addDays(today, 30),
    remindOn: addDays(today, 31),
    warnOn: addDays(today, 45),
    warnedUntil: addDays(today, 60),
  };
  const proposes = holds(actor, "case.propose", { program: of.program });
  const mayPlan = holdsForAll(actor, "case.propose", of.program);
  return page({
    title: `${of.title} ${of.kind.title}`,
    status: sent ? 422 : 200,
    breadcrumb: [{ title: of.kind.title }],
    content: (
      <>
        <PageTitle>{of.kind.title}</PageTitle>
        <Panel title="更新の期">
          <Table
            caption="更新の期"
            columns={[
              { title: "期", cell: (row) => seasonTitle(row, of.kind.title), nowrap: true },
              { title: "状態", cell: ({ state }) => <SeasonBadge state={state} />, nowrap: true },
              { title: "基準日", cell: ({ entitledOn }) => day(entitledOn), nowrap: true },
              { title: "提出期限", cell: ({ dueOn }) => day(dueOn), nowrap: true },
              { title: "新しい年度", cell: ({ startsOn }) => `${day(startsOn)}から`, nowrap: true },
            ]}
            rows={rows}
            href={({ id }) => of.paths.season(id)}
            empty="更新の期は、まだありません。"
          />
        </Panel>
        {proposes && !mayPlan && (
          <Actions>
            <DisabledAction reasons={[seasonForAll]}>新しい期を起案する</DisabledAction>
          </Actions>
        )}
        {mayPlan && (
          <Disclosure
            title="新しい期を起案する"
            open={sent !== undefined || (rows.length === 0 && open.length === 0)}
          >
            <Form
              action={of.paths.seasons}
              class="form stacked"
              values={sent?.values}
              errors={sent?.errors}
            >
              <NumberField
                name="year"
                label="年度（西暦）"
                required
                width={8}
                value={String(year)}
              />
              <FieldGroup title="日程">
                <FieldRow>
                  {(["entitledOn", "startsOn", "dueOn"] as const).map((field) => (
                    <DateField
                      key={field}
                      name={field}
                      {...days[field]}
                      required
                      value={showDateShort(suggested[field])}
                    />
                  ))}
                </FieldRow>
                <FieldRow>
                  {(["remindOn", "warnOn", "warnedUntil"] as const).map((field) => (
                    <DateField
                      key={field}
                      name={field}
                      {...days[field]}
                      required
                      value={showDateShort(suggested[field])}
                    />
                  ))}
                </FieldRow>
              </FieldGroup>
              <FieldRow>
                <RadioGroup
                  name="overLimit"
                  label="所得が限度額以上のとき"
                  required
                  value="lost"
                  options={ends}
                />
              </FieldRow>
              <FieldRow>
                <RadioGroup
                  name="noAnswer"
                  label="提出がないとき"
                  required
                  value="lost"
                  options={ends}
                />
              </FieldRow>
              <Actions>
                <Button>起案する</Button>
              </Actions>
            </Form>
          </Disclosure>
        )}
      </>
    ),
  });
}
