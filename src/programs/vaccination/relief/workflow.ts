import { and, desc, eq } from "drizzle-orm";
import { event } from "#db/schema/cases.ts";
import { type CaseRow, declareWorkflow, latestApproval } from "#src/platform/cases/index.ts";
import { cityOf } from "#src/platform/city/index.ts";
import { documentChecksOf, latestEntry } from "#src/platform/intake/index.ts";
import { payablesOfCase } from "#src/platform/payments/index.ts";
import type { Work } from "#src/platform/work.ts";
import { pensions } from "#workflows/vaccination/relief/claimants.ts";
import { reliefDeadlines } from "#workflows/vaccination/relief/deadlines.ts";
import { goesToTheState } from "#workflows/vaccination/relief/harm.ts";
import { type ReliefFacts, reliefV1 } from "#workflows/vaccination/relief/machine.ts";
import { answerOf, type ClaimFactsRow, factsOf } from "./basis.ts";
import { benefitFactsOf } from "./benefits-part.ts";
import { keepEntry, keepPapers } from "./keep-entry.ts";
import { issueReliefLetter, type ReliefLetter, reliefPaperTitles } from "./letters.ts";
import { reliefKind } from "./open.ts";
import {
  answerWith,
  appealWith,
  approve,
  enterBenefits,
  forward,
  proposePayment,
  recognise,
} from "./steps.ts";

/** What the machine may know of a claim, gathered in the transaction of the step. */
async function contextOf(work: Work, found: CaseRow): Promise<ReliefFacts> {
  const open = await latestApproval(work, found.id);
  const waits = open && open.decision === null;
  const entry = await latestEntry(work, found.id);
  const facts = await factsOf(work, found.id);
  const checks = await documentChecksOf(work, found.id);
  const amounts = await benefitFactsOf(work, found);
  const answered = await answerOf(work, found.id);
  const [done] = await work.sql<{ reported: boolean; packaged: boolean }[]>`
    select coalesce(r.revision >= s.revision, false) as reported, coalesce(p.holds, false) as packaged
      from (select max(e.revision) as revision from cases.event e where e.case_id = ${found.id} and e.type = 'toCommittee') s
      left join lateral (select max(x.revision) as revision from review_panels.answer x where x.case_id = ${found.id} and x.sent_back_by is null) r on true
      left join lateral (
        select k.revision >= coalesce((select max(e.revision) from cases.event e where e.case_id = ${found.id}
                 and e.type in ('takeReport', 'supplement', 'upholdAppeal')), 0)
           and not exists (select from intake.attachment a where a.case_id = ${found.id} and greatest(a.added_at, a.withdrawn_at) >= k.made_at)
           and not exists (select from relief.blackout b where b.case_id = ${found.id} and greatest(b.marked_at, b.taken_back_at) >= k.made_at) as holds
          from relief.package k where k.case_id = ${found.id} order by k.made_at desc limit 1) p on true`;
  return {
    actingStaffId: work.actor.staffId,
    enteredBy: entry?.enteredBy ?? null,
    preparedBy: waits ? open.preparedBy : null,
    byState: facts === undefined || goesToTheState(facts.class),
    competent: facts !== undefined && (await isCompetent(work, facts)),
    missingDocuments: checks.filter(({ status }) => status === "missing").length,
    reported: done?.reported ?? false,
    packaged: done?.packaged ?? false,
    answer: answered?.outcome ?? null,
    answeredBy: answered ? await staffOf(work, found.id, answered.revision) : null,
    proposal: waits ? (open.subject as ReliefFacts["proposal"]) : null,
    appealedFrom: await appealedFrom(work, found.id),
    ofPension:
      facts?.benefits.some((one) => (pensions as readonly string[]).includes(one)) ?? false,
    benefitsClaimed: amounts.claimed,
    benefitsSettled: amounts.benefitFaults === 0,
    amountsEstablished: amounts.missingAmounts === 0,
    benefitsPayable: amounts.payable,
    payeesHaveAccounts: amounts.accountConfirmed,
    benefitsEnteredBy: amounts.benefitsEnteredBy,
    paidOut: amounts.paidOut && (await payablesOfCase(work, found.id)).length > 0,
    pensionEnded: amounts.pensionEnded,
  };
}

/** Competent is the municipality of residence on the day of the shot, under the code that it had. */
async function isCompetent(work: Work, { residenceCode }: ClaimFactsRow): Promise<boolean> {
  if ((await cityOf(work)).code === residenceCode) return true;
  const rows = await work.sql`select from city.profile where code = ${residenceCode}`;
  return rows.length > 0;
}

/** Who made the step of a revision. */
async function staffOf(work: Work, caseId: string, revision: number): Promise<number> {
  const [made] = await work.tx
    .select({ by: event.staffId })
    .from(event)
    .where(and(eq(event.caseId, caseId), eq(event.revision, revision)));
  if (!made) throw new Error("an answer comes of a step");
  return made.by;
}

async function appealedFrom(work: Work, caseId: string): Promise<ReliefFacts["appealedFrom"]> {
  const [filed] = await work.tx
    .select({ from: event.fromState })
    .from(event)
    .where(and(eq(event.caseId, caseId), eq(event.type, "recordAppeal")))
    .orderBy(desc(event.revision))
    .limit(1);
  return (filed?.from ?? null) as ReliefFacts["appealedFrom"];
}

declareWorkflow<ReliefFacts>({
  program: "vaccination",
  kind: reliefKind,
  versions: [reliefV1],
  deadlines: reliefDeadlines,
  context: contextOf,
  carryOut: {
    enter: keepEntry,
    recordDocuments: keepPapers,
    enterBenefits,
    forward,
    recognise,
    deny: answerWith("denied"),
    defer: answerWith("deferred"),
    propose: proposePayment,
    approve,
    recordAppeal: appealWith("filed"),
    upholdAppeal: appealWith("upheld"),
    dismissAppeal: appealWith("dismissed"),
  },
  effect(work, found, { params }) {
    const kind = String(params.kind);
    if (kind in reliefPaperTitles) return issueReliefLetter(work, found, kind as ReliefLetter);
    throw new Error(`a claim for relief sends no ${kind}`);
  },
});
