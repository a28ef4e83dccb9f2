import {
  type Bundling,
  type MailingKind,
  type RunCounts,
  type RunDetails,
  type RunRow,
  reasonTitles,
  runNumber,
  waitsForRelease,
} from "#src/platform/mailings/index.ts";
import {
  Badge,
  type FlowStep,
  LiveRegion,
  Progress,
  StepPicture,
  Table,
} from "#src/web/components/index.ts";
import { pictureOf } from "#workflows/flows/picture.ts";
import { machineOf, type RunState, runStateMeta } from "#workflows/mailings/machine.ts";
import type { MailingPaths } from "./set.ts";

export const RunBadge = ({ state }: { state: RunState }) => {
  const { title, tone } = runStateMeta(state);
  return <Badge tone={tone ?? "neutral"}>{title}</Badge>;
};

/** What goes into one envelope. */
export const bundlingTitles: Record<Bundling, string> = {
  none: "1通ずつ封入する",
  person: "一人分をまとめて封入する",
  household: "世帯の分をまとめて封入する",
};

const positions = { present: "current", passed: "done", ahead: "ahead" } as const;

/**
 * The run on its way, from 抽出 to 消去報告, as the machine has it; beside it where it stopped. What goes on in the
 * background is shown while it does.
 */
export function RunPicture({ run, states }: { run: RunRow; states: readonly string[] }) {
  const { steps } = pictureOf(machineOf(run), run.state, states);
  const main = steps.filter(
    ({ line, state, position }) =>
      line === "main" && (position === "present" || !runStateMeta(state as RunState).busy),
  );
  const here = steps.find(({ position }) => position === "present");
  const shown = main.map(
    ({ title, position }): FlowStep => ({ label: title, state: positions[position] }),
  );
  const beside: FlowStep[] = here?.line === "side" ? [{ label: here.title, state: "current" }] : [];
  return <StepPicture label="一括発送の流れ" steps={shown} beside={beside} />;
}

export function RunProgress(props: { state: RunState; made: number; total: number }) {
  if (props.state === "preparing") return <p>対象者を抽出しています。</p>;
  return <Progress done={props.made} total={props.total} label="作成の進み具合" unit="通" />;
}

export function LiveProgress(props: { paths: MailingPaths; run: RunRow; counts: RunCounts }) {
  const { paths, run, counts } = props;
  return (
    <LiveRegion source={`${paths.run(run.id)}/progress`}>
      <RunProgress state={run.state} made={run.madeCount} total={counts.ready + counts.made} />
    </LiveRegion>
  );
}

export const figure = (value: number) => value.toLocaleString("ja-JP");

/** Counts by what the pieces are about. */
export function SubjectCounts({ counts, kind }: { counts: RunCounts; kind: MailingKind }) {
  return (
    <Table
      caption={`${kind.subjects}ごとの件数`}
      columns={[
        { title: kind.subjects, cell: (row) => row.title },
        { title: "送る", cell: (row) => figure(row.ready), align: "end", nowrap: true },
        { title: "保留", cell: (row) => figure(row.held), align: "end", nowrap: true },
        { title: "除外", cell: (row) => figure(row.leftOut), align: "end", nowrap: true },
      ]}
      rows={counts.bySubject}
      empty="対象者はいません。"
      foot={
        <tr>
          <td>合計</td>
          <td class="align-end">{figure(counts.ready + counts.made)}</td>
          <td class="align-end">{figure(counts.held)}</td>
          <td class="align-end">{figure(counts.leftOut)}</td>
        </tr>
      }
    />
  );
}

/** What waits or is left out, by reason; each line leads to the list. */
export function ReasonCounts(
  props: Pick<RunDetails, "run" | "counts"> & { paths: MailingPaths; kind: MailingKind },
) {
  const { run, counts, paths, kind } = props;
  const titles = reasonTitles(kind);
  return (
    <Table
      caption="保留・除外の理由"
      columns={[
        { title: "理由", cell: ({ reason }) => titles[reason] ?? reason },
        {
          title: "扱い",
          cell: ({ reason }) => (waitsForRelease(reason) ? "保留" : "除外"),
          nowrap: true,
        },
        { title: "件数", cell: (row) => figure(row.count), align: "end", nowrap: true },
      ]}
      rows={counts.byReason}
      href={({ reason }) => paths.items(run.id, { reason })}
      empty="保留・除外された人はいません。"
    />
  );
}

/** Title of the page of a run, and of its parts. */
export const runTitle = (run: RunRow): string =>
  `一括発送 ${runNumber(run)} ${runStateMeta(run.state).title}`;

export const runCrumbs = (paths: MailingPaths, run: RunRow) => [
  { title: "一括発送", path: paths.runs },
  { title: runNumber(run), path: paths.run(run.id) },
];

/** How many rows stand on a page of a list. */
export const rowsAPage = 50;
