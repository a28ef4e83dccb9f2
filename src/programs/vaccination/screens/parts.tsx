import type { RunCounts, RunDetails, RunRow } from "#src/platform/mailings/index.ts";
import { itemReasons, runNumber } from "#src/platform/mailings/index.ts";
import {
  Badge,
  type FlowStep,
  LiveRegion,
  Progress,
  StepPicture,
  Table,
  type Tone,
} from "#src/web/components/index.ts";
import { type RunState, runStateTitles } from "#workflows/mailings/machine.ts";

/** Addresses of the screens of this 事務. */
export const paths = {
  runs: "/vaccination/mailings",
  newRun: "/vaccination/mailings/new",
  run: (id: string) => `/vaccination/mailings/${id}` as const,
  items: (id: string, query: Record<string, string> = {}) =>
    `/vaccination/mailings/${id}/items?${new URLSearchParams(query)}` as const,
  handOvers: "/vaccination/hand-overs",
  contractors: "/vaccination/contractors",
  coupons: "/vaccination/coupons",
  coupon: (number: string) => `/vaccination/coupons/${number}` as const,
  reprints: "/vaccination/reprints/new",
} as const;

const tones: Partial<Record<RunState, Tone>> = {
  preparing: "info",
  "awaiting-approval": "warning",
  approved: "info",
  making: "info",
  complete: "success",
  "extraction-failed": "error",
  failed: "error",
};

export const RunBadge = ({ state }: { state: RunState }) => (
  <Badge tone={tones[state] ?? "neutral"}>{runStateTitles[state]}</Badge>
);

/** The run on its way: 抽出 to 消去報告, with where it stands. */
export function RunPicture({ state }: { state: RunState }) {
  const way = [
    "extracted",
    "awaiting-approval",
    "approved",
    "making",
    "complete",
    "handed-over",
    "received",
    "closed",
  ] as const;
  const stopped = state === "cancelled" || state === "failed" || state === "extraction-failed";
  const at = state === "failed" ? 3 : (way as readonly RunState[]).indexOf(state);
  const steps = way.map((one, index): FlowStep => {
    const here = index === at ? (stopped ? "ahead" : "current") : index < at ? "done" : "ahead";
    return { label: runStateTitles[one], state: state === "cancelled" ? "skipped" : here };
  });
  const beside: FlowStep[] = stopped ? [{ label: runStateTitles[state], state: "current" }] : [];
  return <StepPicture label="一括発送の流れ" steps={steps} beside={beside} />;
}

/** States in which something is going on in the background. */
export const isBusy = (state: RunState): boolean =>
  state === "preparing" || state === "approved" || state === "making";

export function RunProgress(props: { state: RunState; made: number; total: number }) {
  if (props.state === "preparing") return <p>対象者を抽出しています。</p>;
  return <Progress done={props.made} total={props.total} label="作成の進み具合" unit="枚" />;
}

export function LiveProgress({ run, counts }: { run: RunRow; counts: RunCounts }) {
  const total = counts.ready + counts.made;
  return (
    <LiveRegion source={`${paths.run(run.id)}/progress`}>
      <RunProgress state={run.state} made={run.madeCount} total={total} />
    </LiveRegion>
  );
}

const figure = (value: number) => value.toLocaleString("ja-JP");

/** Counts by vaccine and dose. */
export function SubjectCounts({ counts }: { counts: RunCounts }) {
  return (
    <Table
      caption="予防接種ごとの件数"
      columns={[
        { title: "予防接種・回", cell: (row) => row.title },
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

/** Who is held or left out, by reason; each line leads to the list. */
export function ReasonCounts({ run, counts }: Pick<RunDetails, "run" | "counts">) {
  return (
    <Table
      caption="保留・除外の理由"
      columns={[
        { title: "理由", cell: ({ reason }) => itemReasons[reason] },
        {
          title: "扱い",
          cell: ({ reason }) => (reason === "protected" ? "保留" : "除外"),
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
  `一括発送 ${runNumber(run)} ${runStateTitles[run.state]}`;

export const runCrumbs = (run: RunRow) => [
  { title: "一括発送", path: paths.runs },
  { title: runNumber(run), path: paths.run(run.id) },
];
