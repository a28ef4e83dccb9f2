import { runNumber } from "#src/platform/mailings/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { isUuid } from "#src/platform/uuid.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  DateField,
  FieldRow,
  FileField,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { mailingPaths } from "#src/web/mailings/index.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  countResults,
  handedRuns,
  noteResults,
  pieceResults,
  type Settlement,
  settlements,
  settleSpoilt,
  spoiltFigures,
  spoiltPieces,
} from "../../targets/results.ts";
import { subjectTitle } from "../../targets/titles.ts";
import { reprintOrderPage } from "../order-reprints.tsx";
import { paths } from "../paths.ts";
import { noticeReprintPages } from "./order-notice-reprints.tsx";
import { figure, rowsAPage } from "./parts.tsx";

const common = { right: "mailing.prepare", program: "vaccination", purpose: "mailing" } as const;
const runs = mailingPaths("vaccination");

/** 委託先の結果: what was made, spoilt and posted, piece by piece; spoilt ones are work. */
export const resultScreens: readonly AnyRoute[] = [
  defineRoute({
    ...common,
    method: "get",
    path: paths.pieceResults,
    audit: "targets.results-opened",
    handle: (request) => resultPage(request),
  }),
  defineRoute({
    ...common,
    method: "post",
    path: paths.pieceResults,
    takesFiles: "5mb",
    audit: "targets.results-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const runId = form.text("run");
        if (!isUuid(runId)) throw new EntryProblem("run", "発送を選んでください。");
        const on = readDate(form.text("on"));
        if (!on) throw new EntryProblem("on", "日付を入力してください。例: R8.12.5");
        const file = form.file("file");
        if (!file) throw new EntryProblem("file", "ファイルを選んでください。");
        const text = new TextDecoder().decode(await file.arrayBuffer());
        await work((unit) => noteResults(unit, { runId, on, text }));
      } catch (error) {
        return resultPage(request, sentWith("results", form, error));
      }
      return redirect(paths.pieceResults, "委託先の結果を記録しました。");
    },
  }),
  defineRoute({
    ...common,
    method: "post",
    path: `${paths.pieceResults}/settle` as const,
    audit: "targets.settle-asked",
    async handle(request) {
      const { form, work } = request;
      const how = form.pressed(Object.keys(settlements) as Settlement[]);
      try {
        await work((unit) =>
          settleSpoilt(unit, { runId: form.text("run"), pieceNumber: form.text("number"), how }),
        );
      } catch (error) {
        return resultPage(request, sentWith("settle", form, error));
      }
      return redirect(paths.pieceResults, "損紙の処理を記録しました。");
    },
  }),
];

async function resultPage(
  { work, query, platform }: Pick<ScreenRequest, "work" | "query" | "platform">,
  sent?: Sent,
): Promise<Reply> {
  const at = Math.max(1, query.integer("page") ?? 1);
  const found = await work(async (unit) => {
    const spoilt = await spoiltPieces(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
    return {
      handed: await handedRuns(unit),
      counts: await countResults(unit),
      spoilt,
      open: (await spoiltFigures(unit)).count,
      people: await peopleOfRows(
        unit,
        spoilt.map(({ personNumber }) => personNumber),
      ),
    };
  });
  const { handed, counts, spoilt, open, people } = found;
  const today = platform.clock.today();
  return page({
    title: "予防接種 委託先の結果",
    breadcrumb: [{ title: "対象者抽出", path: paths.targets }, { title: "委託先の結果" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>委託先の結果</PageTitle>
        <SentNote />
        <Panel title="結果を読み込む">
          <ResultForm handed={handed} today={today} />
        </Panel>
        <Panel title={`処理していない損紙 ${figure(open)}通`}>
          {open > 0 && (
            <Actions>
              {[reprintOrderPage, ...noticeReprintPages].map((order) => (
                <ButtonLink key={order.path} href={runs.order(order)}>
                  {order.title}
                </ButtonLink>
              ))}
            </Actions>
          )}
          <Table
            caption="処理していない損紙"
            columns={[
              { title: "番号", cell: ({ pieceNumber }) => pieceNumber, nowrap: true },
              {
                title: "氏名",
                cell: ({ personNumber }) => (
                  <PersonCell person={people.get(personNumber)} today={today} />
                ),
              },
              { title: "内容", cell: ({ subject }) => subjectTitle(subject) },
              {
                title: "結果の日",
                cell: ({ toldOn }) => showDateShort(toldOn as IsoDate),
                nowrap: true,
              },
              {
                title: "処理",
                cell: ({ runId, pieceNumber }) => (
                  <Form action={`${paths.pieceResults}/settle`} class="inline-buttons">
                    <input type="hidden" name="run" value={runId} />
                    <input type="hidden" name="number" value={pieceNumber} />
                    {(Object.keys(settlements) as Settlement[]).map((how) => (
                      <Button key={how} name="event" value={how} look="secondary">
                        {settlements[how]}
                      </Button>
                    ))}
                  </Form>
                ),
              },
            ]}
            rows={spoilt}
            empty="処理していない損紙はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(open / rowsAPage)}
            href={(next) => `${paths.pieceResults}?page=${next}`}
          />
        </Panel>
        <Panel title="発送ごとの結果">
          <Table
            caption="発送ごとの結果"
            columns={[
              { title: "発送", cell: runNumber, nowrap: true },
              { title: "内容", cell: ({ title }) => title },
              { title: "結果", cell: ({ result }) => pieceResults[result] },
              { title: "通数", cell: ({ pieces }) => figure(pieces), align: "end", nowrap: true },
            ]}
            rows={counts}
            href={({ runId }) => runs.run(runId)}
            empty="委託先の結果はまだありません。"
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function ResultForm(props: { handed: Awaited<ReturnType<typeof handedRuns>>; today: IsoDate }) {
  const { values, errors } = useSent("results");
  return (
    <Form
      action={paths.pieceResults}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
      files
    >
      <FieldRow>
        <SelectField
          name="run"
          label="発送"
          required
          empty="選んでください"
          options={props.handed.map((run) => ({
            value: run.id,
            label: `${runNumber(run)} ${run.title}`,
          }))}
        />
        <DateField name="on" label="結果の日" required value={showDateShort(props.today)} />
        <FileField
          name="file"
          label="ファイル"
          required
          accept=".csv,.txt"
          hint="1行に1通、「券番号か整理番号,結果」のCSV。結果は、作成・損紙・発送のどれか。"
        />
      </FieldRow>
      <Actions>
        <Button>結果を読み込む</Button>
      </Actions>
    </Form>
  );
}
