import { holds } from "#src/platform/access/actor.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Columns,
  DefinitionList,
  DisabledAction,
  Form,
  PageTitle,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { idOf } from "#src/web/params.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute } from "#src/web/route.ts";
import { FigureChart } from "#src/web/statistics/chart.tsx";
import {
  type RenewalSeasonEvent,
  renewalSeasonV1,
} from "#workflows/intractable-disease/renewal-season.ts";
import { letterSorts, letterTitles } from "../../renewals/letters.ts";
import { moveSeason, readSeason, type Season, seasonActions } from "../../renewals/seasons.ts";
import { type Progress, progressOf, standings, standingTitles } from "../../renewals/standings.ts";
import { count, day, paths, program, reading, SeasonBadge, seasonTitle, toneOf } from "./parts.tsx";

const said = {
  open: (entered: number) => `期を始めました。対象は${count(entered)}人です。`,
  refuse: () => "期を始めないことにしました。",
  "complete-list": (entered: number) => `${count(entered)}人を加えました。`,
  close: () => "期を終えました。",
} as const satisfies Record<RenewalSeasonEvent, (entered: number) => string>;

/** How a season stands: people by how they stand and office, letters, applications by day; and what may be done. */
export const seasonScreens: readonly AnyRoute[] = [
  defineRoute({
    ...reading,
    method: "get",
    path: `${paths.seasons}/seasons/:season` as const,
    audit: "intractable-season.opened",
    async handle({ params, work, actor }) {
      const id = idOf(params.season);
      const { season, progress, actions, officeOf } = await work(async (unit) => {
        const season = await readSeason(unit, id);
        return {
          season,
          progress: await progressOf(unit, id),
          actions: seasonActions(unit, season),
          officeOf: await officeFinder(unit),
        };
      });
      const may = (right: "case.enter" | "mailing.prepare") => holds(actor, right, { program });
      return page({
        title: seasonTitle(season),
        breadcrumb: [{ title: "更新", path: paths.seasons }, { title: seasonTitle(season) }],
        content: (
          <>
            <PageTitle
              badge={<SeasonBadge state={season.state} />}
              actions={
                season.state === "open" && may("case.enter") ? (
                  <ButtonLink href={paths.entry}>更新の申請を受け付ける</ButtonLink>
                ) : undefined
              }
            >
              {seasonTitle(season)}
            </PageTitle>
            <Columns wide="first">
              <Standings
                season={season}
                progress={progress}
                officeOf={(code) => officeOf(code).name}
              />
              <div>
                <Panel title="日程">
                  <DefinitionList
                    items={[
                      ["受付の始まり", day(season.opensOn)],
                      ["早めの申請の期限", day(season.recommendedUntil)],
                      ["有効期間の終わり", `${day(season.endsOn)}（この日まで更新）`],
                    ]}
                  />
                  <Actions>
                    {actions.map(({ type, title, reasons }) =>
                      reasons.length > 0 ? (
                        <DisabledAction key={type} reasons={[...reasons]}>
                          {title}
                        </DisabledAction>
                      ) : (
                        <Form
                          key={type}
                          action={`${paths.season(id)}/${type}`}
                          class="inline-form"
                          keys="search"
                        >
                          <input type="hidden" name="revision" value={season.revision} />
                          <Button
                            look={type === "open" ? "primary" : "secondary"}
                            confirm={
                              type === "open"
                                ? "期を始め、対象者を決めます。よろしいですか。"
                                : undefined
                            }
                          >
                            {title}
                          </Button>
                        </Form>
                      ),
                    )}
                  </Actions>
                </Panel>
                <Letters season={season} progress={progress} sends={may("mailing.prepare")} />
              </div>
            </Columns>
            {progress.days.length > 0 && (
              <Panel title="日ごとの受付">
                <FigureChart
                  id="renewal-days"
                  table={{
                    title: "日ごとの受付",
                    rowTitle: "日",
                    chart: "columns",
                    columns: [{ title: "受付", unit: "件", charted: true }],
                    rows: progress.days.slice(-31).map(({ on, received }) => ({
                      title: on.slice(5).replace("-", "/"),
                      figures: [{ value: received }],
                    })),
                  }}
                />
              </Panel>
            )}
          </>
        ),
      });
    },
  }),
  ...(Object.keys(renewalSeasonV1.events) as RenewalSeasonEvent[]).map((type) =>
    defineRoute({
      ...reading,
      right: renewalSeasonV1.events[type].right,
      method: "post",
      path: `${paths.seasons}/seasons/:season/${type}` as const,
      audit: `intractable-season.${type}-asked`,
      async handle({ params, form, work }) {
        const id = idOf(params.season);
        const entered = await work((unit) =>
          moveSeason(unit, { id, seen: form.integer("revision") ?? 0, type }),
        );
        return redirect(paths.season(id), said[type](entered));
      },
    }),
  ),
];

/** People by how they stand, and by office; each number leads to its rows. */
function Standings(props: {
  season: Season;
  progress: Progress;
  officeOf: (code: string) => string;
}) {
  const { season, progress, officeOf } = props;
  const offices = [...new Set(progress.people.map(({ office }) => office))];
  const at = (standing: string, office?: string) =>
    progress.people
      .filter((one) => one.standing === standing && (office === undefined || one.office === office))
      .reduce((sum, { people }) => sum + people, 0);
  const total = progress.people.reduce((sum, { people }) => sum + people, 0);
  return (
    <Panel title={`進み具合（対象 ${count(total)}人）`}>
      <Table
        caption="進み具合"
        columns={[
          {
            title: "状態",
            cell: (one) => <Badge tone={toneOf(one)}>{standingTitles[one]}</Badge>,
            nowrap: true,
          },
          { title: "合計", cell: (one) => count(at(one)), align: "end", nowrap: true },
          ...(offices.length > 1
            ? offices.map((office) => ({
                title: officeOf(office).replace(/役所$/, ""),
                align: "end" as const,
                cell: (one: (typeof standings)[number]) => count(at(one, office)),
              }))
            : []),
        ]}
        rows={standings.filter((one) => at(one) > 0)}
        href={(one) => paths.list(season.id, one)}
        empty={
          season.state === "planned" ? "期が始まると、対象者が決まります。" : "対象者はいません。"
        }
      />
    </Panel>
  );
}

const titles = { ...letterTitles, certificate: "更新した受給者証" } as const;

/** Letters that were made, and where further ones are ordered. */
function Letters(props: { season: Season; progress: Progress; sends: boolean }) {
  const { season, progress, sends } = props;
  const of = (sort: string) => progress.letters.find(({ kind }) => kind === sort);
  return (
    <Panel title="お知らせ">
      <Table
        caption="お知らせ"
        columns={[
          { title: "種類", cell: (sort) => titles[sort] },
          { title: "通数", cell: (sort) => count(of(sort)?.letters ?? 0), align: "end" },
          { title: "最後", cell: (sort) => day(of(sort)?.lastOn), nowrap: true },
        ]}
        rows={[...letterSorts, "certificate"] as const}
      />
      {sends && season.state === "open" && (
        <Actions>
          {letterSorts.map((sort) => (
            <ButtonLink key={sort} href={`${paths.seasons}/send-${sort}`} look="secondary">
              {letterTitles[sort]}を送る
            </ButtonLink>
          ))}
          <ButtonLink href={`${paths.seasons}/send-certificates`} look="secondary">
            {titles.certificate}を送る
          </ButtonLink>
        </Actions>
      )}
    </Panel>
  );
}
