import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of an application for a duty (職務). */
export interface GrantContext {
  actingStaffId: number;
  requestedBy: number;
  /** Who is to hold it. */
  staffId: number;
}

const checks = {
  notRequester: {
    reason: "自分が申請した権限は、承認も却下もできません。",
    holds: (c) => c.requestedBy !== c.actingStaffId,
  },
  notForOneself: {
    reason: "自分に対する権限は、承認も却下もできません。",
    holds: (c) => c.staffId !== c.actingStaffId,
  },
} as const satisfies Record<string, Check<GrantContext>>;

const events = {
  approve: { title: "承認する", right: "grant.approve", comment: "optional" },
  refuse: { title: "却下する", right: "grant.approve", comment: "optional" },
  // Written by the database itself when the person moves or the id is disabled.
  end: {
    title: "異動や無効化で終わる",
    right: "staff.manage",
    comment: "optional",
    scheduled: true,
  },
} as const satisfies Record<string, EventRule>;
export type GrantEventType = keyof typeof events;

const twoPeople = meets("notRequester", "notForOneself");

const machine = setup({
  types: {
    context: {} as GrantContext,
    events: {} as { type: GrantEventType },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "grant",
  initial: "waiting",
  context: {} as GrantContext,
  states: {
    waiting: {
      meta: { title: "承認待ち", line: "main", open: true },
      on: {
        approve: { target: "approved", guard: twoPeople },
        refuse: { target: "refused", guard: twoPeople },
      },
    },
    approved: {
      meta: { title: "承認済", line: "main", open: false },
      on: { end: { target: "withdrawn" } },
    },
    refused: { meta: { title: "却下", line: "side", open: false }, type: "final" },
    withdrawn: { meta: { title: "終了", line: "side", open: false }, type: "final" },
  },
});

/** 権限の申請: applied for by one person, decided by another who is not to hold it. States are `decision` of the row. */
export const grantV1: FlowDefinition<GrantContext> = {
  kind: "access/grant",
  version: 1,
  title: "権限の申請",
  machine,
  events,
  checks,
};
