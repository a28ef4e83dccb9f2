import { holdsForAll } from "#src/platform/access/actor.ts";
import { type Right, rightTitles } from "#src/platform/access/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, useSent } from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  Columns,
  DateField,
  DefinitionList,
  FileField,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
  Tabs,
} from "#src/web/components/index.ts";
import { readDate, showDate, showDateShort, showMoment } from "#src/web/dates.ts";
import { idOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { download, page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { FlowPicture } from "#src/web/shell/oversight/flow-picture.tsx";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type CopyRunEvent, copyRunV1 } from "#workflows/vaccination/exchange/copy-run.ts";
import {
  type CopyLine,
  copyEventTitle,
  copyOperations,
  copyReasons,
  copyRunMeta,
  copyRunNumber,
  copyScopes,
  copyStates,
  linesOfCopyRun,
  moveCopies,
  readCopyRun,
} from "../../exchange/copies.ts";
import { eraseCopyFile, takeCopyAnswers, takeCopyFile } from "../../exchange/copy-file.ts";
import { doseTitle } from "../records/parts.tsx";
import { CopyRunBadge } from "./copy-list.tsx";
import { auditName, exchangePaths, figure, rowsAPage } from "./exchange-paths.ts";

const guard = { program: "vaccination", purpose: "feed" } as const;
const base = `${exchangePaths.copies}/runs/:run` as const;
const steps = (Object.keys(copyRunV1.events) as CopyRunEvent[]).filter(
  (type): type is Exclude<CopyRunEvent, "gathered" | "made" | "finish"> =>
    !("scheduled" in copyRunV1.events[type]),
);
const tabs = Object.keys(copyStates) as CopyLine["state"][];
const aside: readonly string[] = ["return", "cancel", "end"];
const questions: Readonly<Record<string, string>> = {
  cancel: "この回を取り消します。違いは、次の回で集め直せます。よろしいですか。",
  end: "回答のない行を残して終えます。残りは、次の回で送り直します。よろしいですか。",
  approve: "承認すると、引渡し先だけが開けるファイルを作ります。よろしいですか。",
};

/** A run of 副本登録: what is handed over, how far it is, and what came back. */
export const copyRunScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "pmh.read",
    method: "get",
    path: base,
    audit: "copy-run.opened",
    handle: (request) => runPage(request),
  }),
  defineRoute({
    ...guard,
    right: "pmh.prepare",
    method: "post",
    path: `${base}/file`,
    audit: "copy-run.file-taken",
    async handle({ params, work }) {
      const { name, bytes } = await work((unit) => takeCopyFile(unit, idOf(params.run)));
      return download(name, "application/octet-stream", bytes);
    },
  }),
  defineRoute({
    ...guard,
    right: "pmh.prepare",
    method: "post",
    path: `${base}/answers`,
    takesFiles: "20mb",
    audit: "copy-run.answers-sent",
    async handle(request) {
      const { params, form, work, platform } = request;
      const id = idOf(params.run);
      try {
        const file = form.file("file");
        if (!file) throw new EntryProblem("file", "回答のファイルを選んでください。");
        const bytes = new Uint8Array(await file.arrayBuffer());
        const { settled, others, over } = await work(async (unit) => {
          const taken = await takeCopyAnswers(unit, id, bytes);
          const { run } = await readCopyRun(unit, id);
          return { ...taken, over: !copyRunMeta(run.state).open };
        });
        if (over) await eraseCopyFile(platform, id);
        return redirect(exchangePaths.copyRun(id), {
          tone: others > 0 ? "warning" : "success",
          text: `${figure(settled)}件の回答を取り込みました。${others > 0 ? `${figure(others)}件は、回答済か、この回にない行でした。` : ""}`,
        });
      } catch (error) {
        return runPage(request, sentWith("answers", form, error));
      }
    },
  }),
  ...steps.map((type) =>
    defineRoute({
      ...guard,
      right: "pmh.read",
      purpose: type === "approve" || type === "return" ? "approval" : "feed",
      method: "post",
      path: `${base}/steps/${type}` as const,
      audit: `copy-run.${auditName(type)}-asked` as const,
      async handle(request) {
        const { form, work, params, platform } = request;
        const id = idOf(params.run);
        try {
          await work((unit) =>
            moveCopies(unit, {
              id,
              seen: form.integer("revision") ?? 0,
              type,
              handedOverOn: readDate(form.text("handedOverOn")),
            }),
          );
        } catch (error) {
          return runPage(request, sentWith(type, form, error));
        }
        if (type === "cancel" || type === "end") await eraseCopyFile(platform, id);
        return redirect(
          exchangePaths.copyRun(id),
          `「${copyRunV1.events[type].title}」を行いました。`,
        );
      },
    }),
  ),
];

