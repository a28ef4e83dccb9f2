import { type ReceiptAction, reasonsOf } from "#workflows/receipts/decisions.ts";
import { EntryProblem, Problem } from "../problem.ts";
import type { Work } from "../work.ts";

/**
 * Decides about receipts of a file: 支払う, 照会する, 返戻する, with a reason of the list. What differs in money or person
 * waits for another person. All of them or none.
 *
 * @throws Problem where one of them cannot be decided so by this person now
 */
export async function decideReceipts(
  work: Work,
  decision: { fileId: string; rows: readonly number[]; action: ReceiptAction; reason: string },
): Promise<void> {
  const { fileId, action, reason } = decision;
  const rows = [...new Set(decision.rows)];
  if (rows.length === 0) throw new EntryProblem("row", "レセプトを選んでください。");
  if (!Object.hasOwn(reasonsOf(action), reason))
    throw new EntryProblem("reason", "理由を選んでください。");
  await refusing(
    "選んだレセプトの中に、いまはこのように決められないものがあります。",
    work.sql`select receipts.decide(${fileId}, ${rows}::integer[], ${action}, ${reason})`,
  );
}

/**
 * Another person's word about acceptances that want one.
 *
 * @param decision.ids of `receipts.decision`
 */
export async function settleDecisions(
  work: Work,
  { ids, approve }: { ids: readonly number[]; approve: boolean },
): Promise<void> {
  if (ids.length === 0) throw new EntryProblem("decision", "レセプトを選んでください。");
  await refusing(
    "選んだ中に、承認できないものがあります。自分が決めたものは、別の職員が承認します。",
    work.sql`select receipts.settle(${[...ids]}::integer[], ${approve})`,
  );
}

/** Judges receipts again whose people or entitlements have changed since. */
export async function judgeAgain(
  work: Work,
  { fileId, rows }: { fileId: string; rows: readonly number[] },
): Promise<void> {
  if (rows.length === 0) throw new EntryProblem("row", "レセプトを選んでください。");
  await refusing(
    "選んだレセプトの中に、もう一度点検できないものがあります。",
    work.sql`select receipts.judge_again(${fileId}, ${[...rows]}::integer[])`,
  );
}

/** What the database refuses, in words. */
export async function refusing<T>(message: string, asked: PromiseLike<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "42501" || code === "23505") throw new Problem({ status: 409, message });
    if (code === "MD011")
      throw new Problem({
        status: 409,
        message: "この月の請求の計算書が承認されています。返戻するか、翌月の請求で扱ってください。",
      });
    throw error;
  }
}
