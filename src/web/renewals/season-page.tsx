import { holds } from "#src/platform/access/actor.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import {
  findingTitlesOf,
  letterSorts,
  letterSortTitles,
  moveSeason,
  type Progress,
  progressOf,
  readSeason,
  type SeasonRow,
  seasonActions,
} from "#src/platform/renewals/index.ts";
import { type SeasonEventType, seasonV1 } from "#workflows/renewals/season.ts";
import {
  Actions,
  Button,
  ButtonLink,
  Columns,
  DefinitionList,
  DisabledAction,
  Form,
  PageTitle,
  Panel,
  Table,
} from "../components/index.ts";
import { idOf } from "../params.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { FigureChart } from "../statistics/chart.tsx";
import {
  AnswerBadge,
  answerStates,
  count,
  day,
  endTitles,
  SeasonBadge,
  seasonTitle,
} from "./parts.tsx";
import type { Renewals } from "./set.ts";

const underWay = [
  "awaiting",
  "received",
  "exception",
  "incomplete",
  "renewal-proposed",
  "end-proposed",
  "lapse-proposed",
];

/** How a season stands: numbers by state and office, what was found, letters, by day; and what may be done. */
export const seasonScreens = (of: Renewals): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.seasons}/seasons/:season` as const,
    audit: "renewal-season.opened",
    async handle({ params, work, platform, actor }) {
      const id = idOf(params.season);
      const found = await work(async (unit) => {
        const season = await readSeason(unit, id);
        const progress = await progressOf(unit, id);
        const open = progress.states
          .filter(({ state }) => underWay.includes(state))
          .reduce((sum, { answers }) => sum + answers, 0);
        return {
          season,
          progress,
          actions: seasonActions(unit, season, open),
          officeOf: await officeFinder(unit),
        };
      });
      const { season, progress, actions } = found;
      const today = platform.clock.today();
      const may = (right: "case.propose" | "case.approve" | "mailing.prepare" | "case.enter") =>
        holds(actor, right, { program: of.program });
      return page({
        title: `${seasonTitle(season, of.kind.title)}`,
        breadcrumb: [
          { title: of.kind.title, path: of.paths.seasons },
          { title: seasonTitle(season, "") },
        ],
        content: (
          <>
            <PageTitle
              badge={<SeasonBadge state={season.state} />}
              actions={
                season.state === "open" ? (
                  <>
                    {may("case.enter") && <ButtonLink href={of.paths.entry}>受け付ける</ButtonLink>}
                    {may("case.propose") && (
                      <ButtonLink href={`${of.paths.season(id)}/judge`} look="secondary">
                        まとめて判定する
                      </ButtonLink>
                    )}
                    {may("case.approve") && (
                      <ButtonLink href={`${of.paths.season(id)}/decide`} look="secondary">
                        まとめて決裁する
                      </ButtonLink>
                    )}
                    {may("case.propose") && season.warnedUntil < today && (
                      <Form
                        action={`${of.paths.season(id)}/lapses`}
                        class="inline-form"
                        keys="search"
                      >
                        <Button
                          look="secondary"
                          confirm="差止予告の期限までに提出のない世帯について、未提出による喪失を起案します。よろしいですか。"
                        >
                          未提出の喪失を起案する
                        </Button>
                      </Form>
                    )}
                  </>
                ) : undefined
              }
            >
              {seasonTitle(season, of.kind.title)}
            </PageTitle>
            <Columns wide="first">
              <div>
                <States
                  of={of}
                  season={season}
                  progress={progress}
                  officeOf={(code) => found.officeOf(code).name}
                />
                <Panel title="個別審査の理由">
                  <Table
                    caption="個別審査の理由"
                    columns={[
                      {
                        title: "理由",
                        cell: ({ finding }) => findingTitlesOf(of.kind)[finding] ?? finding,
                      },
                      {
                        title: "件数",
                        cell: ({ answers }) => count(answers),
                        align: "end",
                        nowrap: true,
                      },
                    ]}
                    rows={progress.findings}
                    href={({ finding }) => of.paths.answers(id, { state: "exception", finding })}
                    empty="個別に見るものはありません。"
                  />
                </Panel>
              </div>
              <div>
                <Panel title="日程">
                  <DefinitionList
                    items={[
                      ["基準日", day(season.entitledOn)],
                      ["提出期限", day(season.dueOn)],
                      ["督促", day(season.remindOn)],
                      ["差止予告", `${day(season.warnOn)}（期限 ${day(season.warnedUntil)}）`],
                      ["新しい年度", `${day(season.startsOn)}から`],
                      ["所得", season.incomeYear === null ? "見ない" : `${season.incomeYear}年分`],
                      ["限度額以上", endTitles[season.overLimit]],
                      ["提出がない", endTitles[season.noAnswer]],
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
                          action={`${of.paths.season(id)}/${type}`}
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
                <Panel title="送付">
                  <Table
                    caption="送付"
                    columns={[
                      { title: "種類", cell: (sort) => letterSortTitles[sort] },
                      {
                        title: "通数",
                        cell: (sort) =>
                          count(progress.letters.find(({ kind }) => kind === sort)?.letters ?? 0),
                        align: "end",
                      },
                      {
                        title: "最後",
                        cell: (sort) =>
                          day(progress.letters.find(({ kind }) => kind === sort)?.lastOn),
                        nowrap: true,
                      },
                    ]}
                    rows={letterSorts}
                  />
                  {may("mailing.prepare") && season.state === "open" && (
                    <Actions>
                      {letterSorts.map((sort) => (
                        <ButtonLink
                          key={sort}
                          href={`/${of.program}/renewals/send-${sort}`}
                          look="secondary"
                        >
                          {letterSortTitles[sort]}を送る
                        </ButtonLink>
                      ))}
                    </Actions>
                  )}
                </Panel>
              </div>
            </Columns>
            {progress.days.length > 0 && (
              <Panel title="日ごとの受付と決裁">
                <FigureChart
                  id="renewal-days"
                  table={{
                    title: "日ごとの受付と決裁",
                    rowTitle: "日",
                    chart: "columns",
                    columns: [
                      { title: "受付", unit: "件", charted: true },
                      { title: "決裁", unit: "件", charted: true },
                    ],
                    rows: progress.days.slice(-31).map(({ on, received, decided }) => ({
                      title: on.slice(5).replace("-", "/"),
                      figures: [{ value: received }, { value: decided }],
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
  ...(Object.keys(seasonV1.events) as SeasonEventType[]).map((type) =>
    defineRoute({
      ...of.reading,
      right: seasonV1.events[type].right,
      method: "post",
      path: `${of.paths.seasons}/seasons/:season/${type}` as const,
      audit: `renewal-season.${type}-asked`,
      async handle({ params, form, work }) {
        const id = idOf(params.season);
        const entered = await work((unit) =>
          moveSeason(unit, { id, seen: form.integer("revision") ?? 0, type }),
        );
        const said = {
          open: `期を始めました。対象は${count(entered)}世帯です。`,
          refuse: "期を始めないことにしました。",
          "complete-list": `${count(entered)}世帯を加えました。`,
          close: "期を終えました。",
        };
        return redirect(of.paths.season(id), said[type]);
      },
    }),
  ),
];

/** Answers by state, and by office; each number leads to its rows. */
function States(props: {
  of: Renewals;
  season: SeasonRow;
  progress: Progress;
  officeOf(code: string): string;
}) {
  const { of, season, progress } = props;
  const offices = [...new Set(progress.states.map(({ office }) => office))];
  const at = (state: string, office?: string) =>
    progress.states
      .filter((one) => one.state === state && (office === undefined || one.office === office))
      .reduce((sum, { answers }) => sum + answers, 0);
  const total = progress.states.reduce((sum, { answers }) => sum + answers, 0);
  return (
    <Panel title={`状態別の世帯数（合計 ${count(total)}）`}>
      <Table
        caption="状態別の世帯数"
        columns={[
          { title: "状態", cell: (state) => <AnswerBadge state={state} />, nowrap: true },
          { title: "合計", cell: (state) => count(at(state)), align: "end", nowrap: true },
          ...(offices.length > 1
            ? offices.map((office) => ({
                title: props.officeOf(office).replace(/役所$/, ""),
                align: "end" as const,
                cell: (state: (typeof answerStates)[number]) => count(at(state, office)),
              }))
            : []),
        ]}
        rows={answerStates.filter((state) => at(state) > 0)}
        href={(state) => of.paths.answers(season.id, { state })}
        empty={
          season.state === "planned" ? "期が始まると、対象者が決まります。" : "対象者はいません。"
        }
      />
    </Panel>
  );
}
