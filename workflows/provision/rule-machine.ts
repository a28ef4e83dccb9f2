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

/** What the machine may know of a row of the table of provisions (提供先の表). */
export interface ProvisionRuleContext {
  actingStaffId: number;
  requestedBy: number;
}

const checks = {
  notRequester: { reason: "自分が起案した提供先は、承認も却下もできません。", holds: byAnother },
} as const satisfies Record<string, Check<ProvisionRuleContext>>;

const events = {
  approve: { title: "承認する", right: "provision-rule.approve", comment: "optional" },
  refuse: { title: "却下する", right: "provision-rule.approve", comment: "optional" },
  // It only takes away, so one person is enough.
  end: { title: "今日までとする", right: "provision-rule.approve", comment: "optional" },
} as const satisfies Record<string, EventRule>;
export type ProvisionRuleEvent = keyof typeof events;

const machine = setup({
  types: {
    context: {} as ProvisionRuleContext,
    events: {} as { type: ProvisionRuleEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "provision-rule",
  initial: "waiting",
  context: {} as ProvisionRuleContext,
  states: {
    ...decidedByAnother(meets("notRequester")),
    approved: {
      meta: { title: "承認済", line: "main", open: false, tone: "success" },
      on: { end: { target: "approved" } },
    },
  },
});

/** 提供先の表: a row is proposed by one person and decided by another. States are `decision` of the row. */
export const provisionRuleV1: FlowDefinition<ProvisionRuleContext> = {
  kind: "provision/rule",
  version: 1,
  title: "提供先",
  machine,
  events,
  checks,
};
