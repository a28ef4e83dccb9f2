import { holdsForAll } from "#src/platform/access/actor.ts";
import { type Right, rightTitles } from "#src/platform/access/index.ts";
import {
  linesIn,
  linesOfPmhRun,
  type PmhFigures,
  type PmhRun,
  pmhProgress,
  pmhRunNumber,
  pmhRunStateMeta,
  readPmhRun,
} from "#src/platform/pmh/index.ts";
import { pictureOf } from "#workflows/flows/picture.ts";
import { pmhRunV1 } from "#workflows/pmh/run.ts";
import type { PmhSetting } from "#workflows/pmh/setting.ts";
import { type Sent, SentContext, SentNote, useSent } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  Columns,
  DefinitionList,
  FileField,
  Form,
  LiveRegion,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Progress,
  StepPicture,
  Table,
  Tabs,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { idOf } from "../params.ts";
import { day, StepForm } from "../payments/parts.tsx";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { followed, page } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { number, PmhRunBadge, rowsAPage } from "./list.tsx";
import {
  interruptionTitles,
  lineReasonTitles,
  operationTitles,
  type PmhSet,
  whyTitles,
} from "./set.ts";

const tabs = {
  ready: { title: "送る", states: ["ready"] },
  held: { title: "保留", states: ["held"] },
  accepted: { title: "受付済", states: ["accepted"] },
  refused: { title: "エラー", states: ["refused"] },
  released: { title: "送らなかった", states: ["released"] },
} as const;
type Tab = keyof typeof tabs;
const positions = { present: "current", passed: "done", ahead: "ahead" } as const;
const questions: Readonly<Record<string, string>> = {
  cancel: "この回を取り消します。変更は、次の回で集め直せます。よろしいですか。",
  end: "まだ送っていないものを残して終えます。残りは、次の回で集め直せます。よろしいですか。",
};
const aside: readonly string[] = ["return", "cancel", "stop", "end"];

/** A run of PMH登録: what is sent, how far it is, and what came back. */
export const runScreens = (of: PmhSet): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.runs}/runs/:run` as const,
    audit: "pmh-run.opened",
    handle: (request) => runReply(of, request),
  }),
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.runs}/runs/:run/progress` as const,
    askedByPage: true,
    audit: "pmh-run.progress-asked",
    handle: ({ params, work }) =>
      followed(() => work((unit) => pmhProgress(unit, idOf(params.run))), {
        show: ({ figures }) => <SendProgress figures={figures} />,
        moves: ({ run }) => run.state === "sending" && run.way === "http",
      }),
  }),
];

const SendProgress = ({ figures }: { figures: PmhFigures }) => (
  <Progress
    done={linesIn(figures, "accepted", "refused")}
    total={linesIn(figures, "accepted", "refused", "ready")}
    label="送信の進み具合"
    unit="件"
  />
);

