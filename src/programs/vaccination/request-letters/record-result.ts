import { type CaseRow, type EventDetail, getCase, type Step } from "#src/platform/cases/index.ts";
import { parse } from "#src/platform/intake/index.ts";
import { EntryProblem, Problem } from "#src/platform/problem.ts";
import { putSealed } from "#src/platform/vault/sealed-records.ts";
import type { Work } from "#src/platform/work.ts";
import { type TakenRecord, takeRecords } from "../records/take.ts";
import { type LetterRow, lettersOf, linesOfLetter } from "./requests.ts";
import { type ResultEntry, resultSchema, type SealedResult } from "./result.ts";
import { isWaiting, toldOf } from "./told-results.ts";

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

const notInForce = () =>
  new EntryProblem(
    "on",
    "この日に有効な依頼書がありません。依頼書の交付より前、又は期限の後の接種は、この依頼書の結果として記録できません。日付を確かめてください。",
  );
/** What the database says against a result, at the field that is wrong. */
const refusals: Readonly<Record<string, () => EntryProblem>> = {
  MD017: notInForce,
  MD018: () =>
    new EntryProblem(
      "on",
      "接種記録と合いません。同じ回が別の日に、又は同じ日に別の回が記録されています。住民の画面の「予防接種の記録」で確かめてください。",
    ),
};

/** A shot that the letter names is doubtful: it is to wait in the work lists, and its dose stays open. */
export class DoubtfulResult extends Problem {
  constructor({ doubts }: Pick<TakenRecord, "doubts">) {
    super({
      status: 409,
      message: "確かめることがあるため、まだ接種記録にできません。",
      details: doubts.map(({ message }) => message),
    });
  }
}

/** Whether one of the letters was in force on a day. */
const wasInForce = (letters: readonly LetterRow[], day: string): boolean =>
  letters.some(
    ({ issuedOn, validTo, endedOn }) =>
      issuedOn <= day && day <= (endedOn && endedOn < validTo ? endedOn : validTo),
  );

/** Takes a shot or a screening through the door for records; says nothing of a dose that was not given. */
async function takeResult(work: Work, found: CaseRow, said: ResultEntry) {
  if (said.outcome === "not-given" || said.on === undefined) return undefined;
  const line = (await linesOfLetter(work, found.id)).find(({ number }) => number === said.line);
  if (!line || (line.state !== "open" && line.state !== "expired"))
    throw new EntryProblem("line", "結果を待っている接種ではありません。");
  const { clock } = work.platform;
  if (said.on > clock.today() || !wasInForce(await lettersOf(work, found.id), said.on))
    throw notInForce();
  const { before, ...told } = await toldOf(work, { found, line, said });
  if (before && isWaiting(before))
    throw new EntryProblem(
      "line",
      "この回の結果は、予診票の処理で確かめています。接種記録になってから記録してください。",
    );
  const [taken] = await takeRecords(work, [told]);
  if (!taken) throw new Error("nothing was taken");
  return taken;
}

/**
 * Records what became of a dose. A shot goes through the door for records first and becomes the record of that dose, or is found
 * to be one, in the transaction of the step; a screening is noted there.
 *
 * @throws EntryProblem at the day where no letter was in force on it, or where the record of the dose tells otherwise
 * @throws DoubtfulResult where the shot is doubtful; nothing is kept then ({@link waitWithResult} does)
 */
export async function recordResult(
  work: Work,
  { found, input, event }: Step,
): Promise<EventDetail> {
  const said = parse(resultSchema, input);
  const { line, outcome, on, amount, clinic, doctor, remark } = said;
  if ((event.type === "recordScreening") !== (outcome === "screened"))
    throw new Problem({ status: 422, message: "この手続では記録できない結果です。" });
  const taken = await takeResult(work, found, said);
  if (outcome === "given" && taken?.shotId === undefined)
    throw new DoubtfulResult(taken ?? { doubts: [] });
  const sealed: SealedResult = { clinic, doctor, remark };
  const sealedId =
    clinic || doctor || remark
      ? await putSealed(work, {
          holder: found.personNumber,
          program: found.program,
          kind: "vaccination-result",
          caseId: found.id,
          data: sealed,
        })
      : null;
  try {
    const [row] = await work.sql<{ known: string | null }[]>`
      select request_letters.record(${found.id}, ${line}, ${outcome}, ${on ?? null}, ${taken?.slipId ?? null},
        ${amount ?? null}, ${sealedId}) as known`;
    return { line, outcome, ...(row?.known ? { alreadyKnown: row.known } : {}) };
  } catch (error) {
    throw refusals[String(codeOf(error))]?.() ?? error;
  }
}

/**
 * Keeps a doubtful shot of a letter where it waits to be looked at; the letter and its dose stay as they are. It becomes the
 * result of the dose by `recordResult`, once it is its record.
 *
 * @throws Problem 404; 422 where it can't have been given on the letter
 */
export async function waitWithResult(
  work: Work,
  caseId: string,
  input: unknown,
): Promise<TakenRecord> {
  const said = parse(resultSchema, input);
  const taken = await takeResult(work, await getCase(work, caseId), said);
  if (!taken) throw new Problem({ status: 422, message: "この手続では記録できない結果です。" });
  return taken;
}
