import { holds } from "#src/platform/access/actor.ts";
import {
  applySearch,
  cancelSearch,
  changeTitles,
  continueSearch,
  type LeftOut,
  leftOutOf,
  readSearch,
  type SearchChange,
  searchNumber,
  searchStateTitles,
} from "#src/platform/high-cost/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Sent, SentContext, SentNote, sentWith } from "../cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  Columns,
  DefinitionList,
  Form,
  LiveRegion,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
  Tabs,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { idOf } from "../params.ts";
import { rowsAPage } from "../payments/parts.tsx";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { showMonth } from "../receipts/words.ts";
import { eventStream, page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { byHandReasons, byHandTitle } from "./by-hand.tsx";
import { categoryTitle, insurerTitle, missingWords } from "./parts.tsx";
import { tones } from "./search-list.tsx";
import type { HighCosts } from "./set.ts";

type SearchRequest = ScreenRequest<`${string}:search`>;
const changes = Object.keys(changeTitles) as SearchChange[];

/** A search: how far it is, what it found, and taking that over. */
export const searchScreens = (of: HighCosts): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.searches}/:search` as const,
    audit: "high-cost-search.opened",
    handle: (request) => searchPage(of, request),
  }),
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.searches}/:search/progress` as const,
    askedByPage: true,
    audit: "nothing-personal",
    because: "how many households were looked at",
    async handle({ params, work }) {
      const id = idOf(params.search);
      return eventStream(async function* (closed) {
        while (!closed.aborted) {
          const { run } = await work((unit) => readSearch(unit, id, { page: 1, size: 1 }));
          if (run.state !== "searching" || run.problem) return;
          yield <p>{run.households.toLocaleString("ja-JP")}世帯を計算しました。</p>;
          await new Promise((resolve) => setTimeout(resolve, 1000));
        }
      });
    },
  }),
  step(of, "apply", "結果を反映しました。", (unit, { id, seen }) => applySearch(unit, id, seen)),
  step(of, "cancel", "抽出を取り消しました。", (unit, { id, seen }) =>
    cancelSearch(unit, id, seen),
  ),
  step(of, "continue", "抽出を再開しました。", (unit, { id }) => continueSearch(unit, id)),
];

const step = (
  of: HighCosts,
  type: "apply" | "cancel" | "continue",
  said: string,
  run: (unit: Work, step: { id: string; seen: number }) => Promise<unknown>,
): AnyRoute =>
  defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "post",
    path: `${of.paths.searches}/:search/${type}` as const,
    audit: `high-cost-search.${type}-asked`,
    async handle(request) {
      const { params, form, work } = request;
      const id = idOf(params.search);
      try {
        await work((unit) => run(unit, { id, seen: form.integer("revision") ?? 0 }));
      } catch (error) {
        return searchPage(of, request, sentWith(type, form, error));
      }
      return redirect(of.paths.search(id), said);
    },
  });

