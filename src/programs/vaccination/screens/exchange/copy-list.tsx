import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import { notFound } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  choicesOf,
  DefinitionList,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  RadioGroup,
  Table,
} from "#src/web/components/index.ts";
import { showDateShort, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { CopyRunState } from "#workflows/vaccination/exchange/copy-run.ts";
import {
  beginCopies,
  copyOperations,
  copyReasons,
  copyRunMeta,
  copyRunNumber,
  copyScopes,
  countRefusedCopies,
  listCopyRuns,
  reconcileCopies,
  refusedCopies,
  settleCopy,
} from "../../exchange/copies.ts";
import { copySettingToday } from "../../exchange/copy-setting.ts";
import { doseTitle } from "../records/parts.tsx";
import { exchangePaths, figure, rowsAPage } from "./exchange-paths.ts";

const guard = { right: "pmh.read", program: "vaccination", purpose: "feed" } as const;
const { copies, refused } = exchangePaths;
const scopes = Object.keys(copyScopes) as (keyof typeof copyScopes)[];

export const CopyRunBadge = ({ state }: { state: CopyRunState }) => {
  const { title, tone } = copyRunMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

/** 副本登録: the runs, what differs, and what the other side refused. */
export const copyListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: copies,
    audit: "copy-runs.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...guard,
    right: "pmh.prepare",
    method: "post",
    path: copies,
    audit: "copy-run.begin-asked",
    async handle(request) {
      try {
        const scope = request.form.choice("scope", scopes) ?? "difference";
        const id = await request.work((unit) => beginCopies(unit, scope));
        return redirect(
          exchangePaths.copyRun(id),
          "集め始めました。集め終わったら、内容を確かめて承認を求めてください。",
        );
      } catch (error) {
        return listPage(request, sentWith("begin", request.form, error));
      }
    },
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: refused,
    audit: "copy-rows.refused-listed",
    async handle({ query, work, actor, platform }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const { list, people } = await work(async (unit) => {
        const list = await refusedCopies(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
        const numbers = list.rows.map(({ line }) => line.ownNumber);
        return { list, people: await peopleOfRows(unit, numbers) };
      });
      const today = platform.clock.today();
      return page({
        title: "予防接種 副本の拒否",
        breadcrumb: [{ title: "副本登録", path: copies }, { title: "拒否された行" }],
        content: (
          <>
            <PageTitle>副本の拒否された行</PageTitle>
            <Panel title={`一覧 ${figure(list.total)}件`}>
              <p>
                コードの意味を引渡し先の資料で調べ、直すべきところを直してから「送り直す」を選びます。次の回に入ります。「送らない」を選ぶと、記録が次に変わるまで送りません。
              </p>
              <Table
                caption="副本の拒否された行"
                columns={[
                  { title: "回", cell: (row) => copyRunNumber(row), nowrap: true },
                  { title: "行", cell: ({ line }) => line.number, align: "end", nowrap: true },
                  {
                    title: "氏名",
                    cell: ({ line }) => (
                      <PersonCell person={people.get(line.ownNumber)} today={today} />
                    ),
                  },
                  { title: "予防接種", cell: ({ line }) => doseTitle(line.vaccine, line.dose) },
                  {
                    title: "接種日",
                    cell: ({ line }) => showDateShort(line.givenOn as IsoDate),
                    nowrap: true,
                  },
                  {
                    title: "処理",
                    cell: ({ line }) =>
                      `${copyOperations[line.operation]}（${copyReasons[line.why]}）`,
                  },
                  { title: "コード", cell: ({ line }) => line.answerCode ?? "―", nowrap: true },
                  ...(holdsForAll(actor, "pmh.prepare", "vaccination")
                    ? [
                        {
                          title: "決める",
                          cell: ({ line, serial }: (typeof list.rows)[number]) => (
                            <Form action={refused} keys="search" class="inline-buttons">
                              <input type="hidden" name="run" value={line.runId} />
                              <input type="hidden" name="number" value={line.number} />
                              <Button
                                look="secondary"
                                name="how"
                                value="again"
                              >{`${copyRunNumber({ serial })}の${line.number}行を送り直す`}</Button>
                              <Button look="secondary" name="how" value="left">
                                送らない
                              </Button>
                            </Form>
                          ),
                        },
                      ]
                    : []),
                ]}
                rows={list.rows}
                empty="拒否された行はありません。"
              />
              <Pagination
                page={at}
                pages={Math.ceil(list.total / rowsAPage)}
                href={(next) => `${refused}?page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...guard,
    right: "pmh.prepare",
    method: "post",
    path: refused,
    audit: "copy-row.settle-asked",
    async handle({ form, work }) {
      const number = form.integer("number");
      const how = form.choice("how", ["again", "left"]);
      if (number === undefined || !how) throw notFound();
      await work((unit) => settleCopy(unit, { run: idOf(form.text("run")), number, how }));
      return redirect(
        refused,
        how === "again" ? "次の回で送り直します。" : "記録が変わるまで送りません。",
      );
    },
  }),
];

async function listPage({ work, query, actor }: ScreenRequest, sent?: Sent) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const found = await work(async (unit) => {
    const setting = (await copySettingToday(unit))?.setting;
    return {
      setting,
      sides: setting ? await reconcileCopies(unit) : undefined,
      refusals: (await countRefusedCopies(unit)).count,
      list: await listCopyRuns(unit, { from: (at - 1) * rowsAPage, size: rowsAPage }),
    };
  });
  const { setting, sides, refusals, list } = found;
  const underWay = list.rows.find(({ state }) => copyRunMeta(state).open);
  return page({
    title: "予防接種 副本登録",
    breadcrumb: [{ title: "副本登録" }],
    status: sent ? (sent.problem?.status ?? 422) : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle actions={<ButtonLink href={refused}>拒否された行</ButtonLink>}>
          副本登録
        </PageTitle>
        <SentNote />
        {refusals > 0 && (
          <Notification
            tone="warning"
            title={`引渡し先が拒否した行が${figure(refusals)}件あります。`}
          >
            <a href={refused}>拒否された行の一覧</a>
            で、送り直すか、送らないことにするかを選んでください。
          </Notification>
        )}
        <Panel title="突合">
          {setting && sides ? (
            <>
              <DefinitionList
                columns={2}
                items={[
                  ["本市の接種記録", `${figure(sides.records)}件`],
                  ["引渡し先が受け付けた記録", `${figure(sides.held)}件`],
                  ["引渡し先", setting.recipient],
                  ["根拠", setting.basis],
                ]}
              />
              <Table
                caption="まだ送っていない違い"
                captionShown
                columns={[
                  { title: "処理", cell: (row) => copyOperations[row.operation], nowrap: true },
                  { title: "違い", cell: (row) => copyReasons[row.why] },
                  { title: "件数", cell: (row) => figure(row.rows), align: "end", nowrap: true },
                ]}
                rows={sides.differing}
                empty="引渡し先が受け付けた記録は、本市の接種記録と同じです。"
              />
              {holdsForAll(actor, "pmh.prepare", "vaccination") && !underWay && (
                <Form action={copies} class="form stacked">
                  <RadioGroup
                    name="scope"
                    label="集める範囲"
                    value="difference"
                    options={choicesOf(copyScopes)}
                  />
                  <p>集めただけでは引き渡しません。別の決裁者が承認してからファイルを作ります。</p>
                  <Actions>
                    <Button>集める</Button>
                  </Actions>
                </Form>
              )}
            </>
          ) : (
            <p>
              副本登録の設定がないので、登録していません。始めるときは、制度担当者が
              {holds(actor, "city-parameter.prepare", { program: "vaccination" }) ? (
                <a href="/city-parameters/vaccination.copies">副本登録の設定</a>
              ) : (
                "「制度の数値」の「予防接種 副本登録の設定」"
              )}
              を起案し、決裁者が承認します。
            </p>
          )}
        </Panel>
        <Panel title={`副本登録の回 ${figure(list.total)}件`}>
          <Table
            caption="副本登録の回の一覧"
            columns={[
              { title: "番号", cell: copyRunNumber, nowrap: true },
              { title: "状態", cell: ({ state }) => <CopyRunBadge state={state} />, nowrap: true },
              { title: "範囲", cell: ({ scope }) => copyScopes[scope], nowrap: true },
              { title: "行数", cell: ({ rows }) => figure(rows), align: "end", nowrap: true },
              {
                title: "引渡し",
                cell: ({ handedOverOn }) => showDateShort(handedOverOn as IsoDate | null),
                nowrap: true,
              },
              { title: "準備", cell: ({ preparedAt }) => showMoment(preparedAt), nowrap: true },
            ]}
            rows={list.rows}
            href={({ id }) => exchangePaths.copyRun(id)}
            empty="副本登録の回はまだありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => `${copies}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}
