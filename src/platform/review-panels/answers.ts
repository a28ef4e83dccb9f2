import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { panelAnswer, panelSession } from "#db/schema/review-panels.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { hasQuorum, opinionOf } from "#workflows/review-panels/votes.ts";
import type { CaseRow } from "../cases/index.ts";
import { EntryFaults, EntryProblem, Problem } from "../problem.ts";
import { getSealedOne, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { ReviewPanel } from "./panel.ts";
import { invitedTo, quorumOn, sessionOf } from "./sessions.ts";

export type PanelAnswer = typeof panelAnswer.$inferSelect;

/** What a meeting says of a case, in words, with the passage of the minutes that is about it. */
export interface AnswerWords {
  report: string;
  minutes: string;
}

/** How a meeting voted on one matter of a case. */
interface MatterVotes {
  matter: string;
  votes: Readonly<Record<string, number>>;
  casting: string | null;
  reason: string | null;
}

const plural = { half: "半数", "over-half": "過半数" } as const;

/**
 * Records what a meeting says of a case: votes, opinions and words. It advises; no case is decided by it.
 *
 * @returns the opinions, in the order of the matters
 * @throws EntryProblem at `casting-<matter>` or `reason-<matter>` where the votes of one give no opinion, or its reason is missing
 */
export async function recordAnswer(
  work: Work,
  panel: ReviewPanel,
  sessionId: number,
  found: CaseRow,
  said: readonly MatterVotes[],
  words: AnswerWords,
): Promise<string[]> {
  const session = await sessionOf(work, panel, sessionId);
  const attended = (await invitedTo(work, sessionId)).filter((one) => one.attended).length;
  const { appointed } = session;
  const quorum = await quorumOn(work, panel, session.heldOn as IsoDate);
  if (session.state !== "held" || appointed === null)
    throw new Problem({ status: 422, message: "会議の開催が記録されていません。" });
  if (!hasQuorum({ appointed, attended }, quorum))
    throw new Problem({
      status: 422,
      message: `出席した委員が${attended}人で、定足数（委員${appointed}人の${plural[quorum]}）に足りません。`,
    });
  const [waits] = await work.sql`
    select from review_panels.panel p where p.code = ${panel.code} and p.kind = ${found.kind} and p.waits_in = ${found.state}`;
  if (!waits)
    throw new Problem({
      status: 409,
      message: `この${panel.words.case}は、${panel.words.panel}の${panel.words.answer}を待っていません。`,
    });
  const faults = new EntryFaults();
  const opinions: string[] = [];
  for (const { matter, votes, casting, reason } of said) {
    const opinion = await faults.check(() => {
      const found_ = opinionOf({ appointed, attended, counts: votes, casting }, quorum);
      if (!found_)
        throw new EntryProblem(
          fieldOf("casting", matter),
          `意見がまとまりません。票の合計は${panel.words.chair}を除く出席者（${attended - 1}人）までです。同数のときは、${panel.words.chair}の意見を選んでください。`,
        );
      const reasons = panel.reasons[found_];
      if (reasons && !(reason !== null && reason in reasons))
        throw new EntryProblem(
          fieldOf("reason", matter),
          `「${panel.opinions[found_]}」の理由を選んでください。`,
        );
      if (!reasons && reason !== null)
        throw new EntryProblem(
          fieldOf("reason", matter),
          `「${panel.opinions[found_]}」には理由を選びません。`,
        );
      return found_;
    });
    opinions.push(opinion);
  }
  faults.end();
  const sealedId = await putSealed(work, {
    holder: found.personNumber,
    program: found.program,
    kind: "panel-answer",
    caseId: found.id,
    data: words,
  });
  await work.sql`select review_panels.answer(${sessionId}, ${found.id}, ${JSON.stringify(said)}::text::jsonb, ${sealedId})`;
  return opinions;
}

/** Name of a field of a matter in the form of an answer. */
export const fieldOf = (name: string, matter: string): string =>
  matter === "" ? name : `${name}-${matter}`;

/** What stands of an answer of a meeting: sent back rows are left out. */
export const answersOfSession = (work: Work, sessionId: number): Promise<PanelAnswer[]> =>
  work.tx
    .select()
    .from(panelAnswer)
    .where(and(eq(panelAnswer.sessionId, sessionId), isNull(panelAnswer.sentBackBy)))
    .orderBy(asc(panelAnswer.id));

/** An answer with the day of its meeting. */
type DatedAnswer = PanelAnswer & { heldOn: IsoDate };

/** All that panels said of a case and that was not sent back, the newest first. */
export async function answersOfCase(work: Work, caseId: string): Promise<DatedAnswer[]> {
  const rows = await work.tx
    .select({ answer: panelAnswer, heldOn: panelSession.heldOn })
    .from(panelAnswer)
    .innerJoin(panelSession, eq(panelSession.id, panelAnswer.sessionId))
    .where(and(eq(panelAnswer.caseId, caseId), isNull(panelAnswer.sentBackBy)))
    .orderBy(desc(panelAnswer.revision), desc(panelAnswer.id));
  return rows.map(({ answer, heldOn }) => ({ ...answer, heldOn: heldOn as IsoDate }));
}

/** Its words; opened, and that is logged. */
export const openAnswer = (work: Work, { sealedId }: { sealedId: string }): Promise<AnswerWords> =>
  getSealedOne<AnswerWords>(work, sealedId);

/**
 * What a meeting said of a case is compared with the minutes by somebody else, who lets it stand or sends it back.
 *
 * @throws Problem 422 for who recorded it, 409 where nothing waits
 */
export async function compareAnswer(
  work: Work,
  sessionId: number,
  caseId: string,
  stands: boolean,
): Promise<void> {
  const waiting = (await answersOfSession(work, sessionId)).filter(
    (one) => one.caseId === caseId && one.comparedBy === null,
  );
  if (waiting.length === 0)
    throw new Problem({ status: 409, message: "確認を待つ記録がありません。" });
  if (waiting.some(({ recordedBy }) => recordedBy === work.actor.staffId))
    throw new Problem({
      status: 422,
      message: "記録した本人は確認できません。別の職員が確認してください。",
    });
  await work.sql`select review_panels.compare_answer(${sessionId}, ${caseId}, ${stands})`;
}
