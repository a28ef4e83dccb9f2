import { inArray } from "drizzle-orm";
import { batchRun } from "#db/schema/mailings.ts";
import { holds } from "#src/platform/access/actor.ts";
import { listRuns, runNumber } from "#src/platform/mailings/index.ts";
import type { OfficeFigure, WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { type RunState, runStateTitles } from "#workflows/mailings/machine.ts";
import { paths } from "./parts.tsx";

const inProgram = { program: "vaccination" } as const;

/** What each state waits for, and with which right it can be done. */
const waiting: Partial<Record<RunState, { kind: string; right: Parameters<typeof holds>[1] }>> = {
  extracted: { kind: "一括発送の確認", right: "mailing.prepare" },
  "awaiting-approval": { kind: "一括発送の承認", right: "mailing.approve" },
  complete: { kind: "発送データの引渡し", right: "mailing.download" },
  "handed-over": { kind: "受領の記録", right: "mailing.download" },
  received: { kind: "消去報告の記録", right: "mailing.download" },
  failed: { kind: "一括発送の再開", right: "mailing.prepare" },
  "extraction-failed": { kind: "一括発送の再開", right: "mailing.prepare" },
};

/** Runs that wait for the person, that they sent on, or that came back to them. */
export async function workItems(work: Work): Promise<WorkItem[]> {
  if (!holds(work.actor, "mailing.read", inProgram)) return [];
  const runs = await listRuns(work, "vaccination");
  const steps = await lastSteps(work);
  return runs.flatMap(({ run }): WorkItem[] => {
    const next = waiting[run.state];
    if (!next) return [];
    const last = steps.get(run.id);
    const item = {
      kind: next.kind,
      title: `${run.title} ${runNumber(run)}`,
      path: paths.run(run.id),
      since: last?.at ?? run.preparedAt,
      state: runStateTitles[run.state],
    };
    const mine = run.preparedBy === work.actor.staffId || run.submittedBy === work.actor.staffId;
    if (mine && last?.event === "return") return [{ ...item, list: "returned" }];
    const barred = run.state === "awaiting-approval" && mine;
    if (holds(work.actor, next.right, inProgram) && !barred) return [{ ...item, list: "waiting" }];
    return mine ? [{ ...item, list: "sent" }] : [];
  });
}

async function lastSteps(work: Work) {
  const rows = await work.sql<{ run_id: string; event: string; at: Date }[]>`
    select distinct on (run_id) run_id, event, at from mailings.batch_event
     where event <> 'release' order by run_id, revision desc`;
  return new Map(rows.map(({ run_id, event, at }) => [run_id, { event, at: new Date(at) }]));
}

/** Numbers beside the menu. */
export async function menuCounts(work: Work): Promise<Record<string, number>> {
  return {
    "vaccination.runs": await work.tx.$count(
      batchRun,
      inArray(batchRun.state, ["extracted", "awaiting-approval", "complete", "failed"]),
    ),
  };
}

/** Figures of the day. */
export async function officeFigures(work: Work): Promise<OfficeFigure[]> {
  if (!holds(work.actor, "mailing.read", inProgram)) return [];
  const [row] = await work.sql<{ issued: number }[]>`
    select count(*)::int as issued from vaccination.coupon
     where issued_on = ${work.platform.clock.today()} and state = 'issued'`;
  return [{ title: "本日発行の接種券", value: row?.issued ?? 0, unit: "枚", path: paths.runs }];
}
