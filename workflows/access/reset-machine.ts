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

/** What the machine may know of an application to set somebody's sign-in anew. */
export interface ResetContext {
  actingStaffId: number;
  requestedBy: number;
  /** Whose sign-in it is. */
  staffId: number;
  /** Whether the days have passed in which it may be carried out after the approval. */
  expired: boolean;
}

const checks = {
  notRequester: {
    reason: "自分が申請した再設定は、承認も却下もできません。",
    holds: byAnother,
  },
  notForOneself: {
    reason: "自分の再設定は、承認も却下もできません。",
    holds: (c) => c.staffId !== c.actingStaffId,
  },
  requester: {
    reason: "再設定を行えるのは、申請した本人だけです。",
    holds: (c) => c.requestedBy === c.actingStaffId,
  },
  inTime: {
    reason: "再設定できる期限を過ぎました。もう一度申請してください。",
    holds: (c) => !c.expired,
  },
} as const satisfies Record<string, Check<ResetContext>>;

const events = {
  approve: { title: "承認する", right: "credential.approve", comment: "optional" },
  refuse: { title: "却下する", right: "credential.approve", comment: "optional" },
  issue: { title: "再設定する", right: "staff.manage", comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as ResetContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "credential-reset",
  initial: "waiting",
  context: {} as ResetContext,
  states: {
    ...decidedByAnother(meets("notRequester", "notForOneself")),
    approved: {
      meta: { title: "承認済", line: "main", open: true, tone: "success" },
      on: { issue: { target: "issued", guard: meets("requester", "inTime") } },
    },
    issued: { meta: { title: "再設定済", line: "main", open: false }, type: "final" },
  },
});

/**
 * サインインの再設定: applied for by one administrator, approved by another person, carried out by the first. States are
 * `decision` of the row.
 */
export const resetV1: FlowDefinition<ResetContext> = {
  kind: "access/credential-reset",
  version: 1,
  title: "サインインの再設定",
  machine,
  events,
  checks,
};
