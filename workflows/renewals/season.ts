import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of a season. */
export interface SeasonContext {
  actingStaffId: number;
  plannedBy: number;
  /** Answers that are still under way. */
  underWay: number;
}

const checks = {
  notPlanner: {
    reason: "期を起案した人は決裁できません。別の決裁者が決裁してください。",
    holds: ({ plannedBy, actingStaffId }) => plannedBy !== actingStaffId,
  },
  allDone: {
    reason: "処理の終わっていない現況届があります。",
    holds: ({ underWay }) => underWay === 0,
  },
} as const satisfies Record<string, Check<SeasonContext>>;

const events = {
  open: { title: "期を始める", right: "case.approve", comment: "optional", forward: true },
  refuse: { title: "期を始めない", right: "case.approve", comment: "optional" },
  "complete-list": { title: "対象者を加える", right: "case.propose", comment: "optional" },
  close: { title: "期を終える", right: "case.approve", comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as SeasonContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "renewal-season",
  initial: "planned",
  context: {} as SeasonContext,
  states: {
    planned: {
      meta: {
        title: "決裁待ち",
        line: "main",
        open: true,
        tone: "warning",
        waits: { title: "更新の期の決裁", right: "case.approve" },
      },
      on: {
        open: { target: "open", guard: meets("notPlanner") },
        refuse: { target: "refused", guard: meets("notPlanner") },
      },
    },
    open: {
      meta: { title: "受付中", line: "main", open: true },
      on: { "complete-list": "open", close: { target: "closed", guard: meets("allDone") } },
    },
    closed: {
      meta: { title: "終了", line: "main", open: false, tone: "success" },
      type: "final",
    },
    refused: {
      meta: { title: "始めない", line: "side", open: false, tone: "neutral" },
      type: "final",
    },
  },
});

export type SeasonState = StateValueFrom<typeof machine>;
export type SeasonEventType = keyof typeof events;

/** 更新の期: planned by one person, opened by another, closed when everything is decided. */
export const seasonV1 = {
  kind: "renewal-season",
  version: 1,
  title: "更新の期",
  machine,
  events,
  checks,
} satisfies FlowDefinition<SeasonContext>;
