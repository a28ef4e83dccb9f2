import { randomUUID } from "node:crypto";
import { makeStep, type StepOptions } from "#src/demonstration/make-step.ts";
import { type Applied, getCase } from "#src/platform/cases/index.ts";
import {
  type ClaimKind,
  type KeyedReceipt,
  openClaim,
  reckonClaim,
} from "#src/platform/claims/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { childMedicalClaims } from "#src/programs/child-medical/index.ts";
import type { At } from "./casework.ts";
import type { TestPlatform, TestStaff } from "./database.ts";
import { paymentsOf } from "./payments.ts";
import { receiptsOf } from "./receipts.ts";

/** A receipt of a clinic outside of the prefecture: 1,000 points, 3,000 yen. */
export const keyedReceipt = (given: Partial<KeyedReceipt> = {}): KeyedReceipt => ({
  month: "2026-10",
  day: 5,
  institutionName: "見本診療所",
  care: "outpatient",
  cost: 10_000,
  insuranceTenths: 7,
  times: 1,
  paid: 3_000,
  meals: 0,
  mealDays: 0,
  reimbursed: 0,
  highCost: 0,
  additionalBenefit: 0,
  otherPublic: 0,
  outsidePrefecture: true,
  certificateShown: false,
  documents: ["receipt"],
  ...given,
});

/** What a step asks the claimant for, and an institution. */
export const supplement = { items: ["receipt"], words: "領収書に診療日がありません。" };
export const inquiry = {
  asked: "institution",
  items: ["visit", "paid"],
  receipts: [1],
  addressee: "例示市立総合医療センター　医事課",
  postalCode: "8600004",
  address: "熊本市中央区試験町1番1号",
};

/** Claims of a 事務 in a test: people entitled since April, with an account that was confirmed. */
export function claimsOf(test: TestPlatform, kind: ClaimKind = childMedicalClaims) {
  const payments = paymentsOf(test, kind.program);
  const { entitled } = receiptsOf(test, kind.program);
  const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
    runWork(test.platform, await test.actor(who), { purpose: "case", program: kind.program }, run);

  async function recipient({ account = true }: { account?: boolean } = {}): Promise<string> {
    const [one] = await entitled(1);
    if (!one) throw new Error("somebody is entitled");
    if (account) await payments.account(one.person);
    return one.person;
  }

  const claimed = (
    personNumber: string,
    receipts: readonly KeyedReceipt[] = [keyedReceipt()],
    who: TestStaff = "clerk1",
  ): Promise<At> =>
    as(who, async (work) => {
      const found = await openClaim(
        work,
        kind,
        {
          personNumber,
          receivedOn: work.platform.clock.today(),
          channel: "window",
          idempotencyKey: randomUUID(),
        },
        { receipts: [...receipts], multiple: false },
      );
      return { caseId: found.id, revision: 2 };
    });

  const step = async (
    who: TestStaff,
    type: string,
    at: At,
    options: StepOptions = {},
  ): Promise<Applied> =>
    makeStep(test.platform, await test.actor(who), at, type, {
      comment: "試験のため",
      input: {},
      ...options,
    });

  const accept = (who: TestStaff, at: At, said: readonly object[]) =>
    step(who, "accept", at, { input: said });

  /** The deadline is not set in a test: that is accepted of every receipt. */
  async function examined(
    personNumber: string,
    receipts: readonly KeyedReceipt[] = [keyedReceipt()],
  ): Promise<At> {
    const at = await claimed(personNumber, receipts);
    const said = receipts.map((_, index) => ({
      number: index + 1,
      code: "deadline-unknown",
      reason: "receipt-seen",
    }));
    return accept("clerk2", at, said);
  }
  const proposed = async (
    personNumber: string,
    receipts?: readonly KeyedReceipt[],
  ): Promise<Applied> => step("clerk2", "propose", await examined(personNumber, receipts));
  const granted = async (
    personNumber: string,
    receipts?: readonly KeyedReceipt[],
  ): Promise<Applied> => step("supervisor1", "approve", await proposed(personNumber, receipts));

  const reckoned = (caseId: string, who: TestStaff = "clerk2") =>
    as(who, async (work) => reckonClaim(work, kind, await getCase(work, caseId)));
  const codes = async (caseId: string) =>
    (await reckoned(caseId)).receipts.flatMap(({ open }) => open.map(({ code }) => code));
  const payables = (caseId: string) =>
    test.admin<
      { amount: number; state: string; person_number: string }[]
    >`select amount::integer as amount, state, person_number from payments.payable where case_id = ${caseId}`;

  return {
    kind,
    as,
    payments,
    recipient,
    claimed,
    step,
    accept,
    examined,
    proposed,
    granted,
    reckoned,
    codes,
    payables,
  };
}