async function searchPage(of: HighCosts, request: SearchRequest, sent?: Sent) {
  const { params, query, work, actor, platform } = request;
  const id = idOf(params.search);
  const at = Math.max(1, query.integer("page") ?? 1);
  const leftAt = Math.max(1, query.integer("left") ?? 1);
  const found = await work(async (unit) => {
    const read = await readSearch(unit, id, {
      change: query.choice("change", changes),
      page: at,
      size: rowsAPage,
    });
    const left =
      read.run.state === "searching" || read.run.state === "cancelled"
        ? { total: 0, rows: [] }
        : await leftOutOf(unit, id, { page: leftAt, size: rowsAPage });
    return {
      ...read,
      left,
      people: await peopleOfRows(
        unit,
        [...read.rows, ...left.rows].map(({ personNumber }) => personNumber),
      ),
    };
  });
  const { run, figures, shown, rows, left, people } = found;
  const today = platform.clock.today();
  const prepares = holds(actor, "high-cost.prepare", { program: of.program });
  const differences = figures
    .filter(({ change }) => change !== "same")
    .reduce((sum, { count }) => sum + count, 0);
  const here = figures.find(({ change }) => change === shown);
  return page({
    title: `${of.title} 高額療養費の抽出 ${searchNumber(run)} ${searchStateTitles[run.state]}`,
    breadcrumb: [
      { title: "高額療養費の請求", path: of.paths.entries },
      { title: "月ごとの抽出", path: of.paths.searches },
      { title: searchNumber(run) },
    ],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<Badge tone={tones[run.state]}>{searchStateTitles[run.state]}</Badge>}>
          抽出 {searchNumber(run)}　{showMonth(run.treatmentMonth)}診療分
        </PageTitle>
        <SentNote />
        {run.problem && (
          <Notification tone="error" title="抽出が止まりました。">
            <p>{run.problem}</p>
          </Notification>
        )}
        <Columns wide="first">
          <Panel title="結果">
            {run.state === "searching" ? (
              run.problem ? (
                <p>「再開する」で、止まったところから続けます。</p>
              ) : (
                <LiveRegion source={`${of.paths.search(id)}/progress`}>
                  <p>
                    抽出しています。{run.households.toLocaleString("ja-JP")}世帯を計算しました。
                  </p>
                </LiveRegion>
              )
            ) : (
              <Table
                caption="これまでとの違い"
                columns={[
                  { title: "違い", cell: (row) => changeTitles[row.change] },
                  { title: "件数", cell: (row) => row.count.toLocaleString("ja-JP"), align: "end" },
                  {
                    title: "これまでの額",
                    cell: (row) => yen(row.before),
                    align: "end",
                    nowrap: true,
                  },
                  { title: "今回の額", cell: (row) => yen(row.ofCity), align: "end", nowrap: true },
                ]}
                rows={figures}
              />
            )}
          </Panel>
          <Panel title="次の操作">
            <DefinitionList
              items={[
                ["診療月", showMonth(run.treatmentMonth)],
                ["計算した世帯", run.households.toLocaleString("ja-JP")],
                ["開始", showMoment(run.preparedAt)],
                ["反映", run.appliedAt ? showMoment(run.appliedAt) : "―"],
              ]}
            />
            {prepares && run.state === "found" && (
              <Form action={`${of.paths.search(id)}/apply`} class="form stacked">
                <input type="hidden" name="revision" value={run.revision} />
                <p>
                  {differences === 0
                    ? "違いはありません。反映すると、この月を抽出し終えたことになります。"
                    : `${differences.toLocaleString("ja-JP")}件の違いを反映します。請求した後のものは、印を付けるだけです。`}
                </p>
                <Actions>
                  <Button>反映する</Button>
                </Actions>
              </Form>
            )}
            {prepares && run.state === "searching" && run.problem && (
              <Form action={`${of.paths.search(id)}/continue`} class="form stacked">
                <Actions>
                  <Button>再開する</Button>
                </Actions>
              </Form>
            )}
            {prepares && (run.state === "found" || run.state === "searching") && (
              <Form action={`${of.paths.search(id)}/cancel`} class="form stacked">
                <input type="hidden" name="revision" value={run.revision} />
                <Actions>
                  <Button look="secondary">取り消す</Button>
                </Actions>
              </Form>
            )}
          </Panel>
        </Columns>
        {run.state !== "searching" && (
          <Panel title="抽出したもの">
            <Tabs
              label="違い"
              tabs={figures.map(({ change, count }) => ({
                title: changeTitles[change],
                count,
                href: `${of.paths.search(id)}?change=${change}`,
                current: shown === change,
              }))}
            />
            <Table
              caption="抽出したもの"
              columns={[
                {
                  title: "受給者",
                  cell: (row) => (
                    <>
                      <PersonCell person={people.get(row.personNumber)} today={today} />
                      {row.persons.length > 1 && ` ほか${row.persons.length - 1}人`}
                    </>
                  ),
                },
                {
                  title: "保険者",
                  cell: (row) => insurerTitle(row.insurerNumber, row.insurerGroup),
                },
                { title: "適用区分", cell: categoryTitle },
                { title: "高額療養費", cell: (row) => yen(row.amount), align: "end", nowrap: true },
                {
                  title: "これまで",
                  cell: (row) => (row.ofCityBefore === null ? "―" : yen(row.ofCityBefore)),
                  align: "end",
                  nowrap: true,
                },
                {
                  title: "市が請求できる額",
                  cell: (row) => yen(row.ofCity),
                  align: "end",
                  nowrap: true,
                },
                {
                  title: "調べるもの",
                  cell: (row) => (row.missing.length > 0 ? missingWords(row.missing) : "―"),
                },
              ]}
              rows={rows}
              empty="該当するものはありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil((here?.count ?? 0) / rowsAPage)}
              href={(next) => `${of.paths.search(id)}?change=${shown}&page=${next}`}
            />
          </Panel>
        )}
        {left.total > 0 && (
          <Panel title={`${byHandTitle} ${left.total.toLocaleString("ja-JP")}人`}>
            <p>
              計算に入らないレセプトか領収書があり、入れると限度額を超えるかもしれない人です。反映すると、「
              <a href={of.paths.byHand}>{byHandTitle}</a>」の一覧に載ります。
            </p>
            <LeftTable left={left.rows} people={people} today={today} />
            <Pagination
              page={leftAt}
              pages={Math.ceil(left.total / rowsAPage)}
              href={(next) => `${of.paths.search(id)}?change=${shown}&left=${next}`}
            />
          </Panel>
        )}
      </SentContext.Provider>
    ),
  });
}

const leftStates = { new: "新しい", open: "確認待ち", settled: "確認済み" } as const;

function LeftTable(props: {
  left: readonly LeftOut[];
  people: Awaited<ReturnType<typeof peopleOfRows>>;
  today: IsoDate;
}) {
  return (
    <Table
      caption={byHandTitle}
      columns={[
        {
          title: "受給者",
          cell: (row) => (
            <PersonCell person={props.people.get(row.personNumber)} today={props.today} />
          ),
        },
        { title: "確かめる理由", cell: (row) => byHandReasons(row.reasons) },
        {
          title: "同居の一部負担の合計",
          cell: (row) => yen(row.homeShare),
          align: "end",
          nowrap: true,
        },
        { title: "これまで", cell: (row) => leftStates[row.state], nowrap: true },
      ]}
      rows={props.left}
    />
  );
}
