import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";
import { byAnother, decidedByAnother } from "../flows/two-people.ts";

/** What the machine may know of a re-entrustment (再委託). */
export interface ReEntrustmentContext {
  actingStaffId: number;
  requestedBy: number;
}

const checks = {
  notRequester: {
    reason: "自分が記入した再委託は、許諾も却下もできません。",
    holds: byAnother,
  },
} as const satisfies Record<string, Check<ReEntrustmentContext>>;

const events = {
  approve: { title: "許諾する", right: "re-entrustment.approve", comment: "optional" },
  refuse: { title: "却下する", right: "re-entrustment.approve", comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as ReEntrustmentContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "re-entrustment",
  initial: "waiting",
  context: {} as ReEntrustmentContext,
  states: {
    ...decidedByAnother(meets("notRequester"), "許諾待ち"),
    approved: {
      meta: { title: "許諾済", line: "main", open: false, tone: "success" },
      type: "final",
    },
  },
});

/** 再委託の許諾: entered as the contractor asked for it, allowed by another person. States are `decision` of the row. */
export const reEntrustmentV1: FlowDefinition<ReEntrustmentContext> = {
  kind: "oversight/re-entrustment",
  version: 1,
  title: "再委託",
  machine,
  events,
  checks,
};
