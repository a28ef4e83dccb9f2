import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of an erasure (消去). */
export interface ErasureContext {
  actingStaffId: number;
  proposedBy: number | null;
  people: number;
}

const checks = {
  somebody: {
    reason: "保存期間を過ぎた方はいません。取りやめてください。",
    holds: (c) => c.people > 0,
  },
  notProposer: {
    reason: "起案した本人は承認できません。別の職員が承認してください。",
    holds: (c) => c.proposedBy !== c.actingStaffId,
  },
} as const satisfies Record<string, Check<ErasureContext>>;

const events = {
  propose: {
    title: "消去を起案する",
    right: "keeping.prepare",
    comment: "optional",
    forward: true,
  },
  approve: {
    title: "消去を承認する",
    right: "keeping.approve",
    comment: "optional",
    forward: true,
  },
  finished: { title: "消去を終える", right: "system.run", comment: "optional", scheduled: true },
  refuse: { title: "却下する", right: "keeping.approve", comment: "optional" },
  cancel: { title: "取りやめる", right: "keeping.prepare", comment: "optional" },
} as const satisfies Record<string, EventRule>;
export type ErasureEvent = keyof typeof events;

const machine = setup({
  types: {
    context: {} as ErasureContext,
    events: {} as { type: ErasureEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "erasure",
  initial: "found",
  context: {} as ErasureContext,
  states: {
    found: {
      meta: {
        title: "確認待ち",
        line: "main",
        open: true,
        waits: { title: "消去の起案", right: "keeping.prepare" },
        tone: "warning",
      },
      on: {
        propose: { target: "proposed", guard: meets("somebody") },
        cancel: { target: "cancelled" },
      },
    },
    proposed: {
      meta: {
        title: "承認待ち",
        line: "main",
        open: true,
        waits: { title: "消去の承認", right: "keeping.approve" },
        tone: "warning",
      },
      on: {
        approve: { target: "erasing", guard: meets("notProposer") },
        refuse: { target: "cancelled", guard: meets("notProposer") },
        cancel: { target: "cancelled" },
      },
    },
    erasing: {
      meta: { title: "消去中", line: "main", open: true },
      on: { finished: { target: "erased" } },
    },
    erased: {
      meta: { title: "消去済", line: "main", open: false, tone: "success" },
      type: "final",
    },
    cancelled: {
      meta: { title: "取りやめ", line: "side", open: false, tone: "neutral" },
      type: "final",
    },
  },
});

/** 保存期間を過ぎた記録の消去: found by the program, proposed by one person, approved by another, carried out in the background. */
export const erasureV1: FlowDefinition<ErasureContext> = {
  kind: "keeping/erasure",
  version: 1,
  title: "保存期間を過ぎた記録の消去",
  machine,
  events,
  checks,
};
