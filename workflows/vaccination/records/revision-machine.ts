import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of a correction that waits. */
export interface RecordRevisionContext {
  actingStaffId: number;
  /** Who proposed it. */
  proposedBy: number;
}

const check = (reason: string, holds: Check<RecordRevisionContext>["holds"]) => ({
  reason,
  holds,
});

export const recordRevisionChecks = {
  notProposer: check(
    "起案した人は決裁できません。別の決裁者が決裁してください。",
    ({ proposedBy, actingStaffId }) => proposedBy !== actingStaffId,
  ),
  isProposer: check(
    "取り下げられるのは、起案した人だけです。",
    ({ proposedBy, actingStaffId }) => proposedBy === actingStaffId,
  ),
} as const;

const [enter, approve] = [{ right: "case.enter" }, { right: "case.approve" }] as const;

const events = {
  approve: { title: "訂正を決裁する", ...approve, comment: "optional", forward: true },
  refuse: { title: "訂正を認めない", ...approve, comment: "required" },
  withdraw: { title: "訂正を取り下げる", ...enter, comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as RecordRevisionContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(recordRevisionChecks) },
}).createMachine({
  id: "vaccination-record-revision",
  initial: "waiting",
  context: {} as RecordRevisionContext,
  states: {
    waiting: {
      meta: {
        title: "決裁待ち",
        line: "main",
        open: true,
        tone: "warning",
        waits: { title: "接種記録の訂正の決裁", ...approve },
      },
      on: {
        approve: { target: "applied", guard: meets("notProposer") },
        refuse: { target: "refused", guard: meets("notProposer") },
        withdraw: { target: "withdrawn", guard: meets("isProposer") },
      },
    },
    applied: {
      meta: { title: "訂正済み", line: "main", open: false, tone: "success" },
      type: "final",
    },
    refused: {
      meta: { title: "認めない", line: "side", open: false, tone: "error" },
      type: "final",
    },
    withdrawn: {
      meta: { title: "取下げ", line: "side", open: false, tone: "neutral" },
      type: "final",
    },
  },
});

export type RecordRevisionState = StateValueFrom<typeof machine>;
export type RecordRevisionEvent = keyof typeof events;

/**
 * A correction or cancellation of a record that money or a paper hangs on: proposed by one person, decided by another. One on
 * which nothing hangs is carried out at once and is no flow.
 */
export const recordRevisionV1 = {
  kind: "vaccination-record-revision",
  version: 1,
  title: "接種記録の訂正",
  machine,
  events,
  checks: recordRevisionChecks,
} satisfies FlowDefinition<RecordRevisionContext>;
