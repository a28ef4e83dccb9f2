import type { InferSelectModel } from "drizzle-orm";
import { and, asc, desc, eq, gt } from "drizzle-orm";
import { event } from "#db/schema/cases.ts";
import { answer, answerBenefit, claimFacts, harm, reliefClaim } from "#db/schema/relief.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ReliefBenefit } from "#workflows/vaccination/relief/benefits.ts";
import type { HarmClass } from "#workflows/vaccination/relief/harm.ts";

export type ClaimFactsRow = InferSelectModel<typeof claimFacts>;
export type HarmRow = InferSelectModel<typeof harm>;
export type AnswerRow = InferSelectModel<typeof answer> & {
  benefits: InferSelectModel<typeof answerBenefit>[];
};

/** The damage of which a case claims, and after which claim. @throws Problem 404 */
export async function harmOf(
  work: Work,
  caseId: string,
): Promise<{ harm: HarmRow; follows: string | null }> {
  const [row] = await work.tx
    .select({ harm, follows: reliefClaim.follows })
    .from(reliefClaim)
    .innerJoin(harm, eq(harm.id, reliefClaim.harmId))
    .where(eq(reliefClaim.caseId, caseId));
  if (!row) throw notFound("健康被害救済の請求が見つかりません。");
  return row;
}

/** What the newest entry says in codes and days; nothing before anything was entered. */
export async function factsOf(work: Work, caseId: string): Promise<ClaimFactsRow | undefined> {
  const [row] = await work.tx
    .select()
    .from(claimFacts)
    .where(eq(claimFacts.caseId, caseId))
    .orderBy(desc(claimFacts.revision))
    .limit(1);
  return row;
}

/** The answer of the Minister that counts: the newest, of what was forwarded last. */
export async function answerOf(work: Work, caseId: string): Promise<AnswerRow | undefined> {
  const [forwarded] = await work.tx
    .select({ revision: event.revision })
    .from(event)
    .where(and(eq(event.caseId, caseId), eq(event.type, "forward")))
    .orderBy(desc(event.revision))
    .limit(1);
  if (!forwarded) return undefined;
  const [row] = await work.tx
    .select()
    .from(answer)
    .where(and(eq(answer.caseId, caseId), gt(answer.revision, forwarded.revision)))
    .orderBy(desc(answer.revision))
    .limit(1);
  if (!row) return undefined;
  const benefits = await work.tx
    .select()
    .from(answerBenefit)
    .where(and(eq(answerBenefit.caseId, caseId), eq(answerBenefit.revision, row.revision)))
    .orderBy(asc(answerBenefit.benefit));
  return { ...row, benefits };
}

/** What the amounts of a claim rest on. */
export interface ReliefBasis {
  class: HarmClass;
  /** 統合宛名番号 of who claims. */
  claimant: string;
  shotOn: IsoDate;
  diedOn: IsoDate | null;
  benefits: ReliefBenefit[];
  /** Of these, what was recognised; null before the answer. Of the city's own scheme all of them. */
  recognised: ReliefBenefit[] | null;
  /** 請求日. */
  receivedOn: IsoDate;
}

/** The same as `relief.basis_of` of the database; nothing before anything was entered. */
export async function reliefBasis(work: Work, caseId: string): Promise<ReliefBasis | undefined> {
  const facts = await factsOf(work, caseId);
  if (!facts) return undefined;
  const answered = await answerOf(work, caseId);
  const benefits = facts.benefits as ReliefBenefit[];
  const ofAnswer =
    answered?.outcome === "recognised"
      ? answered.benefits.flatMap((one) => (one.recognised ? [one.benefit as ReliefBenefit] : []))
      : answered?.outcome === "denied"
        ? []
        : null;
  return {
    class: facts.class,
    claimant: facts.claimantNumber,
    shotOn: facts.shotOn as IsoDate,
    diedOn: facts.diedOn as IsoDate | null,
    benefits,
    recognised: facts.class === "city" ? benefits : ofAnswer,
    receivedOn: facts.claimedOn as IsoDate,
  };
}
