import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of a punched file. */
export interface PunchedFileContext {
  actingStaffId: number;
  receivedBy: number;
  /** Who corrected rows of it by hand before it was taken up. */
  correctedBy: readonly number[];
  /** Its count is the one that it says, and its checksum fits. */
  whole: boolean;
  /** Rows that wait to be corrected, sent back or given up. */
  faultyRows: number;
}

const check = (reason: string, holds: Check<PunchedFileContext>["holds"]) => ({ reason, holds });

export const punchedFileChecks = {
  notReceiver: check(
    "受け取った本人は取込を承認できません。別の職員が承認してください。",
    ({ receivedBy, actingStaffId }) => receivedBy !== actingStaffId,
  ),
  notCorrector: check(
    "行を修正した本人は取込を承認できません。別の職員が承認してください。",
    ({ correctedBy, actingStaffId }) => !correctedBy.includes(actingStaffId),
  ),
  whole: check(
    "件数か検査値が合わないファイルは取り込めません。委託先に作り直しを求めてください。",
    ({ whole }) => whole,
  ),
  noFaultyRows: check(
    "エラーの行が残っています。修正するか、委託先へ戻すか、取り込まないと決めてください。",
    ({ faultyRows }) => faultyRows === 0,
  ),
} as const;

const enter = { right: "case.enter", comment: "optional" } as const;
const byProgram = (title: string) =>
  ({ title, right: "system.run", comment: "optional", scheduled: true }) as const;

const events = {
  received: { title: "受取を終える", ...enter, scheduled: true },
  judged: byProgram("点検を終える"),
  approve: {
    title: "取込を承認する",
    right: "case.approve",
    comment: "optional",
    forward: true,
  },
  taken: byProgram("取込を終える"),
  close: { title: "完了する", ...enter, forward: true },
  cancel: { title: "取り消す", ...enter },
} as const satisfies Record<string, EventRule>;

const main = (title: string, rest: Partial<StateMeta> = {}): StateMeta => ({
  title,
  line: "main",
  open: true,
  ...rest,
});
const cancel = { target: "cancelled" } as const;

const machine = setup({
  types: {
    context: {} as PunchedFileContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(punchedFileChecks) },
}).createMachine({
  id: "vaccination-punched-file",
  initial: "receiving",
  context: {} as PunchedFileContext,
  states: {
    receiving: { meta: main("受取中"), on: { received: { target: "judging" }, cancel } },
    judging: { meta: main("点検中"), on: { judged: { target: "judged" }, cancel } },
    judged: {
      meta: main("取込待ち", {
        tone: "warning",
        waits: { title: "パンチデータの取込の承認", right: "case.approve" },
      }),
      on: {
        approve: { target: "taking", guard: meets("notReceiver", "notCorrector", "whole") },
        cancel,
      },
    },
    taking: { meta: main("取込中"), on: { taken: { target: "taken" } } },
    taken: {
      meta: main("取込済み", {
        waits: { title: "パンチデータのエラーの処理", right: "case.enter" },
      }),
      on: { close: { target: "closed", guard: meets("noFaultyRows") } },
    },
    closed: { meta: main("完了", { open: false, tone: "success" }), type: "final" },
    cancelled: {
      meta: { title: "取消", line: "side", open: false, tone: "neutral" },
      type: "final",
    },
  },
});

export type PunchedFileEvent = keyof typeof events;

/** パンチデータ: received by one person, looked through, taken up by another; closed when nothing of it waits any more. */
export const punchedFileV1 = {
  kind: "vaccination-punched-file",
  version: 1,
  title: "パンチデータ",
  machine,
  events,
  checks: punchedFileChecks,
} satisfies FlowDefinition<PunchedFileContext>;
