import { stateAfter } from "#src/platform/flow.ts";
import { conflict, EntryProblem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type TakenRecord, type ToldRecord, takeRecords } from "../records/take.ts";
import { findInquiry, moved, standing } from "./inquiries.ts";

/** A record as the answer tells it. */
export type AnsweredRecord = Pick<
  ToldRecord,
  "vaccine" | "dose" | "givenOn" | "product" | "lot" | "clinicName" | "accept"
>;

/**
 * Takes down records of an answer, through the one door for records: each becomes a record, is found to be known, or waits in the
 * work list of slips with what is doubtful about it.
 *
 * @throws EntryProblem of `records`; Problem 404, 409
 */
export async function takeAnswer(
  work: Work,
  given: { id: string; seen: number; records: readonly AnsweredRecord[] },
): Promise<TakenRecord[]> {
  const { id, seen, records } = given;
  const row = await findInquiry(work, id);
  if (row.revision !== seen) throw conflict(moved);
  stateAfter(standing(row), "take");
  if (row.kind !== "records")
    throw conflict("接種歴の照会ではありません。回答を文章で入力してください。");
  if (records.length === 0 || records.length > 100)
    throw new EntryProblem("records", "接種記録を1件以上入力してください（一度に100件まで）。");
  const taken = await takeRecords(
    work,
    records.map((record, at) => ({
      ...record,
      channel: "in-mover" as const,
      personNumber: row.personNumber,
      outcome: "given" as const,
      reference: `inquiry ${row.serial}-${row.revision}-${at + 1}`,
    })),
  );
  await refuseInWords(
    work.sql`select exchange.take_inquiry(${id}, ${seen}, ${taken.map(({ slipId }) => slipId)}::uuid[])`,
    moved,
  );
  return taken;
}

/** What was answered, in words: sealed. @throws EntryProblem of `answer`; Problem 404, 409 */
export async function tellInquiry(
  work: Work,
  given: { id: string; seen: number; answer: string },
): Promise<void> {
  const { id, seen, answer } = given;
  const row = await findInquiry(work, id);
  stateAfter(standing(row), "tell");
  if (answer.length < 2 || answer.length > 2000)
    throw new EntryProblem("answer", "回答を2文字以上2,000文字以内で入力してください。");
  const sealedId = await putSealed(work, {
    holder: row.personNumber,
    program: "vaccination",
    kind: "exchange-words",
    data: { text: answer },
  });
  await refuseInWords(work.sql`select exchange.tell_inquiry(${id}, ${seen}, ${sealedId})`, moved);
}
