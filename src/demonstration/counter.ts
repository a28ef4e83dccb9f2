import { randomUUID } from "node:crypto";
import type { Actor } from "#src/platform/access/index.ts";
import { runEffects } from "#src/platform/cases/index.ts";
import { findPeople } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import {
  type Application,
  confirmEntry,
  enterApplication,
  lookAtRegister,
  openApplication,
  prefilledGuardian,
  proposeGrant,
  recordDocuments,
  recordIdentityCheck,
  requestDecision,
  type StepRequest,
  submitForExamination,
} from "#src/programs/child-medical/index.ts";
import { ageOn } from "#workflows/dates/ages.ts";
import { addDays } from "#workflows/dates/iso-date.ts";

/** Who plays which part at the counter. */
export interface CounterStaff {
  enters: Actor;
  examines: Actor;
  decides: Actor;
}

type Take<Input extends unknown[]> = (
  work: Work,
  request: StepRequest,
  ...input: Input
) => Promise<{ revision: number }>;

/** Does a piece of work for an actor, with the purpose of a case. */
export const workOnCase = <T>(
  platform: Platform,
  actor: Actor,
  work: (work: Work) => Promise<T>,
  caseId?: string,
): Promise<T> =>
  runWork(platform, actor, { purpose: "case", program: "child-medical", caseId }, work);

/** An application that invented staff move on, step by step through the real services. */
export async function playedCase(
  platform: Platform,
  staff: CounterStaff,
  personNumber: string,
  { daysAgo = 0 }: { daysAgo?: number } = {},
) {
  const { id, number, ...opened } = await workOnCase(platform, staff.enters, (work) =>
    openApplication(work, {
      personNumber,
      receivedOn: addDays(platform.clock.today(), -daysAgo),
      idempotencyKey: randomUUID(),
    }),
  );
  let { revision } = opened;
  const step = async <Input extends unknown[]>(
    actor: Actor,
    take: Take<Input>,
    { input, comment }: { input?: Input; comment?: string } = {},
  ) => {
    const request = {
      caseId: id,
      expectedRevision: revision,
      idempotencyKey: randomUUID(),
      ...(comment ? { comment } : {}),
    };
    const given = input ?? ([] as unknown[] as Input);
    ({ revision } = await workOnCase(platform, actor, (work) => take(work, request, ...given), id));
    await runEffects(platform, actor, id);
  };
  const played = {
    id,
    number,
    step,
    /** Identity checked, entered and its documents looked through. */
    async enter(proof: "seen" | "missing" = "seen") {
      await step(staff.enters, recordIdentityCheck, {
        input: [{ subject: "applicant", method: "number-card", documents: [], mandateSeen: false }],
      });
      const application = await workOnCase(
        platform,
        staff.enters,
        (work) => inventedApplication(work, personNumber),
        id,
      );
      await step(staff.enters, enterApplication, { input: [application] });
      await step(staff.enters, recordDocuments, {
        input: [{ "insurance-proof": proof, "account-proof": "not-needed" }],
      });
    },
    async toExamination(proof?: "seen" | "missing") {
      await played.enter(proof);
      await step(staff.enters, submitForExamination);
    },
    async toApproval() {
      await played.toExamination();
      await step(staff.examines, confirmEntry);
      await step(staff.examines, proposeGrant);
      await step(staff.examines, requestDecision);
    },
  };
  return played;
}

/** Small children who live here with an adult, found as at the counter: by the beginning of a name. */
export async function findSomeChildren(work: Work, count: number): Promise<string[]> {
  const today = work.platform.clock.today();
  const found = new Set<string>();
  for (const name of [
    "タナカ",
    "マツモト",
    "ナカムラ",
    "ヤマモト",
    "サトウ",
    "ヤマダ",
    "イ",
    "タ",
  ]) {
    for (const personNumber of await findPeople(work, { name, officeCode: "431010" })) {
      const { child, guardian } = await lookAtRegister(work, personNumber);
      const isSmall = ageOn(child.birthDate, today).years < 6;
      if (!isSmall) break; // The youngest come first.
      if (guardian && !child.isProtected && !child.residence.to) found.add(personNumber);
      if (found.size === count) return [...found];
    }
  }
  throw new Error("too few children were found to apply for");
}

async function inventedApplication(work: Work, personNumber: string): Promise<Application> {
  const view = await lookAtRegister(work, personNumber);
  const guardian = { ...prefilledGuardian(view), telephone: "096-000-0001" };
  return {
    reason: "other",
    guardian,
    agent: null,
    insurance: {
      insurerNumber: "01430016",
      insurerName: "全国健康保険協会　熊本支部",
      kind: "kyokai",
      symbol: "12345678",
      number: "101",
      branchNumber: "02",
      insuredName: guardian.name,
      relation: "dependant",
      since: view.child.birthDate,
    },
    account: null,
    mailing: null,
    welfare: false,
  };
}
