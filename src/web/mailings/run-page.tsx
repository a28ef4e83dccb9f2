import {
  enclosingOf,
  isToPrint,
  mailingKind,
  previewRun,
  type RunDetails,
  type RunRow,
  readProgress,
  readRun,
  runActions,
  runIdOf,
  runNumber,
} from "#src/platform/mailings/index.ts";
import {
  Badge,
  Columns,
  DefinitionList,
  Notification,
  PageTitle,
  Panel,
  PrintPreview,
  TimeLine,
} from "#src/web/components/index.ts";
import { showDate, showMoment } from "#src/web/dates.ts";
import { PaperWords } from "#src/web/paper-words.tsx";
import { followed, inlinePdf, page, type Reply } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { runStateMeta } from "#workflows/mailings/machine.ts";
import { type Sent, SentContext, SentNote } from "../cases/sent.tsx";
import { EnclosingPanel } from "./enclosing.tsx";
import { PackagePanel } from "./package-panel.tsx";
import {
  bundlingTitles,
  figure,
  LiveProgress,
  ReasonCounts,
  RunBadge,
  RunPicture,
  RunProgress,
  runTitle,
  SubjectCounts,
} from "./parts.tsx";
import { RunsAlike } from "./repeats.tsx";
import { RunActions } from "./run-actions.tsx";
import { DatesPanel } from "./run-dates.tsx";
import type { MailingPaths, Mailings } from "./set.ts";

