import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  Actions,
  Button,
  DateField,
  DisabledAction,
  Disclosure,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import { addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import { entitlementEnd } from "#workflows/intractable-disease/high-cost-months.ts";
import { planArea } from "#workflows/intractable-disease/presets.ts";
import { rowOn } from "#workflows/parameters/dated.ts";
import { listSeasons, planSeason, type SeasonPlan, seasonForAll } from "../../renewals/seasons.ts";
import { day, paths, program, reading, SeasonBadge, seasonTitle } from "./parts.tsx";

const fields = {
  endsOn: {
    label: "有効期間の終わりの日",
    hint: "この日に支給認定が終わる方が対象です。この日まで、更新の申請として受け付けます。",
  },
  opensOn: { label: "受付を始める日", hint: "この日から、更新の申請として受け付けます。" },
  recommendedUntil: {
    label: "早めの申請の期限",
    hint: "この日までの申請は、終わりの日までに新しい受給者証を送る見込みです。お知らせに印刷します。",
  },
} as const satisfies Record<keyof SeasonPlan, { label: string; hint: string }>;
const names = Object.keys(fields) as (keyof SeasonPlan)[];

/** The seasons, and planning one. */
export const seasonListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...reading,
    method: "get",
    path: paths.seasons,
    audit: "intractable-seasons.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...reading,
    right: "case.propose",
    method: "post",
    path: paths.seasons,
    audit: "intractable-season.plan-asked",
    async handle(request) {
      const { form, work } = request;
      const errors: Record<string, string> = {};
      const read = (name: keyof SeasonPlan): IsoDate => {
        const found = readDate(form.text(name));
        if (!found) errors[name] = `${fields[name].label}を入力してください。例: R9.9.30`;
        return found ?? ("" as IsoDate);
      };
      const plan = {
        endsOn: read("endsOn"),
        opensOn: read("opensOn"),
        recommendedUntil: read("recommendedUntil"),
      };
      if (Object.keys(errors).length > 0) return listPage(request, { values: form, errors });
      try {
        const id = await work((unit) => planSeason(unit, plan));
        return redirect(
          paths.season(id),
          "期を起案しました。別の決裁者が始めると、対象者が決まります。",
        );
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return listPage(request, { values: form, errors: error.errors });
      }
    },
  }),
];

async function listPage(
  { work, platform, actor }: ScreenRequest,
  sent?: { values: Values; errors: Record<string, string> },
) {
  const today = platform.clock.today();
  const { rows, fixedEnd, mostMonths } = await work(async (unit) => ({
    rows: await listSeasons(unit),
    ...rowOn(await presetOf(unit, planArea, today), today).value,
  }));
  const endsOn = entitlementEnd(today, fixedEnd, mostMonths);
  const suggested = {
    endsOn,
    opensOn: addMonths(endsOn, -4),
    recommendedUntil: addMonths(endsOn, -2),
  };
  const mayPlan = holdsForAll(actor, "case.propose", program);
  return page({
    title: "指定難病 更新",
    status: sent ? 422 : 200,
    breadcrumb: [{ title: "更新" }],
    content: (
      <>
        <PageTitle>更新</PageTitle>
        <Panel title="更新の期">
          <Table
            caption="更新の期"
            columns={[
              { title: "期", cell: seasonTitle, nowrap: true },
              { title: "状態", cell: ({ state }) => <SeasonBadge state={state} />, nowrap: true },
              { title: "受付の始まり", cell: ({ opensOn }) => day(opensOn), nowrap: true },
              {
                title: "早めの申請の期限",
                cell: ({ recommendedUntil }) => day(recommendedUntil),
                nowrap: true,
              },
            ]}
            rows={rows}
            href={({ id }) => paths.season(id)}
            empty="更新の期は、まだありません。"
          />
        </Panel>
        {holds(actor, "case.propose", { program }) && !mayPlan && (
          <Actions>
            <DisabledAction reasons={[seasonForAll]}>新しい期を起案する</DisabledAction>
          </Actions>
        )}
        {mayPlan && (
          <Disclosure
            title="新しい期を起案する"
            open={sent !== undefined || rows.every(({ state }) => state === "closed")}
          >
            <Form
              action={paths.seasons}
              class="form stacked"
              values={sent?.values}
              errors={sent?.errors}
            >
              <FieldRow>
                {names.map((name) => (
                  <DateField
                    key={name}
                    name={name}
                    {...fields[name]}
                    required
                    value={showDateShort(suggested[name])}
                  />
                ))}
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
