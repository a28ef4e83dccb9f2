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

/** What the machine may know of a copy of a list (一覧の写し). */
export interface CopyContext {
  actingStaffId: number;
  requestedBy: number;
  /** Whether the last day on which it may be taken has passed. */
  expired: boolean;
}

const checks = {
  notRequester: {
    reason: "自分が申請した写しは、承認も却下もできません。",
    holds: byAnother,
  },
  requester: {
    reason: "写しを受け取れるのは、申請した本人だけです。",
    holds: (c) => c.requestedBy === c.actingStaffId,
  },
  inTime: {
    reason: "受け取れる期限を過ぎました。もう一度申請してください。",
    holds: (c) => !c.expired,
  },
} as const satisfies Record<string, Check<CopyContext>>;

const events = {
  approve: { title: "承認する", right: "copy.approve", comment: "optional" },
  refuse: { title: "却下する", right: "copy.approve", comment: "optional" },
  take: { title: "受け取る", right: "copy.request", comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as CopyContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "copy",
  initial: "waiting",
  context: {} as CopyContext,
  states: {
    ...decidedByAnother(meets("notRequester")),
    approved: {
      meta: { title: "承認済", line: "main", open: false, tone: "success" },
      on: { take: { target: "approved", guard: meets("requester", "inTime") } },
    },
  },
});

/** 一覧の写し: asked for by one person, allowed by another, taken by the first. States are `decision` of the row. */
export const copyV1: FlowDefinition<CopyContext> = {
  kind: "access/copy",
  version: 1,
  title: "一覧の写し",
  machine,
  events,
  checks,
};