/** A run with its counts, preview, history, files and what may be done next. */
export const runScreens = (of: Mailings): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.runs}/:run` as const,
    audit: "mailing.opened",
    handle: (request) => runReply(of, request),
  }),
  runProgress(of),
  runPreview(of),
];

/** The page of a run; a step that was not taken comes back filled in, and says why. */
export async function runReply(
  { paths }: Mailings,
  {
    params,
    work,
    actor,
    platform,
  }: Pick<ScreenRequest<"/:run">, "params" | "work" | "actor" | "platform">,
  sent?: Sent,
): Promise<Reply> {
  const { details, actions, enclosing } = await work(async (unit) => {
    const details = await readRun(unit, runIdOf(params.run));
    return {
      details,
      actions: await runActions(unit, details.run),
      enclosing: await enclosingOf(unit, details.run.id),
    };
  });
  const { run, counts, steps } = details;
  const { busy, unapproved } = runStateMeta(run.state);
  const kind = mailingKind(run.kind);
  const today = platform.clock.today();
  return page({
    title: runTitle(run),
    status: sent ? (sent.problem?.status ?? 422) : 200,
    breadcrumb: [{ title: "一括発送", path: paths.runs }, { title: runNumber(run) }],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<RunBadge state={run.state} />}>
          {run.title}
          <span class="title-note">{runNumber(run)}</span>
        </PageTitle>
        <SentNote />
        <RunPicture run={run} states={steps.map(({ fromState }) => fromState)} />
        <Repeats paths={paths} details={details} />
        {run.problem && (
          <Notification tone="error" title="途中で止まりました。">
            {run.problem} 「再開する」で、止まったところから続けます。
          </Notification>
        )}
        {busy && (
          <Panel title="進み具合">
            <LiveProgress paths={paths} run={run} counts={counts} />
          </Panel>
        )}
        <Columns wide="first">
          <div>
            <RunActions paths={paths} details={details} actions={actions} />
            <Panel title="件数">
              <SubjectCounts counts={counts} kind={kind} />
            </Panel>
            <Panel title="保留・除外" actions={<a href={paths.items(run.id)}>一覧を見る</a>}>
              <ReasonCounts paths={paths} run={run} counts={counts} kind={kind} />
            </Panel>
            {unapproved && counts.ready > 0 && (
              <Panel title="見本（実際の10通）">
                <PrintPreview
                  src={`${paths.run(run.id)}/preview`}
                  title={`${kind.title}の見本`}
                  height="half"
                />
              </Panel>
            )}
          </div>
          <div>
            <Order details={details} today={today} />
            <DatesPanel paths={paths} run={run} actor={actor} />
            <PackagePanel paths={paths} details={details} actor={actor} />
            <EnclosingPanel
              paths={paths}
              enclosing={enclosing}
              runId={run.id}
              actor={actor}
              program={run.program}
              today={today}
            />
            <History details={details} />
          </div>
        </Columns>
      </SentContext.Provider>
    ),
  });
}

/** What was ordered, of whom, and with what it is printed: settled by the approval. */
function Order(props: { details: RunDetails; today: IsoDate }) {
  const { run, contractor, paper, counts } = props.details;
  const { today } = props;
  const kind = mailingKind(run.kind);
  return (
    <Panel title="内容">
      <DefinitionList
        items={[
          ["送るもの", kind.title],
          ...kind.describe(run.parameters).map(({ label, value }) => [label, value] as const),
          ["委託先", contractor.name],
          ["印刷期限", <PrintBy run={run} today={today} />],
          ["発送予定日", showDate(run.sendOn as IsoDate | null)],
          [
            "封筒",
            run.bundling === "none"
              ? bundlingTitles.none
              : `${bundlingTitles[run.bundling]}（${figure(counts.envelopes)}通）`,
          ],
          ["文書の日付", run.datedOn ? showDate(run.datedOn as IsoDate) : "承認した日"],
          [
            "様式・設定",
            paper === null ? (
              "それぞれ発行したときのもの"
            ) : (
              <>
                <PaperWords paper={paper} />
                {run.templateVersion === null && "（承認したときに決まります）"}
              </>
            ),
          ],
        ]}
      />
    </Panel>
  );
}

/** 印刷期限; said where it is over and nothing came back yet. */
function PrintBy({ run, today }: { run: RunRow; today: IsoDate }) {
  const date = run.printBy as IsoDate | null;
  return (
    <>
      {showDate(date)}
      {date && date < today && isToPrint(run) && <Badge tone="error">期限切れ</Badge>}
    </>
  );
}

/** What the approver sees of other runs for the same, and why this one was begun all the same. */
function Repeats({ paths, details }: { paths: MailingPaths; details: RunDetails }) {
  const reason = details.steps.find(({ event }) => event === "repeat")?.comment;
  if (!runStateMeta(details.run.state).unapproved || (!reason && details.overlaps.length === 0))
    return null;
  return (
    <Notification tone="warning" title="同じ対象の一括発送があります。">
      {reason && <p>それでも始めた理由: {reason}</p>}
      {details.overlaps.length > 0 ? (
        <RunsAlike paths={paths} runs={details.overlaps} />
      ) : (
        <p>いま送ろうとしているものと重なる人はいません。</p>
      )}
    </Notification>
  );
}

function History({ details: { steps, run, preparer } }: { details: RunDetails }) {
  const entries = steps.map(({ at, staffName, title, comment }) => ({
    at: showMoment(at),
    who: staffName,
    what: title,
    ...(comment ? { detail: comment } : {}),
  }));
  const start = { at: showMoment(run.preparedAt), who: preparer, what: "準備を始める" };
  return (
    <Panel title="履歴">
      <TimeLine label="この一括発送の履歴" entries={[...entries.toReversed(), start]} />
    </Panel>
  );
}

/** Follows a run while something is made; ends when it has moved on, and the page is loaded again. */
const runProgress = ({ paths, reading }: Mailings) =>
  defineRoute({
    ...reading,
    method: "get",
    path: `${paths.runs}/:run/progress` as const,
    askedByPage: true,
    audit: "nothing-personal",
    because: "counts of a run",
    handle: ({ params, work }) =>
      followed(() => work((unit) => readProgress(unit, runIdOf(params.run))), {
        show: ({ state, made, total }) => <RunProgress state={state} made={made} total={total} />,
        moves: ({ state }) => runStateMeta(state).busy === true,
      }),
  });

/** Ten real pieces, before anything is made. */
const runPreview = ({ paths, reading }: Mailings) =>
  defineRoute({
    ...reading,
    method: "get",
    path: `${paths.runs}/:run/preview` as const,
    audit: "mailing.previewed",
    async handle({ params, work }) {
      const pdf = await work((unit) => previewRun(unit, runIdOf(params.run)));
      return inlinePdf("preview.pdf", pdf);
    },
  });
