import { and, asc, desc, eq } from "drizzle-orm";
import { approval } from "#db/schema/approvals.ts";
import { claimedBenefit, proposedBenefit, proposedStep } from "#db/schema/relief-benefits.ts";
import { pension } from "#db/schema/relief-pensions.ts";
import type { CaseRow, EventDetail, Step } from "#src/platform/cases/index.ts";
import {
  accountInWords,
  confirmedAccount,
  payablesOfCase,
  readAccount,
  settingInForce,
} from "#src/platform/payments/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { nextClosing, transferDay } from "#workflows/payments/calendar.ts";
import { yen } from "#workflows/text/yen.ts";
import { isPension, reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { benefitRefusals } from "#workflows/vaccination/relief/faults.ts";
import { survivorRanks } from "#workflows/vaccination/relief/survivors.ts";
import type { BenefitFacts, NoticeLines } from "../relief/index.ts";
import { claimedOf } from "./claimed.ts";
import { reckonBenefits, titleOf } from "./reckon.ts";

/** What the machine of a claim may know of its amounts. */
export async function benefitFacts(work: Work, found: CaseRow): Promise<BenefitFacts> {
  const claim = await reckonBenefits(work, found);
  const payables = await payablesOfCase(work, found.id);
  const pensions = await work.tx
    .select({ state: pension.state })
    .from(pension)
    .where(eq(pension.caseId, found.id));
  const accounts = claim?.findings.filter(({ code }) => code === "no-account").length ?? 0;
  return {
    claimed: (claim?.benefits.length ?? 0) > 0,
    benefitFaults: (claim?.findings.length ?? 0) - accounts,
    missingAmounts: claim?.benefits.filter(({ missing }) => missing !== undefined).length ?? 0,
    payable: claim?.benefits.some(({ row }) => row.refusal === null) ?? false,
    accountConfirmed: accounts === 0,
    benefitsEnteredBy: claim?.claimed.entry.enteredBy ?? null,
    paidOut: payables
      .filter(({ sourceKind }) => sourceKind === "relief")
      .every(({ state }) => ["paid", "set-off"].includes(state)),
    pensionEnded: pensions.length > 0 && pensions.every(({ state }) => state === "ended"),
  };
}

const noApproval = "00000000-0000-0000-0000-000000000000";

/** Puts what is to be decided into the proposal of this step: of every benefit what becomes of it, and how it comes about. */
export async function proposeBenefits(work: Work, { found }: Step): Promise<EventDetail> {
  const claim = await reckonBenefits(work, found);
  if (!claim || claim.findings.length > 0 || claim.benefits.some(({ missing }) => missing))
    throw new Problem({ status: 409, message: "確かめる必要のある請求の内容があります。" });
  const own = { caseId: found.id, approvalId: noApproval };
  await work.tx.insert(proposedBenefit).values(
    claim.benefits.map(({ row, amount, basis }) => ({
      ...own,
      number: row.number,
      outcome: row.refusal === null ? ("granted" as const) : ("refused" as const),
      reason: row.refusal,
      amount,
      basis: [...basis],
    })),
  );
  const steps = claim.benefits.flatMap(({ row, steps: of }) =>
    of.map((one, index) => ({ ...own, ...one, number: row.number, position: index + 1 })),
  );
  if (steps.length > 0) await work.tx.insert(proposedStep).values(steps);
  return { benefits: claim.benefits.length };
}

const moved = "起案の後に、支給する額が変わりました。差し戻して、もう一度起案してください。";

/**
 * Carries out the decision as it was proposed: what is paid at once becomes payable, once a payee, and pensions begin.
 *
 * @throws Problem 409 where the amounts have moved since the proposal
 */
export async function carryOutBenefits(work: Work, { found }: Step): Promise<EventDetail> {
  await work.sql`select relief_benefits.hold_person(${found.id})`;
  const proposed = await proposedOf(work, found.id);
  const claim = await reckonBenefits(work, found);
  const same =
    claim?.findings.length === 0 &&
    claim.benefits.every(({ row, amount }) =>
      proposed.some((one) => one.number === row.number && one.amount === amount),
    );
  if (!same) throw new Problem({ status: 409, message: moved });
  const [row] = await work.sql<{ total: string }[]>`
    select relief_benefits.carry_out(${found.id}) as total`;
  return { total: Number(row?.total ?? 0) };
}

/** What is, or was last, proposed of a case. */
async function proposedOf(work: Work, caseId: string) {
  const [newest] = await work.tx
    .select({ id: approval.id, decidedAt: approval.decidedAt })
    .from(approval)
    .innerJoin(proposedBenefit, eq(proposedBenefit.approvalId, approval.id))
    .where(and(eq(approval.caseId, caseId), eq(approval.subject, "payment")))
    .orderBy(desc(approval.preparedRevision))
    .limit(1);
  if (!newest) return [];
  const rows = await work.tx
    .select()
    .from(proposedBenefit)
    .innerJoin(
      claimedBenefit,
      and(
        eq(claimedBenefit.caseId, proposedBenefit.caseId),
        eq(claimedBenefit.revision, proposedBenefit.entryRevision),
        eq(claimedBenefit.number, proposedBenefit.number),
      ),
    )
    .where(eq(proposedBenefit.approvalId, newest.id))
    .orderBy(asc(proposedBenefit.number));
  const steps = await work.tx
    .select()
    .from(proposedStep)
    .where(eq(proposedStep.approvalId, newest.id))
    .orderBy(asc(proposedStep.number), asc(proposedStep.position));
  return rows.map(({ proposed, claimed }) => ({
    ...proposed,
    claimed,
    steps: steps.filter(({ number }) => number === proposed.number),
  }));
}

const inWords = (steps: readonly { label: string; amount: number }[]) =>
  steps.map(({ label, amount }) => `${label} ${yen(amount)}`).join("、");

/** The lines of a 支給決定通知書, as they are proposed or were decided. Accounts are opened, and that is logged. */
export async function benefitLines(work: Work, caseId: string): Promise<NoticeLines> {
  const rows = await proposedOf(work, caseId);
  const claimed = await claimedOf(work, caseId);
  const granted = rows.filter(({ outcome }) => outcome === "granted");
  const atOnce = granted.filter((one) => !isPension(one.claimed.benefit));
  const numbers = [...new Set(atOnce.map((one) => one.claimed.payeeNumber))];
  const payees: NoticeLines["payees"][number][] = [];
  for (const personNumber of numbers) {
    const own = atOnce.filter((one) => one.claimed.payeeNumber === personNumber);
    payees.push({
      personNumber,
      total: own.reduce((sum, { amount }) => sum + amount, 0),
      ...(await paidTo(work, personNumber)),
      lines: own.map((one) => ({
        title: titleOf(one.claimed),
        amount: one.amount,
        note: inWords(one.steps),
      })),
    });
  }
  const visits = claimed?.visits.filter((one) => one.refusal !== null) ?? [];
  return {
    payees,
    pensions: granted.flatMap((one) => {
      const { benefit, grade, fromMonth, rank } = one.claimed;
      if (!isPension(benefit) || !fromMonth) return [];
      const title = rank
        ? `${reliefBenefits[benefit]}（${survivorRanks[rank]}）`
        : `${reliefBenefits[benefit]} ${grade}級`;
      return [{ title, from: fromMonth as IsoDate, yearly: one.amount, note: inWords(one.steps) }];
    }),
    refused: [
      ...rows.flatMap(({ reason, claimed: one }) =>
        reason ? [{ title: titleOf(one), reason: `${benefitRefusals[reason]}。` }] : [],
      ),
      ...visits.flatMap(({ month, refusal }) =>
        refusal
          ? [
              {
                title: `${formatWareki(`${month}-01` as IsoDate).replace(/1日$/u, "")}の受診`,
                reason: `${benefitRefusals[refusal]}。`,
              },
            ]
          : [],
      ),
    ],
    basis: [...new Set(granted.flatMap(({ basis }) => basis))],
  };
}

/** When and to which account somebody is paid; nothing before 支払の設定 or an account stands. */
async function paidTo(work: Work, personNumber: string) {
  const program = "vaccination";
  const account = await confirmedAccount(work, { program, personNumber });
  const days = await settingInForce(work, program).catch((error: unknown) => {
    if (error instanceof Problem && error.status === 503) return undefined;
    throw error;
  });
  return {
    ...(days ? { payOn: transferDay(nextClosing(work.platform.clock.today(), days), days) } : {}),
    ...(account ? { account: accountInWords((await readAccount(work, account.id)).account) } : {}),
  };
}
