import { randomUUID } from "node:crypto";
import type { Actor } from "#src/platform/access/index.ts";
import { type AnyApplicationKind, openApplication } from "#src/platform/applications/index.ts";
import { runEffects } from "#src/platform/cases/index.ts";
import { lookAtHousehold, selectPeople } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { addDays, addMonths } from "#workflows/dates/iso-date.ts";
import { makeStep, type StepOptions } from "./make-step.ts";

/** Who plays which part at the counter. */
export interface CounterStaff {
  enters: Actor;
  examines: Actor;
  decides: Actor;
}

/** What is played of one 事務: for whom, what they bring, what they apply for. */
export interface PlayedKind {
  kind: AnyApplicationKind;
  /** The documents as they are looked through; `missing` where one is not there. */
  documents(proof: "seen" | "missing"): Record<string, string>;
  /** What is applied for, from what the register says and some invention. */
  invent(work: Work, personNumber: string): Promise<unknown>;
  /** Steps between the documents and 審査に回す, such as the incomes of a household. */
  before?(
    step: (actor: Actor, type: string, options?: StepOptions) => Promise<void>,
  ): Promise<void>;
}

/** Does a piece of work for an actor, with the purpose of a case. */
export const workOnCase = <T>(
  platform: Platform,
  actor: Actor,
  program: string,
  work: (work: Work) => Promise<T>,
): Promise<T> => runWork(platform, actor, { purpose: "case", program }, work);

/** An application that invented staff move on, step by step through the functions that the screens use. */
export async function playedCase(
  platform: Platform,
  staff: CounterStaff,
  played: PlayedKind,
  personNumber: string,
  { daysAgo = 0 }: { daysAgo?: number } = {},
) {
  const { program } = played.kind;
  const opened = await workOnCase(platform, staff.enters, program, (work) =>
    openApplication(work, played.kind, {
      personNumber,
      receivedOn: addDays(platform.clock.today(), -daysAgo),
      idempotencyKey: randomUUID(),
    }),
  );
  const { id, number } = opened;
  let { revision } = opened;
  const step = async (actor: Actor, type: string, options: StepOptions = {}) => {
    ({ revision } = await makeStep(platform, actor, { caseId: id, revision }, type, options));
    await runEffects(platform, actor, id);
  };
  const steps = {
    id,
    number,
    step,
    /** Identity checked, entered and its documents looked through. */
    async enter(proof: "seen" | "missing" = "seen") {
      await step(staff.enters, "recordIdentity", {
        input: { subject: "applicant", method: "number-card", documents: [], mandateSeen: false },
      });
      const input = await workOnCase(platform, staff.enters, program, (work) =>
        played.invent(work, personNumber),
      );
      await step(staff.enters, "enter", { input });
      await step(staff.enters, "recordDocuments", { input: played.documents(proof) });
      await played.before?.(step);
    },
    async toExamination(proof?: "seen" | "missing") {
      await steps.enter(proof);
      await step(staff.enters, "submit");
    },
    async toProposal() {
      await steps.toExamination();
      await step(staff.examines, "confirm");
      await step(staff.examines, "propose");
    },
    async toApproval() {
      await steps.toProposal();
      await step(staff.examines, "requestDecision");
    },
  };
  return steps;
}

/** Ages below which children are applied for. */
const below = 15;

/** Children of an office who live here with an adult whose address is whole, the youngest first. */
export async function findSomeChildren(
  platform: Platform,
  { prepares, enters }: { prepares: Actor; enters: Actor },
  { count, officeCode = "431010" }: { count: number; officeCode?: string },
): Promise<string[]> {
  const today = platform.clock.today();
  const births = [{ from: addMonths(today, -12 * below), to: today }];
  const known = await runWork(platform, prepares, { purpose: "mailing" }, (work) =>
    selectPeople(work, { births, residentOn: today }),
  );
  const children = known
    .filter((child) => child.officeCode === officeCode && !child.isProtected)
    .toSorted((a, b) => b.birthDate.localeCompare(a.birthDate));
  const found: string[] = [];
  await workOnCase(platform, enters, "child-medical", async (work) => {
    for (const { personNumber } of children) {
      if (found.length === count) return;
      const { adult } = await lookAtHousehold(work, personNumber);
      if (/^\d{7}$/.test(adult?.address?.postalCode ?? "")) found.push(personNumber);
    }
  });
  if (found.length < count) throw new Error(`only ${found.length} children to apply for`);
  return found;
}
