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

/** What the machine may know of a day that is proposed in place of a day of birth. */
export interface ReckonedBirthContext {
  actingStaffId: number;
  requestedBy: number;
}

const checks = {
  notRequester: {
    reason: "自分が起案したみなし生年月日は、確認も却下もできません。",
    holds: byAnother,
  },
} as const satisfies Record<string, Check<ReckonedBirthContext>>;

const events = {
  approve: { title: "確認する", right: "birth-date.confirm", comment: "optional" },
  refuse: { title: "却下する", right: "birth-date.confirm", comment: "optional" },
} as const satisfies Record<string, EventRule>;
export type ReckonedBirthEvent = keyof typeof events;

const machine = setup({
  types: {
    context: {} as ReckonedBirthContext,
    events: {} as { type: ReckonedBirthEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "reckoned-birth",
  initial: "waiting",
  context: {} as ReckonedBirthContext,
  states: {
    ...decidedByAnother(meets("notRequester"), "確認待ち"),
    approved: {
      meta: { title: "確認済", line: "main", open: false, tone: "success" },
      type: "final",
    },
  },
});

/** みなし生年月日: proposed by one person, confirmed by another. States are `decision` of the row. */
export const reckonedBirthV1: FlowDefinition<ReckonedBirthContext> = {
  kind: "people/reckoned-birth",
  version: 1,
  title: "みなし生年月日",
  machine,
  events,
  checks,
};
