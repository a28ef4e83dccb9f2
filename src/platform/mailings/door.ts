import { and, count, eq, gt } from "drizzle-orm";
import { batchEvent, batchItem, batchRun } from "#db/schema/mailings.ts";
import {
  nextRunState,
  type RunEvent,
  type RunEventType,
  type RunFacts,
  type RunState,
  runEventTitles,
  whyNot,
} from "#workflows/mailings/machine.ts";
import type { Right } from "../access/rights.ts";
import { recordAudit } from "../audit/write.ts";
import { enqueue } from "../jobs/index.ts";
import { requireSeen } from "../printing/index.ts";
import { conflict, notFound, Problem } from "../problem.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { mailingKind } from "./kind.ts";
import { paperOfToday } from "./run-folder.ts";

export type RunRow = typeof batchRun.$inferSelect & { state: RunState };

/** Which right each step needs; the database asks for it once more. */
const rights: Record<RunEventType, readonly Right[]> = {
  extracted: ["mailing.prepare"],
  extract: ["mailing.prepare"],
  submit: ["mailing.prepare"],
  return: ["mailing.approve"],
  approve: ["mailing.approve"],
  make: ["mailing.prepare"],
  made: ["mailing.prepare"],
  fail: ["mailing.prepare"],
  resume: ["mailing.prepare"],
  cancel: ["mailing.prepare", "mailing.approve"],
  "hand-over": ["mailing.download"],
  receive: ["mailing.download"],
  close: ["mailing.download"],
};

export const runNumber = (run: { serial: number }): string =>
  `M${String(run.serial).padStart(6, "0")}`;

const missing = () => notFound("一括発送が見つかりません。");

/** The id of a run from the address of a page. @throws Problem 404 when it cannot be one */
export function runIdOf(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) throw missing();
  return text;
}

/** The run, locked until the work ends. */
export async function lockRun(work: Work, runId: string): Promise<RunRow> {
  const [run] = await work.tx.select().from(batchRun).where(eq(batchRun.id, runId)).for("update");
  if (!run) throw missing();
  return run as RunRow;
}

export interface RunEventRequest {
  runId: string;
  /** Revision of the run on the page that the person looked at; the system's own steps need none. */
  expectedRevision?: number;
  type: RunEventType;
  comment?: string;
  /** For an approval: with what the pages would have been printed that the person looked at ({@link paperMark}). */
  seenPaper?: string;
}

/** The one door by which a run moves. @throws Problem 403, 409 (somebody was faster, or other settings hold) or 422 with the reason */
export async function applyRunEvent(work: Work, request: RunEventRequest): Promise<RunRow> {
  const { runId, expectedRevision, type, comment } = request;
  const run = await lockRun(work, runId);
  if (expectedRevision !== undefined && expectedRevision !== run.revision)
    throw conflict(
      "画面を開いた後に、この一括発送が進みました。内容を確かめてから、もう一度行ってください。",
      await stepsSince(work, run, expectedRevision),
    );
  await requireOneOf(work, rights[type], run.program);
  const event: RunEvent = { type, by: work.actor.staffId, comment };
  const next = nextRunState(run.state, await factsOf(work, run), event);
  if ("refused" in next) throw new Problem({ status: 422, message: next.refused });

  const moved = {
    state: next.state,
    revision: run.revision + 1,
    ...(await effectOf(work, run, request)),
  };
  await work.tx.update(batchRun).set(moved).where(eq(batchRun.id, runId));
  await remember(work, run, { ...moved, event });
  if (type === "extract" || (type === "resume" && next.state === "preparing"))
    await askFor(work, run, "mailing.extract");
  if (type === "approve" || (type === "resume" && next.state === "making"))
    await askFor(work, run, "mailing.make");
  if (type === "cancel") await mailingKind(run.kind).withdraw(work, runId);
  return { ...run, ...moved };
}

