import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of a file of receipts. */
export interface ReceiptFileFacts {
  actingStaffId: number;
  preparedBy: number;
  withdrawalAskedBy: number | null;
  /** The statement of the channel for the month is approved: it is paid. */
  paid: boolean;
}

const check = (reason: string, holds: Check<ReceiptFileFacts>["holds"]) => ({ reason, holds });

/** Conditions of the steps; each reason stands at the grey button and in the refusal. */
export const receiptFileChecks = {
  notPreparer: check(
    "取り込んだ本人は反映を承認できません。別の職員が承認してください。",
    (facts) => facts.preparedBy !== facts.actingStaffId,
  ),
  notAsker: check(
    "取戻しを申し出た本人は承認できません。別の職員が承認してください。",
    (facts) => facts.withdrawalAskedBy !== facts.actingStaffId,
  ),
  notPaid: check(
    "この月の請求の計算書が承認されています。支払のあとの訂正は、過誤で行ってください。",
    (facts) => !facts.paid,
  ),
} as const;

const byProgram = (title: string, right: string) =>
  ({ title, right, comment: "optional", scheduled: true }) as const;

const events = {
  received: byProgram("受取を終える", "feed.import"),
  judged: byProgram("点検を終える", "feed.import"),
  approve: { title: "反映を承認する", right: "feed.commit", comment: "optional" },
  committed: byProgram("反映を終える", "feed.commit"),
  askWithdrawal: { title: "取戻しを申し出る", right: "feed.import", comment: "optional" },
  withdraw: { title: "取戻しを承認する", right: "feed.commit", comment: "optional" },
  keep: { title: "取戻しを却下する", right: "feed.commit", comment: "optional" },
  cancel: { title: "取り消す", right: "feed.import", comment: "optional" },
} as const satisfies Record<string, EventRule>;
export type ReceiptFileEvent = keyof typeof events;

export const receiptFileStates = {
  receiving: "受取中",
  judging: "点検中",
  judged: "反映待ち",
  committing: "反映中",
  committed: "反映済み",
  withdrawing: "取戻しの承認待ち",
  withdrawn: "取戻し済み",
  cancelled: "取消",
} as const;
export type ReceiptFileState = keyof typeof receiptFileStates;

const main = (state: ReceiptFileState): StateMeta => ({
  title: receiptFileStates[state],
  line: "main",
  open: state !== "committed",
});
const side = (state: ReceiptFileState, open = false): StateMeta => ({
  title: receiptFileStates[state],
  line: "side",
  open,
});
const cancel = { target: "cancelled" } as const;

const machine = setup({
  types: {
    context: {} as ReceiptFileFacts,
    events: {} as { type: ReceiptFileEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(receiptFileChecks) },
}).createMachine({
  id: "receipt-file",
  initial: "receiving",
  context: {} as ReceiptFileFacts,
  states: {
    receiving: { meta: main("receiving"), on: { received: { target: "judging" }, cancel } },
    judging: { meta: main("judging"), on: { judged: { target: "judged" }, cancel } },
    judged: {
      meta: main("judged"),
      on: { approve: { target: "committing", guard: meets("notPreparer", "notPaid") }, cancel },
    },
    committing: { meta: main("committing"), on: { committed: { target: "committed" } } },
    committed: {
      meta: main("committed"),
      on: { askWithdrawal: { target: "withdrawing", guard: meets("notPaid") } },
    },
    withdrawing: {
      meta: side("withdrawing", true),
      on: {
        withdraw: { target: "withdrawn", guard: meets("notAsker", "notPaid") },
        keep: { target: "committed", guard: meets("notAsker") },
      },
    },
    withdrawn: { meta: side("withdrawn"), type: "final" },
    cancelled: { meta: side("cancelled"), type: "final" },
  },
});

/** レセプトのファイル: taken in by one person, judged, committed by another; taken back by two before it is paid. */
export const receiptFileV1: FlowDefinition<ReceiptFileFacts> = {
  kind: "receipt-file",
  version: 1,
  title: "レセプト",
  machine,
  events,
  checks: receiptFileChecks,
};
