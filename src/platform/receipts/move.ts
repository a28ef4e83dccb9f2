import { eq } from "drizzle-orm";
import { claimStatement, receiptFile } from "#db/schema/receipts.ts";
import { answer, eventsFrom } from "#workflows/flows/answer.ts";
import {
  type ReceiptFileEvent,
  type ReceiptFileFacts,
  type ReceiptFileState,
  receiptFileChecks,
  receiptFileV1,
} from "#workflows/receipts/machine.ts";
import { holds } from "../access/actor.ts";
import type { Right } from "../access/rights.ts";
import { conflict, notFound, Problem, type ProblemDetails } from "../problem.ts";
import type { Work, WorkOptions } from "../work.ts";

export type FileRow = typeof receiptFile.$inferSelect;

/** Under which purpose and 事務 receipts are worked on. */
export const receiptWork: WorkOptions = { purpose: "feed", program: "receipts" };

/** The file with this id; throws where there is none. */
export async function getFile(work: Work, fileId: string): Promise<FileRow> {
  const [file] = await work.tx.select().from(receiptFile).where(eq(receiptFile.id, fileId));
  if (!file) throw notFound("このファイルは見つかりません。");
  return file;
}

/** The same, held until the end of the transaction, so that nobody else moves it. */
export async function holdFile(work: Work, fileId: string): Promise<FileRow> {
  await work.sql`select receipts.hold(${fileId})`;
  return getFile(work, fileId);
}

/** What the machine knows of a file. */
async function factsOf(work: Work, file: FileRow): Promise<ReceiptFileFacts> {
  const statements = await work.tx
    .select({ claimMonth: claimStatement.claimMonth, channel: claimStatement.channel })
    .from(claimStatement)
    .where(eq(claimStatement.decision, "approved"));
  return {
    actingStaffId: work.actor.staffId,
    preparedBy: file.preparedBy,
    withdrawalAskedBy: file.withdrawalAskedBy,
    paid: statements.some(
      ({ claimMonth, channel }) => claimMonth === file.claimMonth && channel === file.channel,
    ),
  };
}

/** A step that people take: whether this person holds its right, and what else stands in the way. */
export interface FileAction {
  type: ReceiptFileEvent;
  title: string;
  held: boolean;
  reasons: readonly string[];
}

/** The steps that people could take with a file in its state, each with why not. */
export async function fileActions(work: Work, file: FileRow): Promise<FileAction[]> {
  const facts = await factsOf(work, file);
  return (eventsFrom(receiptFileV1, file.state, facts) as ReceiptFileEvent[]).flatMap((type) => {
    const rule = receiptFileV1.events[type];
    if (!rule || rule.scheduled) return [];
    const got = answer(receiptFileV1, file.state, facts, { type });
    return [
      {
        type,
        title: rule.title,
        held: mayDo(work, type),
        reasons: got.possible ? [] : got.reasons,
      },
    ];
  });
}

/**
 * Moves a file by an event, one revision on. The database does the same once more (`receipts.move`).
 *
 * @throws Problem where the right is missing, the state knows no such step, or a condition fails
 */
export async function moveFile(
  work: Work,
  file: FileRow,
  type: ReceiptFileEvent,
  why: string | null = null,
): Promise<void> {
  if (!mayDo(work, type)) throw refusal(403, ["この操作を行う権限がありません。"]);
  const got = answer(receiptFileV1, file.state, await factsOf(work, file), { type });
  if (!got.possible) throw refusal(statusOf(got.reasons), got.reasons);
  const target = got.state as ReceiptFileState;
  try {
    await work.sql`select receipts.move(${file.id}, ${file.revision}, ${type}, ${target}, ${why})`;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MD014") throw movedOn();
    throw error;
  }
}

/** Somebody else was faster. */
export const movedOn = () =>
  conflict("このファイルの状態が変わりました。内容をもう一度確かめてください。");

const mayDo = (work: Work, type: ReceiptFileEvent): boolean =>
  holds(work.actor, receiptFileV1.events[type]?.right as Right, { program: "receipts" });

const refusal = (status: ProblemDetails["status"], reasons: readonly string[]) =>
  new Problem({
    status,
    message: reasons[0] ?? "この操作は行えません。",
    details: reasons.slice(1),
  });

const statusOf = ([reason]: readonly string[]): ProblemDetails["status"] =>
  reason === receiptFileChecks.notPreparer.reason || reason === receiptFileChecks.notAsker.reason
    ? 403
    : 409;
