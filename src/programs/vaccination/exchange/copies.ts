import { and, asc, count, desc, eq, inArray, isNull, lt, min } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { copyLine, copyRun, copyRunEvent } from "#db/schema/exchange.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import { enqueue } from "#src/platform/jobs/index.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { conflict, EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type CopyRunContext,
  type CopyRunEvent,
  type CopyRunState,
  copyRunV1,
} from "#workflows/vaccination/exchange/copy-run.ts";
import { copySettingOf, copySettingToday } from "./copy-setting.ts";

export type CopyRun = Omit<typeof copyRun.$inferSelect, "state"> & { state: CopyRunState };
export type CopyLine = typeof copyLine.$inferSelect;

export const copyScopes = { difference: "前回からの差分", full: "全件" } as const;
export const copyOperations = { register: "登録・更新", delete: "削除" } as const;
export const copyReasons = {
  new: "新しい記録",
  corrected: "記録の訂正",
  number: "統合宛名番号の変更",
  flag: "自動応答不可の変更",
  same: "変更なし（全件）",
  cancelled: "記録の取消",
  withheld: "支援措置・自動応答不可",
} as const satisfies Record<CopyLine["why"], string>;
export const copyStates = {
  ready: "未回答",
  accepted: "登録済",
  refused: "拒否",
  released: "送っていない",
} as const satisfies Record<CopyLine["state"], string>;

/** Number of a run as it is shown: `F000012`. */
export const copyRunNumber = ({ serial }: { serial: number }): string =>
  `F${String(serial).padStart(6, "0")}`;
export const copyRunMeta = (state: CopyRunState) => stateMeta(copyRunV1, state);
/** A step in words; the first one too. */
export const copyEventTitle = (event: string): string =>
  event === "gather"
    ? "集め始めた"
    : ((copyRunV1.events as Readonly<Record<string, { title: string }>>)[event]?.title ?? event);

/** Begins a run; it is gathered in the background. @throws Problem 409 where it is switched off, or one is under way */
export async function beginCopies(work: Work, scope: keyof typeof copyScopes): Promise<string> {
  if (!(await copySettingToday(work)))
    throw conflict("副本登録の設定がありません。制度の数値で、2人で設定してください。");
  const [row] = await refuseInWords(
    work.sql<{ id: string }[]>`select exchange.begin_copies(${scope}) as id`,
    "ほかの副本登録の回が進んでいます。終わってから始めてください。",
    ["MD019"],
  );
  if (!row) throw new Error("a run has an id");
  const run = await findRun(work, row.id);
  await enqueue(work, {
    queue: "copies.gather",
    subjectId: run.id,
    reason: `副本登録の回 ${copyRunNumber(run)} の準備`,
  });
  return run.id;
}

/** A page of the runs, the newest first. */
export async function listCopyRuns(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select()
    .from(copyRun)
    .orderBy(desc(copyRun.serial))
    .limit(size)
    .offset(from);
  return { rows: rows as CopyRun[], total: await work.tx.$count(copyRun) };
}

/** 突合: what we hold, what the other side accepted, and what differs, reckoned anew. */
export async function reconcileCopies(work: Work) {
  const rows = await work.sql<
    { operation: string; why: string; rows: string }[]
  >`select operation, why, rows from exchange.reconcile()`;
  const of = (why: string) => Number(rows.find((row) => row.why === why)?.rows ?? 0);
  return {
    records: of("records"),
    held: of("held"),
    differing: rows
      .filter(({ operation }) => operation !== "have")
      .map((row) => ({
        operation: row.operation as CopyLine["operation"],
        why: row.why as CopyLine["why"],
        rows: Number(row.rows),
      })),
  };
}

/** A run. @throws Problem 404 */
export async function findRun(work: Work, id: string): Promise<CopyRun> {
  const [found] = await work.tx.select().from(copyRun).where(eq(copyRun.id, id));
  if (!found) throw notFound("副本登録の回が見つかりません。");
  return found as CopyRun;
}

/** Counts of the rows of a run, by state, operation and reason. */
const figuresOf = (work: Work, id: string) =>
  work.tx
    .select({
      state: copyLine.state,
      operation: copyLine.operation,
      why: copyLine.why,
      rows: count(),
    })
    .from(copyLine)
    .where(eq(copyLine.runId, id))
    .groupBy(copyLine.state, copyLine.operation, copyLine.why)
    .orderBy(desc(copyLine.operation), copyLine.why, copyLine.state);

/** A run with all that its page shows. @throws Problem 404 */
export async function readCopyRun(work: Work, id: string) {
  const run = await findRun(work, id);
  const [preparer] = await work.tx
    .select({ name: staff.displayName })
    .from(staff)
    .where(eq(staff.id, run.preparedBy));
  return {
    run,
    setting: await copySettingOf(work, run.settingId),
    preparer: preparer?.name ?? "",
    figures: await figuresOf(work, id),
    steps: await work.tx
      .select()
      .from(copyRunEvent)
      .where(eq(copyRunEvent.runId, id))
      .orderBy(asc(copyRunEvent.revision)),
    actions: actionsAt(work.actor, await standing(work, run), {
      program: "vaccination",
      reach: "whole city",
    }).filter(({ type }) => type !== "resume" || run.interruption !== null),
  };
}

