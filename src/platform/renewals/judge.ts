import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { answer } from "#db/schema/renewals.ts";
import type { AnswerState } from "#workflows/renewals/answer.ts";
import { incomeToken } from "../people/index.ts";
import type { Work } from "../work.ts";
import type { AnswerRow } from "./answers.ts";
import { findingsOf } from "./findings.ts";
import type { RenewalKind } from "./kind.ts";
import type { SeasonRow } from "./seasons.ts";

/** So many answers are judged or decided in one transaction. */
export const renewalPortion = 500;

/** How far a judgement of many has come. */
export interface Portion {
  /** The number of the last one that was looked at; the next portion begins behind it. Null once none is left. */
  after: number | null;
  clear: number;
  exceptions: number;
}

/**
 * Judges the next answers of a season that stand in a state: what is clear is proposed, in the name of whoever judges; of the rest what was found is
 * kept beside it. What somebody else moves on meanwhile stays.
 */
export async function judgePortion<Entered>(
  work: Work,
  kind: RenewalKind<Entered>,
  season: SeasonRow,
  {
    state,
    after,
    size = renewalPortion,
  }: { state: "received" | "exception"; after: number; size?: number },
): Promise<Portion> {
  const rows = (await work.tx
    .select()
    .from(answer)
    .where(and(eq(answer.seasonId, season.id), eq(answer.state, state), gt(answer.serial, after)))
    .orderBy(asc(answer.serial))
    .limit(size)) as AnswerRow[];
  const last = rows.at(-1);
  if (!last) return { after: null, clear: 0, exceptions: 0 };
  const judged = await findingsOf(work, kind, season, rows);
  const asked = rows.map((row) => {
    const { findings = ["no-data"], incomes = [] } = judged.get(row.id) ?? {};
    return { row, findings, incomes };
  });
  const proposed = await judge(work, season, asked);
  return {
    after: rows.length < size ? null : last.serial,
    clear: proposed,
    exceptions: rows.length - proposed,
  };
}

/** @returns how many were proposed: what the database knows to stand against one is for a person to look at. */
async function judge(
  work: Work,
  { incomeYear }: SeasonRow,
  asked: readonly {
    row: Pick<AnswerRow, "id" | "revision">;
    findings: readonly string[];
    incomes: readonly { personNumber: string; source?: "tax-feed" | "keyed" }[];
  }[],
): Promise<number> {
  const taxed = asked.flatMap(({ row, findings, incomes }) =>
    findings.length > 0 || incomeYear === null
      ? []
      : incomes
          .filter(({ source }) => source === "tax-feed")
          .map(({ personNumber }) => ({
            id: row.id,
            personNumber,
            token: incomeToken(work.platform.keys, personNumber, incomeYear),
          })),
  );
  const rows = await work.sql<{ id: string }[]>`
    select judge as id from renewals.judge(${asked.map(({ row }) => row.id)}::uuid[], ${asked.map(({ row }) => row.revision)}::integer[],
      ${asked.map(({ findings }) => findings.join(","))}::text[], ${taxed.map(({ id }) => id)}::uuid[],
      ${taxed.map(({ personNumber }) => personNumber)}::text[], ${taxed.map(({ token }) => token)}::bigint[])`;
  return rows.length;
}

/** What was decided together, and what was not, with what was found of it by now. */
export interface Decided {
  done: string[];
  left: { id: string; findings: readonly string[] }[];
}

/**
 * Decides what is proposed, many at once, by another person. A renewal is judged once more: what is not clear any more is left, with what was found.
 *
 * @param chosen each with the revision that was looked at
 */
export async function approveChosen<Entered>(
  work: Work,
  kind: RenewalKind<Entered>,
  season: SeasonRow,
  chosen: readonly { id: string; seen: number }[],
): Promise<Decided> {
  const rows = (await work.tx
    .select()
    .from(answer)
    .where(
      and(
        eq(answer.seasonId, season.id),
        inArray(
          answer.id,
          chosen.map(({ id }) => id),
        ),
      ),
    )) as AnswerRow[];
  const renewals = rows.filter(({ state }) => state === "renewal-proposed");
  const judged = await findingsOf(work, kind, season, renewals);
  // What a person proposed for reasons of their own was looked at beside the findings; what the judgement proposed has to be clear still.
  const found = (row: AnswerRow) =>
    row.findings.length > 0 ? [] : (judged.get(row.id)?.findings ?? []);
  const left = renewals.flatMap((row) => {
    const findings = found(row);
    return findings.length > 0 ? [{ id: row.id, findings }] : [];
  });
  const out = new Set(left.map(({ id }) => id));
  const going = chosen.filter(({ id }) => !out.has(id));
  if (going.length === 0) return { done: [], left };
  const done = await work.sql<{ id: string }[]>`
    select approve as id from renewals.approve(${going.map(({ id }) => id)}::uuid[], ${going.map(({ seen }) => seen)}::integer[])`;
  const decided = new Set(done.map(({ id }) => id));
  return {
    done: [...decided],
    left: [
      ...left,
      ...going.filter(({ id }) => !decided.has(id)).map(({ id }) => ({ id, findings: [] })),
    ],
  };
}

/** The next of a season that stand in a state, each with its revision: what a bulk decision goes through. */
export async function nextProposed(
  work: Work,
  {
    seasonId,
    state,
    after,
    size = renewalPortion,
  }: { seasonId: string; state: AnswerState; after: number; size?: number },
) {
  return work.tx
    .select({ id: answer.id, seen: answer.revision, serial: answer.serial })
    .from(answer)
    .where(and(eq(answer.seasonId, seasonId), eq(answer.state, state), gt(answer.serial, after)))
    .orderBy(asc(answer.serial))
    .limit(size);
}

/** 未提出: proposes the loss of those who were warned in vain. @returns how many */
export async function proposeLapses(work: Work, seasonId: string): Promise<number> {
  const [row] = await work.sql<{ proposed: number }[]>`
    select renewals.propose_lapses(${seasonId}, ${renewalPortion}) as proposed`;
  return row?.proposed ?? 0;
}
