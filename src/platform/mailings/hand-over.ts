import { createReadStream } from "node:fs";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { batchRun, handOver, packageFile } from "#db/schema/mailings.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recordAudit } from "../audit/write.ts";
import { EntryProblem, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { applyRunEvent } from "./move-run.ts";
import { ofProgram, runNumber } from "./run.ts";
import { folderOf } from "./working-files.ts";

export type HandOver = typeof handOver.$inferSelect;

async function packageOf(work: Work, runId: string) {
  const [found] = await work.tx
    .select({ run: batchRun, file: packageFile })
    .from(packageFile)
    .innerJoin(batchRun, eq(batchRun.id, packageFile.runId))
    .where(and(eq(packageFile.runId, runId), eq(packageFile.kind, "package"), ofProgram(work)));
  if (!found) throw notFound("発送データはまだ作られていません。");
  return found;
}

/** Where the encrypted package lies; each time it is taken out is recorded. @throws Problem 403, 404, or 422 when its time is over */
export async function takeOutPackage(
  work: Work,
  runId: string,
): Promise<{ name: string; path: string; bytes: number }> {
  const { run, file } = await packageOf(work, runId);
  await work.sql`select access.require_right('mailing.download', ${run.program})`;
  if (run.state === "withdrawal-asked" || run.state === "withdrawn")
    throw new Problem({
      status: 422,
      message: "取下げを求められている発送データは、取り出せません。",
    });
  if (file.erasedAt || (run.downloadUntil ?? "") < work.platform.clock.today())
    throw new Problem({ status: 422, message: "取り出せる期間が過ぎています。" });
  await recordAudit(work, {
    kind: "export",
    action: "mailing.downloaded",
    detail: { run: runNumber(run), file: file.name, sha256: file.sha256, pieces: file.pieces },
  });
  return {
    name: file.name,
    path: join(folderOf(work.platform, runId), file.name),
    bytes: file.bytes,
  };
}

export const packageStream = (path: string): NodeJS.ReadableStream => createReadStream(path);

interface Step {
  runId: string;
  expectedRevision: number;
}

/** 引渡し: enters the package in the 授受簿. */
export async function handOverPackage(
  work: Work,
  { manner, ...step }: Step & { manner: "transfer" | "medium" },
): Promise<void> {
  const { run, file } = await packageOf(work, step.runId);
  await work.tx.insert(handOver).values({
    runId: run.id,
    contractorId: run.contractorId,
    packageName: file.name,
    pieces: file.pieces,
    sha256: file.sha256,
    handedOn: work.platform.clock.today(),
    handedBy: work.actor.staffId,
    manner,
  });
  await applyRunEvent(work, { ...step, type: "hand-over" });
}

/**
 * 取下げ: the package is never handed over, which the 授受簿 says. Its numbers are void and its pieces due again; its files
 * are erased in the background.
 */
export async function withdrawPackage(
  work: Work,
  { comment, ...step }: Step & { comment?: string },
): Promise<void> {
  const { run, file } = await packageOf(work, step.runId);
  await applyRunEvent(work, { ...step, type: "withdraw", ...(comment && { comment }) });
  await work.tx.insert(handOver).values({
    runId: run.id,
    contractorId: run.contractorId,
    packageName: file.name,
    pieces: file.pieces,
    sha256: file.sha256,
    withdrawnOn: work.platform.clock.today(),
    withdrawnBy: work.actor.staffId,
  });
}

/** 受領: the contractor's receipt. */
export async function recordReceipt(
  work: Work,
  { receivedOn, receiptNumber, ...step }: Step & { receivedOn: IsoDate; receiptNumber: string },
): Promise<void> {
  await requireSince(work, step.runId, { receivedOn });
  await change(work, step.runId, { receivedOn, receiptNumber });
  await applyRunEvent(work, { ...step, type: "receive" });
}

/** 返却・消去報告: the medium came back (if one was handed over), and the contractor has erased the data. */
export async function recordErasure(
  work: Work,
  entry: Step & {
    erasedOn: IsoDate;
    erasureReport: string;
    mediumReturnedOn?: IsoDate | undefined;
  },
): Promise<void> {
  const { erasedOn, erasureReport, mediumReturnedOn, ...step } = entry;
  const [found] = await work.tx.select().from(handOver).where(eq(handOver.runId, step.runId));
  if (found?.manner === "medium" && !mediumReturnedOn)
    throw new EntryProblem("mediumReturnedOn", "媒体が返却された日を入力してください。");
  await requireSince(work, step.runId, { erasedOn, mediumReturnedOn });
  await change(work, step.runId, {
    erasedOn,
    erasureReport,
    mediumReturnedOn: mediumReturnedOn ?? null,
  });
  await applyRunEvent(work, { ...step, type: "close" });
}

/** What the contractor did was done between the handing over and today. @throws EntryProblem */
async function requireSince(
  work: Work,
  runId: string,
  days: Readonly<Record<string, IsoDate | undefined>>,
): Promise<void> {
  const [found] = await work.tx.select().from(handOver).where(eq(handOver.runId, runId));
  const today = work.platform.clock.today();
  for (const [field, day] of Object.entries(days))
    if (found?.handedOn && day && (day < found.handedOn || day > today))
      throw new EntryProblem(field, "引き渡した日から今日までの日付を入力してください。");
}

async function change(work: Work, runId: string, values: Partial<HandOver>): Promise<void> {
  const changed = await work.tx
    .update(handOver)
    .set(values)
    .where(eq(handOver.runId, runId))
    .returning({ id: handOver.id });
  if (changed.length === 0) throw notFound("授受簿に記載がありません。");
}
