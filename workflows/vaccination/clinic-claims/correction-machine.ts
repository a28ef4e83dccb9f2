import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";
import { main, side } from "#workflows/flows/states.ts";

/** What the machine may know of a 過誤. */
export interface ClinicCorrectionContext {
  actingStaffId: number;
  proposedBy: number;
}

const check = (reason: string, holds: Check<ClinicCorrectionContext>["holds"]) => ({
  reason,
  holds,
});

export const clinicCorrectionChecks = {
  notProposer: check(
    "自分が起案した過誤は決裁できません。別の決裁者が決裁してください。",
    ({ actingStaffId, proposedBy }) => actingStaffId !== proposedBy,
  ),
  isProposer: check(
    "取り下げられるのは、起案した本人だけです。",
    ({ actingStaffId, proposedBy }) => actingStaffId === proposedBy,
  ),
} as const;

const events = {
  approve: { title: "過誤を決裁する", right: "case.approve", comment: "optional", forward: true },
  refuse: { title: "却下する", right: "case.approve", comment: "optional" },
  withdraw: { title: "取り下げる", right: "case.propose", comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as ClinicCorrectionContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(clinicCorrectionChecks) },
}).createMachine({
  id: "vaccination-clinic-correction",
  initial: "proposed",
  context: {} as ClinicCorrectionContext,
  states: {
    proposed: {
      meta: main("決裁待ち", {
        tone: "warning",
        waits: { title: "委託料の過誤の決裁", right: "case.approve" },
      }),
      on: {
        approve: { target: "approved", guard: meets("notProposer") },
        refuse: { target: "refused", guard: meets("notProposer") },
        withdraw: { target: "withdrawn", guard: meets("isProposer") },
      },
    },
    approved: {
      meta: main("決裁済", { open: false, tone: "success" }),
      type: "final",
    },
    refused: { meta: side("却下", { open: false, tone: "error" }), type: "final" },
    withdrawn: { meta: side("取下げ", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type ClinicCorrectionState = StateValueFrom<typeof machine>;
export type ClinicCorrectionEvent = keyof typeof events;

/** 過誤: what was paid to a clinic by an earlier claim, corrected by two, set off against the next claim. */
export const clinicCorrectionV1 = {
  kind: "vaccination-clinic-correction",
  version: 1,
  title: "委託料の過誤",
  machine,
  events,
  checks: clinicCorrectionChecks,
} satisfies FlowDefinition<ClinicCorrectionContext>;