/** A page of the rows of a run in some states. */
export async function linesOfCopyRun(
  work: Work,
  id: string,
  states: readonly CopyLine["state"][],
  { from, size }: Lines,
) {
  const own = and(eq(copyLine.runId, id), inArray(copyLine.state, [...states]));
  return {
    total: await work.tx.$count(copyLine, own),
    rows: await work.tx
      .select()
      .from(copyLine)
      .where(own)
      .orderBy(asc(copyLine.number))
      .limit(size)
      .offset(from),
  };
}

async function standing(work: Work, run: CopyRun) {
  const preparers = await work.tx
    .selectDistinct({ staffId: copyRunEvent.staffId })
    .from(copyRunEvent)
    .where(and(eq(copyRunEvent.runId, run.id), inArray(copyRunEvent.event, ["gather", "submit"])));
  return {
    definition: copyRunV1,
    state: run.state,
    context: {
      actingStaffId: work.actor.staffId,
      preparers: preparers.map(({ staffId }) => staffId),
      ready: await work.tx.$count(
        copyLine,
        and(eq(copyLine.runId, run.id), eq(copyLine.state, "ready")),
      ),
      settingHolds: (await copySettingToday(work))?.id === run.settingId,
    } satisfies CopyRunContext,
  };
}

/** One step of a run; making the file begins in the background. @throws EntryProblem of `handedOverOn`; Problem 403, 404, 409 */
export async function moveCopies(
  work: Work,
  step: { id: string; seen: number; type: CopyRunEvent; handedOverOn?: IsoDate | undefined },
): Promise<void> {
  const { id, seen, type } = step;
  const run = await findRun(work, id);
  const moved =
    "画面を開いた後に、この回が進みました。内容を確かめてから、もう一度行ってください。";
  if (run.revision !== seen) throw conflict(moved);
  const target = stateAfter(await standing(work, run), type);
  const on = type === "handOver" ? step.handedOverOn : undefined;
  if (type === "handOver" && !(on && on <= work.platform.clock.today()))
    throw new EntryProblem(
      "handedOverOn",
      "引き渡した日は、承認の日から今日までの日にしてください。",
    );
  await refuseInWords(
    refuseInWords(
      work.sql`select exchange.move_copies(${id}, ${seen}, ${type}, ${target}, ${on ?? null})`,
      moved,
    ),
    "ファイルを作った後に、支援措置などで自動応答不可になった方がいます。この回を取り消して、集め直してください。",
    ["MD020"],
  );
  if (type === "approve" || type === "resume")
    await enqueue(work, {
      queue: target === "making" ? "copies.make" : "copies.gather",
      subjectId: id,
      reason: `副本登録の回 ${copyRunNumber(run)} の${target === "making" ? "ファイル作成" : "準備"}`,
    });
}

/** Rows that the other side refused and nobody has dealt with. */
const refused = and(eq(copyLine.state, "refused"), isNull(copyLine.settled));

/** A page of them, the oldest first. */
export async function refusedCopies(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select({ line: copyLine, serial: copyRun.serial })
    .from(copyLine)
    .innerJoin(copyRun, eq(copyRun.id, copyLine.runId))
    .where(refused)
    .orderBy(asc(copyLine.answeredAt), asc(copyRun.serial), asc(copyLine.number))
    .limit(size)
    .offset(from);
  return { rows, total: (await countRefusedCopies(work)).count };
}
export async function countRefusedCopies(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(copyLine.answeredAt) })
    .from(copyLine)
    .where(refused);
  return row ?? { count: 0, since: null };
}

/** What becomes of a refused row: sent again with the next run, or left. @throws Problem 409 where somebody was faster */
export async function settleCopy(
  work: Work,
  { run, number, how }: { run: string; number: number; how: "again" | "left" },
): Promise<void> {
  const [row] = await work.sql<{ done: boolean }[]>`
    select exchange.settle_copy(${run}, ${number}, ${how}) as done`;
  if (!row?.done) throw conflict("この行は、もう処理されています。");
}

/** Runs in a state; of those that wait for an answer, only what is overdue where `overdue` is set. */
const runsIn = (work: Work, state: CopyRunState, overdue: boolean) =>
  and(
    eq(copyRun.state, state),
    overdue ? lt(copyRun.answerDueOn, work.platform.clock.today()) : undefined,
  );
export async function countCopyRuns(
  work: Work,
  state: CopyRunState,
  overdue = false,
): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(copyRun.preparedAt) })
    .from(copyRun)
    .where(runsIn(work, state, overdue));
  return row ?? { count: 0, since: null };
}
export async function copyRunsIn(
  work: Work,
  state: CopyRunState,
  { from, size }: Lines,
  overdue = false,
): Promise<CopyRun[]> {
  const rows = await work.tx
    .select()
    .from(copyRun)
    .where(runsIn(work, state, overdue))
    .orderBy(asc(copyRun.serial))
    .limit(size)
    .offset(from);
  return rows as CopyRun[];
}
