import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of two numbers of one person. */
export interface MergeContext {
  actingStaffId: number;
  /** None where the register decided by equal 個人番号. */
  proposedBy: number | null;
  unmergeProposedBy: number | null;
}

const checks = {
  notProposer: {
    reason: "自分が起案した統合は、決裁も却下もできません。",
    holds: (c) => c.proposedBy !== c.actingStaffId,
  },
  proposer: {
    reason: "取下げは、起案した職員だけができます。",
    holds: (c) => c.proposedBy === c.actingStaffId,
  },
  notUnmergeProposer: {
    reason: "自分が起案した分離は、決裁も却下もできません。",
    holds: (c) => c.unmergeProposedBy !== c.actingStaffId,
  },
} as const satisfies Record<string, Check<MergeContext>>;

const events = {
  approve: { title: "統合を決裁する", right: "person.link-approve", comment: "optional" },
  refuse: { title: "統合を却下する", right: "person.link-approve", comment: "optional" },
  withdraw: { title: "取り下げる", right: "person.link", comment: "optional" },
  unmerge: { title: "分離を起案する", right: "person.link", comment: "required" },
  "approve-unmerge": { title: "分離を決裁する", right: "person.link-approve", comment: "optional" },
  "refuse-unmerge": { title: "分離を却下する", right: "person.link-approve", comment: "optional" },
} as const satisfies Record<string, EventRule>;
export type MergeEvent = keyof typeof events;

const machine = setup({
  types: {
    context: {} as MergeContext,
    events: {} as { type: MergeEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "merge",
  initial: "waiting",
  context: {} as MergeContext,
  states: {
    waiting: {
      meta: { title: "統合の決裁待ち", line: "main", open: true, tone: "warning" },
      on: {
        approve: { target: "merged", guard: meets("notProposer") },
        refuse: { target: "refused", guard: meets("notProposer") },
        withdraw: { target: "withdrawn", guard: meets("proposer") },
      },
    },
    merged: {
      meta: { title: "統合済", line: "main", open: false, tone: "success" },
      on: { unmerge: { target: "unmerging" } },
    },
    unmerging: {
      meta: { title: "分離の決裁待ち", line: "main", open: true, tone: "warning" },
      on: {
        "approve-unmerge": { target: "unmerged", guard: meets("notUnmergeProposer") },
        "refuse-unmerge": { target: "merged", guard: meets("notUnmergeProposer") },
      },
    },
    unmerged: {
      meta: { title: "分離済", line: "main", open: false, tone: "neutral" },
      type: "final",
    },
    refused: {
      meta: { title: "却下", line: "side", open: false, tone: "error" },
      type: "final",
    },
    withdrawn: {
      meta: { title: "取下げ", line: "side", open: false, tone: "neutral" },
      type: "final",
    },
  },
});

/** 番号の統合と分離: proposed by one person, decided by another, both ways. States are those of the row. */
export const mergeV1: FlowDefinition<MergeContext> = {
  kind: "people/merge",
  version: 1,
  title: "番号の統合",
  machine,
  events,
  checks,
};
