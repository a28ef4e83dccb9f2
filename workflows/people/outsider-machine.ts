import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of somebody outside the register. */
export interface OutsiderContext {
  actingStaffId: number;
  openedBy: number;
  /** Who typed what stands now. */
  typedBy: number;
}

const checks = {
  notTypist: {
    reason: "登録・訂正した本人は、確認も却下もできません。",
    holds: ({ actingStaffId, openedBy, typedBy }) =>
      actingStaffId !== openedBy && actingStaffId !== typedBy,
  },
} as const satisfies Record<string, Check<OutsiderContext>>;

const events = {
  confirm: { title: "確認する", right: "case.examine", comment: "optional" },
  refuse: { title: "却下する", right: "case.examine", comment: "required" },
  correct: { title: "訂正する", right: "case.enter", comment: "required" },
} as const satisfies Record<string, EventRule>;
export type OutsiderEvent = keyof typeof events;

const machine = setup({
  types: {
    context: {} as OutsiderContext,
    events: {} as { type: OutsiderEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "outsider",
  initial: "opened",
  context: {} as OutsiderContext,
  states: {
    opened: {
      meta: { title: "確認待ち", line: "main", open: true, tone: "warning" },
      on: {
        confirm: { target: "confirmed", guard: meets("notTypist") },
        refuse: { target: "refused", guard: meets("notTypist") },
        correct: { target: "opened", reenter: true },
      },
    },
    confirmed: {
      meta: { title: "確認済", line: "main", open: false, tone: "success" },
      on: { correct: { target: "opened" } },
    },
    refused: {
      meta: { title: "却下", line: "side", open: false, tone: "error" },
      on: { correct: { target: "opened" } },
    },
  },
});

/**
 * 住登外者: opened by one person with a paper that was seen, confirmed by another. What is corrected has to be confirmed again.
 * States are those of the row.
 */
export const outsiderV1: FlowDefinition<OutsiderContext> = {
  kind: "people/outsider",
  version: 1,
  title: "住登外者",
  machine,
  events,
  checks,
};