/** What may be done with a run now by this person, and why not where not: for buttons. */
export async function runActions(
  work: Work,
  run: RunRow,
  types: readonly RunEventType[],
): Promise<{ type: RunEventType; title: string; reason: string | null }[]> {
  const facts = await factsOf(work, run);
  const by = work.actor.staffId;
  const held = await Promise.all(types.map((type) => holdsOneOf(work, rights[type], run.program)));
  return types.flatMap((type, place) =>
    held[place]
      ? [
          {
            type,
            title: runEventTitles[type],
            reason: whyNot(run.state, facts, { type, by, comment: "-" }),
          },
        ]
      : [],
  );
}

async function effectOf(work: Work, run: RunRow, { type, seenPaper }: RunEventRequest) {
  const { actor, platform } = work;
  if (type === "submit") return { submittedBy: actor.staffId };
  if (type === "approve") {
    const paper = await paperOfToday(work, run);
    if (paper && seenPaper !== undefined) requireSeen(seenPaper, paper);
    return {
      approvedBy: actor.staffId,
      approvedAt: platform.clock.now(),
      approvedRevision: run.revision,
      datedOn: platform.clock.today(),
      templateVersion: paper?.template ?? null,
      formSettingId: paper?.setting ?? null,
    };
  }
  if (type === "cancel") return { workingKey: null };
  if (type === "resume") return { problem: null };
  return {};
}

async function remember(
  work: Work,
  run: RunRow,
  { revision, state, event }: { revision: number; state: RunState; event: RunEvent },
): Promise<void> {
  const comment = event.comment?.trim();
  await work.tx.insert(batchEvent).values({
    runId: run.id,
    revision,
    event: event.type,
    fromState: run.state,
    toState: state,
    staffId: work.actor.staffId,
    staffName: work.actor.staffName,
    at: work.platform.clock.now(),
    commentId: comment ? await sealComment(work, run, comment) : null,
  });
  await recordAudit(work, {
    kind: "event",
    action: `mailing.${event.type}`,
    detail: { run: runNumber(run), revision, from: run.state, to: state },
  });
}

/** Comments may name people, so they wait in the vault. */
const sealComment = (work: Work, run: RunRow, comment: string): Promise<string> =>
  putSealed(work, {
    holder: `mailing:${run.id}`,
    program: run.program,
    kind: "mailing-comment",
    data: comment,
  });

/** Asks for the background work that comes next. */
export async function askFor(
  work: Work,
  run: { id: string; serial: number; program: string },
  queue: "mailing.extract" | "mailing.make",
): Promise<void> {
  const what = queue === "mailing.extract" ? "抽出" : "作成";
  await enqueue(
    { ...work, program: run.program },
    { queue, subjectId: run.id, reason: `一括発送 ${runNumber(run)} の${what}` },
  );
}

export async function factsOf(work: Work, run: RunRow): Promise<RunFacts> {
  const [row] = await work.tx
    .select({ ready: count() })
    .from(batchItem)
    .where(and(eq(batchItem.runId, run.id), eq(batchItem.state, "ready")));
  const preparers = [run.preparedBy, run.submittedBy].filter((id) => id !== null);
  return { preparers, ready: row?.ready ?? 0 };
}

async function stepsSince(work: Work, run: RunRow, revision: number): Promise<string[]> {
  const rows = await work.tx
    .select()
    .from(batchEvent)
    .where(and(eq(batchEvent.runId, run.id), gt(batchEvent.revision, revision)))
    .orderBy(batchEvent.revision);
  return rows.map((row) => `${row.staffName}: ${runEventTitles[row.event as RunEventType]}`);
}

async function holdsOneOf(work: Work, any: readonly Right[], program: string): Promise<boolean> {
  for (const right of any) {
    const [row] = await work.sql<{ held: boolean }[]>`
      select access.has_right(${right}, ${program}) as held`;
    if (row?.held) return true;
  }
  return false;
}

async function requireOneOf(work: Work, any: readonly Right[], program: string): Promise<void> {
  if (!(await holdsOneOf(work, any, program)))
    throw new Problem({ status: 403, message: "この操作を行う権限がありません。" });
}
