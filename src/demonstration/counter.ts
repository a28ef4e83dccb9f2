import { randomUUID } from "node:crypto";
import type { Actor } from "#src/platform/access/index.ts";
import { type AnyApplicationKind, openApplication } from "#src/platform/applications/index.ts";
import { type CaseRow, getCase, runEffects, viewCase } from "#src/platform/cases/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
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
  /** The incomes that count, as they are recorded: from the tax office where it knows them, else keyed. */
  incomes?(work: Work, found: CaseRow): Promise<unknown>;
  /** The reason of a rejection where the incomes are too high, and the check of the machine that says so. */
  overLimit?: { reason: string; check: string };
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
  {
    daysAgo = 0,
    bring = async () => {},
  }: {
    daysAgo?: number;
    /** What other offices are asked for once it is entered whose data are needed. */
    bring?: (() => Promise<unknown>) | undefined;
  } = {},
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
  /** Why a step can't be made as the case stands; nothing where the state has no such step. */
  const hindrances = (actor: Actor, type: string): Promise<readonly string[] | undefined> =>
    workOnCase(platform, actor, program, async (work) => {
      const { actions } = await viewCase(work, id);
      return actions.find((one) => one.type === type)?.reasons;
    });
  const isPossible = async (actor: Actor, type: string): Promise<boolean> =>
    (await hindrances(actor, type))?.length === 0;
  const isOverLimit = async (actor: Actor): Promise<boolean> => {
    const { versions } = played.kind;
    const reason = versions.at(-1)?.checks[played.overLimit?.check ?? ""]?.reason;
    return (await hindrances(actor, "propose"))?.some((one) => one === reason) ?? false;
  };
  let isEntered = false;
  const steps = {
    id,
    number,
    step,
    isPossible,
    /** Identity checked, entered and its documents looked through; once, however often it is asked for. */
    async enter(proof: "seen" | "missing" = "seen") {
      if (isEntered) return;
      isEntered = true;
      await step(staff.enters, "recordIdentity", {
        input: { subject: "applicant", method: "number-card", documents: [], mandateSeen: false },
      });
      const input = await workOnCase(platform, staff.enters, program, (work) =>
        played.invent(work, personNumber),
      );
      await step(staff.enters, "enter", { input });
      await step(staff.enters, "recordDocuments", { input: played.documents(proof) });
    },
    async recordIncomes() {
      const { incomes } = played;
      if (!incomes) return;
      await bring();
      const input = await workOnCase(platform, staff.enters, program, async (work) =>
        incomes(work, await getCase(work, id)),
      );
      await step(staff.enters, "recordIncome", { input });
    },
    async toExamination(proof?: "seen" | "missing") {
      await steps.enter(proof);
      await steps.recordIncomes();
      await step(staff.enters, "submit");
    },
    async toProposal() {
      await steps.toExamination();
      await step(staff.examines, "confirm");
      if (await isPossible(staff.examines, "confirmIncome"))
        await step(staff.examines, "confirmIncome");
      if (played.overLimit && (await isOverLimit(staff.examines)))
        await step(staff.examines, "proposeRejection", {
          input: { reason: played.overLimit.reason },
          comment: "所得が限度額以上のため。",
        });
      else await step(staff.examines, "propose");
    },
    async toApproval() {
      await steps.toProposal();
      await step(staff.examines, "requestDecision");
    },
  };
  return steps;
}