async function runPage(
  request: Pick<ScreenRequest<`${string}:run`>, "params" | "work" | "platform" | "actor" | "query">,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor, query } = request;
  const id = idOf(params.run);
  const at = Math.max(1, query.integer("page") ?? 1);
  const asked = query.choice("rows", tabs);
  const found = await work(async (unit) => {
    const details = await readCopyRun(unit, id);
    const count = (state: CopyLine["state"]) =>
      details.figures.filter((row) => row.state === state).reduce((sum, { rows }) => sum + rows, 0);
    const shown = asked ?? tabs.find((state) => count(state) > 0) ?? "ready";
    const lines = await linesOfCopyRun(unit, id, [shown], {
      from: (at - 1) * rowsAPage,
      size: rowsAPage,
    });
    const people = await peopleOfRows(
      unit,
      lines.rows.map(({ ownNumber }) => ownNumber),
    );
    return { ...details, count, shown, lines, people };
  });
  const { run, setting, actions, count, shown, lines, people } = found;
  const number = copyRunNumber(run);
  const prepares = holdsForAll(actor, "pmh.prepare", "vaccination");
  const { waits } = copyRunMeta(run.state);
  const goesOn =
    actions.some(({ type }) => !aside.includes(type)) ||
    (run.state === "awaiting-answer" && prepares);
  const working = run.state === "gathering" || run.state === "making";
  const takes = run.state === "made" || run.state === "awaiting-answer";
  return page({
    title: `副本登録の回 ${number} ${copyRunMeta(run.state).title}`,
    breadcrumb: [{ title: "副本登録", path: exchangePaths.copies }, { title: number }],
    status: sent?.problem?.status ?? (sent ? 422 : 200),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<CopyRunBadge state={run.state} />}>副本登録の回 {number}</PageTitle>
        <SentNote />
        <FlowPicture definition={copyRunV1} state={run.state} />
        {run.interruption && (
          <Notification tone="error" title="処理が止まっています。">
            「続きから再開する」を押してください。続けて止まるときは、システム管理者に連絡してください。
          </Notification>
        )}
        <Columns wide="first">
          <Panel title="内容">
            <DefinitionList
              columns={2}
              items={[
                ["範囲", copyScopes[run.scope]],
                ["集めた行", `${figure(run.rows)}件`],
                ["未回答", `${figure(count("ready"))}件`],
                ["登録済", `${figure(count("accepted"))}件`],
                ["拒否", `${figure(count("refused"))}件`],
                ["送っていない", `${figure(count("released"))}件`],
                ["承認した行", run.approvedCount === null ? "―" : `${figure(run.approvedCount)}件`],
                ["準備した人", found.preparer],
                ["引渡し先", setting.recipient],
                ["根拠", setting.basis],
                ["引渡した日", showDate(run.handedOverOn as IsoDate | null)],
                ["回答の期限", showDate(run.answerDueOn as IsoDate | null)],
                [
                  "ファイル",
                  run.fileSha256
                    ? `${figure(run.fileParts ?? 0)}部　${figure(run.fileRows ?? 0)}行　${figure(run.fileBytes ?? 0)}バイト`
                    : "―",
                  "wide",
                ],
                ["SHA-256", run.fileSha256 ?? "―", "wide"],
              ]}
            />
          </Panel>
          <Panel title="次の操作">
            {working && !run.interruption && (
              <p>背景で処理しています。しばらくしてから、画面を開き直してください。</p>
            )}
            {takes && prepares && (
              <Form action={`${exchangePaths.copyRun(id)}/file`} keys="search" class="form stacked">
                <p>
                  ファイルは引渡し先の公開鍵で封をしてあり、引渡し先だけが開けます。個人番号は入っていません。
                </p>
                <Actions>
                  <Button look="secondary">ファイルを取り出す</Button>
                </Actions>
              </Form>
            )}
            {run.state === "awaiting-answer" && prepares && (
              <Answers action={`${exchangePaths.copyRun(id)}/answers`} />
            )}
            {actions.map(({ type, title, reasons }) => (
              <StepForm
                key={type}
                action={`${exchangePaths.copyRun(id)}/steps/${type}`}
                revision={run.revision}
                type={type}
                title={title}
                reasons={reasons}
                aside={aside.includes(type)}
                confirm={questions[type]}
              >
                {type === "handOver" && (
                  <DateField
                    name="handedOverOn"
                    label="引き渡した日"
                    required
                    value={showDateShort(platform.clock.today())}
                  />
                )}
              </StepForm>
            ))}
            {waits && !goesOn && (
              <p>
                「{waits.title}」を待っています。「{rightTitles[waits.right as Right]}
                」権限のある職員が行います。
              </p>
            )}
          </Panel>
        </Columns>
        <Panel title="行の一覧">
          <Tabs
            label="状態"
            tabs={tabs.map((state) => ({
              title: copyStates[state],
              count: count(state),
              href: `${exchangePaths.copyRun(id)}?rows=${state}`,
              current: shown === state,
            }))}
          />
          <Table
            caption="行の一覧"
            columns={[
              { title: "行", cell: (row) => row.number, align: "end", nowrap: true },
              { title: "処理", cell: (row) => copyOperations[row.operation], nowrap: true },
              { title: "違い", cell: (row) => copyReasons[row.why] },
              {
                title: "氏名",
                cell: (row) => (
                  <PersonCell person={people.get(row.ownNumber)} today={platform.clock.today()} />
                ),
              },
              { title: "予防接種", cell: (row) => doseTitle(row.vaccine, row.dose) },
              {
                title: "接種日",
                cell: (row) => showDateShort(row.givenOn as IsoDate),
                nowrap: true,
              },
              {
                title: "自動応答",
                cell: (row) => (row.noAutoAnswer ? "不可" : "―"),
                nowrap: true,
              },
              { title: "回答", cell: (row) => rowAnswer(row), nowrap: true },
            ]}
            rows={lines.rows}
            empty="ありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(lines.total / rowsAPage)}
            href={(next) => `${exchangePaths.copyRun(id)}?rows=${shown}&page=${next}`}
          />
        </Panel>
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: (row) => showMoment(row.at), nowrap: true },
              { title: "職員", cell: (row) => row.staffName },
              { title: "操作", cell: (row) => copyEventTitle(row.event) },
            ]}
            rows={found.steps}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

const releaseWords = {
  "not-sent": "取消・記録の取消",
  "not-answered": "回答なし",
  "withheld-since": "支援措置・自動応答不可",
  "not-accepted": "拒否",
} as const;
const rowAnswer = ({ state, reason, answerCode, settled }: CopyLine): string =>
  [
    state === "released" && reason ? releaseWords[reason] : copyStates[state],
    answerCode,
    settled === "again" ? "次の回で送り直す" : settled === "left" ? "送らない" : "",
  ]
    .filter(Boolean)
    .join(" ");

function Answers({ action }: { action: `/${string}` }) {
  const { values, errors } = useSent("answers");
  return (
    <Form action={action} class="form stacked" files values={values} errors={errors}>
      <FileField name="file" label="回答のファイル（CSV）" required accept=".csv,text/csv" />
      <Actions>
        <Button>回答を取り込む</Button>
      </Actions>
    </Form>
  );
}
