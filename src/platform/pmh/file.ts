import { and, eq } from "drizzle-orm";
import { line } from "#db/schema/pmh.ts";
import { readHubAnswers } from "#src/formats/pmh/answers.ts";
import { conflict, EntryProblem } from "../problem.ts";
import type { Work } from "../work.ts";
import { takeRows } from "./rows.ts";
import { pmhProgress, pmhRunNumber } from "./runs.ts";
import { answersByLine, recordAnswers } from "./send.ts";
import { settingOfRun } from "./setting.ts";

/**
 * The rows of an approved run as a file (JSON, UTF-8), made anew each time: it holds 個人番号 and is kept nowhere. Each person in it
 * is recorded. Rows that wait for others to be accepted come with the next taking.
 *
 * @throws Problem 409 where the run is not being sent as a file, or nothing is left
 */
export async function takePmhFile(work: Work, runId: string) {
  const { run } = await pmhProgress(work, runId);
  if (run.way !== "file" || run.state !== "sending")
    throw conflict("この回は、ファイルを取り出せる段階にありません。");
  const setting = await settingOfRun(work, runId);
  const rows = await takeRows(work, { runId, program: run.program, setting });
  if (rows.length === 0) throw conflict("送るものが残っていません。回答の取込みを待っています。");
  const bytes = Buffer.from(
    `${JSON.stringify(
      rows.map(({ row }) => row),
      null,
      1,
    )}\n`,
  );
  return { name: `pmh-${pmhRunNumber(run)}.json`, bytes };
}

/**
 * Reads the hub's answers to a file.
 *
 * @returns how many lines were settled, and how many answers belong to no line that was taken out and waits
 * @throws EntryProblem of `file`, Problem 409
 */
export async function readPmhAnswers(work: Work, runId: string, bytes: Uint8Array) {
  const { run } = await pmhProgress(work, runId);
  if (run.way !== "file" || run.state !== "sending")
    throw conflict("この回は、回答を待っていません。");
  const answers = readHubAnswers(bytes);
  if (!answers)
    throw new EntryProblem(
      "file",
      "PMHの回答として読めません。回答のファイル（JSON）を選んでください。",
    );
  const waiting = await work.tx
    .select({ id: line.id, historyKey: line.historyKey, operation: line.operation })
    .from(line)
    .where(and(eq(line.runId, runId), eq(line.state, "ready")));
  const settled = await recordAnswers(
    work,
    runId,
    answersByLine(
      waiting.map((one) => ({
        line: one.id,
        historyKey: String(one.historyKey),
        isDeleted: one.operation === "delete",
      })),
      answers,
    ),
  );
  return { settled, others: answers.length - settled };
}
