import { holdsForAll } from "#src/platform/access/actor.ts";
import { pmhRunNumber, refusedLines, settleRefused } from "#src/platform/pmh/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { Button, Form, PageTitle, Pagination, Panel, Table } from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { number, rowsAPage } from "./list.tsx";
import { operationTitles, type PmhSet, whyTitles } from "./set.ts";

/** What the hub refused: each is sent again with the next run, or left until the certificate changes. */
export const errorScreens = (of: PmhSet): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.errors,
    audit: "pmh-errors.listed",
    async handle({ query, work, actor, platform }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const { lines, people } = await work(async (unit) => {
        const lines = await refusedLines(unit, of.program, {
          from: (at - 1) * rowsAPage,
          size: rowsAPage,
        });
        const numbers = lines.rows.map(({ line }) => line.personNumber);
        return { lines, people: await peopleOfRows(unit, numbers) };
      });
      const today = platform.clock.today();
      return page({
        title: `${of.title} PMH登録エラー`,
        breadcrumb: [{ title: "PMH登録", path: of.paths.runs }, { title: "登録エラー" }],
        content: (
          <>
            <PageTitle>PMH登録エラー</PageTitle>
            <Panel title={`一覧 ${number(lines.total)}件`}>
              <p>
                エラーコードをPMHの資料で調べ、直すべきところを直してから「送り直す」を選びます。次の回に入ります。「送らない」を選ぶと、受給者証が次に変わるまで送りません。
              </p>
              <Table
                caption="PMH登録エラーの一覧"
                columns={[
                  { title: "回", cell: (row) => pmhRunNumber(row), nowrap: true },
                  {
                    title: "回答",
                    cell: ({ line }) => (line.answeredAt ? showMoment(line.answeredAt) : "―"),
                    nowrap: true,
                  },
                  {
                    title: "受給者",
                    cell: ({ line }) => (
                      <PersonCell person={people.get(line.personNumber)} today={today} />
                    ),
                  },
                  { title: "受給者番号", cell: ({ line }) => line.recipientNumber, nowrap: true },
                  {
                    title: "操作",
                    cell: ({ line }) =>
                      `${operationTitles[line.operation]}（${whyTitles[line.why]}）`,
                  },
                  {
                    title: "エラーコード",
                    cell: ({ line }) => line.answerCode ?? "―",
                    nowrap: true,
                  },
                  ...(holdsForAll(actor, "pmh.prepare", of.program)
                    ? [
                        {
                          title: "処理",
                          cell: ({ line }: (typeof lines.rows)[number]) => (
                            <Form action={of.paths.errors} keys="search" class="inline-buttons">
                              <input type="hidden" name="line" value={line.id} />
                              <Button
                                look="secondary"
                                name="how"
                                value="again"
                              >{`${line.recipientNumber}を送り直す`}</Button>
                              <Button look="secondary" name="how" value="left">
                                送らない
                              </Button>
                            </Form>
                          ),
                        },
                      ]
                    : []),
                ]}
                rows={lines.rows}
                empty="登録エラーはありません。"
              />
              <Pagination
                page={at}
                pages={Math.ceil(lines.total / rowsAPage)}
                href={(next) => `${of.paths.errors}?page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...of.reading,
    right: "pmh.prepare",
    method: "post",
    path: of.paths.errors,
    audit: "pmh-line.settle-asked",
    async handle({ form, work }) {
      const line = form.integer("line");
      const how = form.choice("how", ["again", "left"]);
      if (line === undefined || !how) throw notFound();
      await work((unit) => settleRefused(unit, line, how));
      return redirect(
        of.paths.errors,
        how === "again" ? "次の回で送り直します。" : "受給者証が次に変わるまで送りません。",
      );
    },
  }),
];