/** The page of a run, also where a step was not taken. */
export async function runReply(of: PmhSet, request: ScreenRequest<`${string}:run`>, sent?: Sent) {
  const { params, query, work, actor, platform } = request;
  const id = idOf(params.run);
  const names = Object.keys(tabs) as Tab[];
  const asked = query.choice("lines", names);
  const at = Math.max(1, query.integer("page") ?? 1);
  const found = await work(async (unit) => {
    const details = await readPmhRun(unit, id);
    const count = (name: Tab) => linesIn(details.figures, ...tabs[name].states);
    const shown = asked ?? names.find((name) => count(name) > 0) ?? "ready";
    const lines = await linesOfPmhRun(unit, id, tabs[shown].states, {
      from: (at - 1) * rowsAPage,
      size: rowsAPage,
    });
    const people = await peopleOfRows(
      unit,
      lines.rows.map(({ personNumber }) => personNumber),
    );
    return { ...details, shown, lines, people, count };
  });
  const { run, figures, setting, shown, lines, people, count } = found;
  const title = pmhRunNumber(run);
  const { steps } = pictureOf(
    pmhRunV1,
    run.state,
    found.steps.map(({ toState }) => toState),
  );
  const here = steps.find(({ position }) => position === "present");
  const today = platform.clock.today();
  return page({
    title: `PMH登録の回 ${title} ${pmhRunStateMeta(run.state).title}`,
    breadcrumb: [{ title: "PMH登録", path: of.paths.runs }, { title }],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<PmhRunBadge state={run.state} />}>PMH登録の回 {title}</PageTitle>
        <SentNote />
        <StepPicture
          label="PMH登録の流れ"
          steps={steps
            .filter(({ line }) => line === "main")
            .map((step) => ({ label: step.title, state: positions[step.position] }))}
          beside={here?.line === "side" ? [{ label: here.title, state: "current" }] : []}
        />
        {run.interruption && (
          <Notification tone="error" title="送信が中断しています。">
            {interruptionTitles[run.interruption]}
          </Notification>
        )}
        <Columns wide="first">
          <Panel title="内容">
            <DefinitionList
              columns={2}
              items={[
                ["送る・未回答", `${number(count("ready"))}件`],
                ["受付済", `${number(count("accepted"))}件`],
                ["エラー", `${number(count("refused"))}件`],
                ["保留", `${number(count("held"))}件`],
                [
                  "承認した件数",
                  run.approvedCount === null ? "―" : `${number(run.approvedCount)}件`,
                ],
                ["準備した人", found.preparer],
                ...settingRows(setting),
              ]}
            />
            {run.state === "sending" && run.way === "http" && (
              <LiveRegion source={`${of.paths.run(id)}/progress`}>
                <SendProgress figures={figures} />
              </LiveRegion>
            )}
          </Panel>
          <Steps of={of} run={run} actions={found.actions} ready={count("ready")} />
        </Columns>
        <Panel title="送るものの一覧">
          <Tabs
            label="状態"
            tabs={names.map((name) => ({
              title: tabs[name].title,
              count: count(name),
              href: `${of.paths.run(id)}?lines=${name}`,
              current: shown === name,
            }))}
          />
          <Table
            caption="送るものの一覧"
            columns={[
              { title: "操作", cell: (row) => operationTitles[row.operation], nowrap: true },
              { title: "変わったこと", cell: (row) => whyTitles[row.why] },
              {
                title: "受給者",
                cell: (row) => <PersonCell person={people.get(row.personNumber)} today={today} />,
              },
              { title: "受給者番号", cell: (row) => row.recipientNumber, nowrap: true },
              {
                title: "有効期間",
                cell: (row) => `${day(row.validFrom)}〜${day(row.validTo)}`,
                nowrap: true,
              },
              { title: "不開示", cell: (row) => (row.notDisclosed ? "不開示" : "―"), nowrap: true },
              { title: "履歴キー", cell: (row) => row.historyKey, align: "end", nowrap: true },
              ...(shown === "held" || shown === "refused" || shown === "released"
                ? [
                    {
                      title: "理由",
                      cell: (row: (typeof lines.rows)[number]) =>
                        [lineReasonTitles[row.reason ?? ""], row.answerCode]
                          .filter(Boolean)
                          .join(" "),
                    },
                  ]
                : []),
            ]}
            rows={lines.rows}
            empty="ありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(lines.total / rowsAPage)}
            href={(next) => `${of.paths.run(id)}?lines=${shown}&page=${next}`}
          />
        </Panel>
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: (row) => showMoment(row.at), nowrap: true },
              { title: "職員", cell: (row) => row.staffName },
              { title: "操作", cell: (row) => stepTitles[row.event] ?? row.event },
            ]}
            rows={found.steps}
          />
        </Panel>
        <ButtonLink href={of.paths.runs}>一覧へ戻る</ButtonLink>
      </SentContext.Provider>
    ),
  });

  /** Steps, and what belongs to a run that is sent as a file. */
  function Steps(props: {
    of: PmhSet;
    run: PmhRun;
    actions: Awaited<ReturnType<typeof readPmhRun>>["actions"];
    ready: number;
  }) {
    const { actions, ready } = props;
    const { waits } = pmhRunStateMeta(run.state);
    const byFile = run.way === "file" && run.state === "sending";
    const may = (right: Right) => holdsForAll(actor, right, of.program);
    const goesOn = actions.some(({ type }) => !aside.includes(type));
    if (actions.length === 0 && !waits && !byFile) return null;
    return (
      <Panel title="次の操作">
        {waits && !goesOn && (
          <p>
            「{waits.title}」を待っています。「{rightTitles[waits.right as Right]}
            」権限のある職員が行います。
          </p>
        )}
        {byFile && may("pmh.send") && (
          <Form action={`${of.paths.run(id)}/file`} keys="search" class="form stacked">
            <p>ファイルには個人番号が入っています。送ったら、すぐに消してください。</p>
            <Actions>
              <Button confirm="個人番号を含むファイルを取り出します。だれの分を取り出したかが記録されます。よろしいですか。">
                登録ファイルを取り出す
              </Button>
            </Actions>
          </Form>
        )}
        {byFile && !may("pmh.send") && (
          <p>「{rightTitles["pmh.send"]}」権限のある職員が、登録ファイルを取り出します。</p>
        )}
        {byFile && may("pmh.prepare") && <Answers action={`${of.paths.run(id)}/answers`} />}
        {actions.map(({ type, title: label, reasons }) => (
          <StepForm
            key={type}
            action={`${of.paths.run(id)}/steps/${type}`}
            revision={run.revision}
            type={type}
            title={label}
            reasons={reasons}
            aside={aside.includes(type)}
            confirm={
              type === "approve"
                ? `${number(ready)}件の登録を承認して、送り始めます。よろしいですか。`
                : questions[type]
            }
          >
            {type === "approve" && (
              <p>
                承認すると、{number(ready)}件の氏名、住所、個人番号等を、
                {setting.way === "http"
                  ? `${setting.address} に送ります。`
                  : "ファイルにできます。"}
              </p>
            )}
          </StepForm>
        ))}
      </Panel>
    );
  }
}

function Answers({ action }: { action: `/${string}` }) {
  const { values, errors } = useSent("answers");
  return (
    <Form action={action} class="form stacked" files values={values} errors={errors}>
      <FileField name="file" label="PMHの回答（JSON）" required accept=".json,application/json" />
      <Actions>
        <Button>回答を取り込む</Button>
      </Actions>
    </Form>
  );
}

const settingRows = (setting: PmhSetting) =>
  [
    ["送り方", setting.way === "http" ? "ネットワーク" : "ファイル"],
    ["受給者証", `${setting.certificateName}（${setting.certificateType}）`],
    ["送り先", setting.address ?? "―", "wide"],
  ] as const;

const stepTitles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(pmhRunV1.events).map(([type, { title }]) => [type, title])),
  gather: "変更を集める",
};
