import { createHash } from "node:crypto";
import { csvAnswers } from "#src/formats/payment-answers/csv.ts";
import type { AnswerLayout } from "#src/formats/payment-answers/layout.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { conflict, EntryProblem, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { readPaymentRun } from "./runs.ts";

/** Layouts in which banks answer; the first one is our own. */
export const answerLayouts: readonly AnswerLayout[] = [csvAnswers];

/** Why a line of a list of answers was not taken. */
export const answerFaultTitles: Readonly<Record<string, string>> = {
  unreadable: "形式が正しくない行",
  twice: "同じ支払番号が二度ある行",
  unknown: "知らない支払番号の行",
  "other-run": "この回にない支払の行",
  "wrong-sum": "額が合わない行",
  answered: "結果が既にある支払の行",
};

/**
 * Reads a list of answers of the bank into a run. Good lines are taken, bad ones go to the list of errors and change nothing; the same list is
 * not read twice.
 *
 * @param how.restPaid what the list does not name was paid; only taken where nothing is wrong with the list
 * @throws EntryProblem of `file`, Problem 409 where the run has moved on, 422 before the transfer day
 */
export async function readAnswers(
  work: Work,
  id: string,
  seen: number,
  bytes: Uint8Array,
  how: { layout?: string; restPaid?: boolean } = {},
): Promise<{ answerId: number; paid: number; failed: number; faults: number }> {
  const { run } = await readPaymentRun(work, id);
  if (run.payOn > work.platform.clock.today())
    throw new Problem({
      status: 422,
      message: `振込指定日（${formatWareki(run.payOn as IsoDate)}）より前に、結果は取り込めません。`,
    });
  const layout = answerLayouts.find((one) => one.id === (how.layout ?? csvAnswers.id));
  if (!layout) throw new EntryProblem("layout", "結果の形式を選んでください。");
  const { answers, faults } = layout.read(bytes);
  if (answers.length === 0 && !(how.restPaid && faults.length === 0)) {
    const [first] = faults;
    throw new EntryProblem(
      "file",
      first ? `${first.record}行目の${first.field}: ${first.reason}` : "結果が1件もありません。",
    );
  }
  const badLines = [...new Set(faults.map(({ record }) => record))];
  try {
    const [row] = await work.sql<
      { answerId: number; paid: number; failed: number; faults: number }[]
    >`
      select answer_id as "answerId", paid, failed, faults from payments.read_answers(${id}, ${seen},
        ${createHash("sha256").update(bytes).digest("hex")}, ${how.restPaid === true},
        ${answers.map(({ line }) => line)}::integer[], ${answers.map(({ serial }) => serial)}::integer[],
        ${answers.map(({ amount }) => amount)}::bigint[], ${answers.map(({ outcome }) => outcome)}::text[],
        ${answers.map(({ reason }) => reason ?? null)}::text[], ${badLines}::integer[], ${badLines.map(() => "unreadable")}::text[])`;
    if (!row) throw new Error("answers were read");
    return row;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "23505") throw conflict("この結果は、既に取り込まれています。");
    if (code === "MD011" || code === "MD014")
      throw conflict(
        "画面を開いた後に、この支払の回が進みました。内容を確かめてから、もう一度行ってください。",
      );
    throw error;
  }
}
