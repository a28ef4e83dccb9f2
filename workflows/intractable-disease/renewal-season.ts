import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of a season (更新の期). */
export interface RenewalSeasonContext {
  actingStaffId: number;
  plannedBy: number;
  /** The last day of the 有効期間 has passed: nobody applies for a renewal any more. */
  over: boolean;
}

const checks = {
  notPlanner: {
    reason: "期を起案した人は決裁できません。別の決裁者が決裁してください。",
    holds: ({ plannedBy, actingStaffId }) => plannedBy !== actingStaffId,
  },
  over: {
    reason: "有効期間の最後の日までは、更新の申請を受け付けます。その後に期を終えてください。",
    holds: ({ over }) => over,
  },
} as const satisfies Record<string, Check<RenewalSeasonContext>>;

const events = {
  open: { title: "期を始める", right: "case.approve", comment: "optional", forward: true },
  refuse: { title: "期を始めない", right: "case.approve", comment: "optional" },
  "complete-list": { title: "対象者を加える", right: "case.propose", comment: "optional" },
  close: { title: "期を終える", right: "case.approve", comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as RenewalSeasonContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "intractable-renewal-season",
  initial: "planned",
  context: {} as RenewalSeasonContext,
  states: {
    planned: {
      meta: {
        title: "決裁待ち",
        line: "main",
        open: true,
        tone: "warning",
        waits: { title: "更新の期の決裁", right: "case.approve" },
      },
      on: { open: { target: "open", guard: meets("notPlanner") }, refuse: "refused" },
    },
    open: {
      meta: { title: "受付中", line: "main", open: true },
      on: { "complete-list": "open", close: { target: "closed", guard: meets("over") } },
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

export type RenewalSeasonState = StateValueFrom<typeof machine>;
export type RenewalSeasonEvent = keyof typeof events;

/** 更新の期 of 指定難病: planned by one person, opened by another, ended after the last day of the 有効期間. */
export const renewalSeasonV1 = {
  kind: "intractable-renewal-season",
  version: 1,
  title: "更新の期",
  machine,
  events,
  checks,
} satisfies FlowDefinition<RenewalSeasonContext>;
