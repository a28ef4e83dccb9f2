import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";
import { main, side } from "#workflows/flows/states.ts";

/** What the machine may know of a payment run: staff ids and counts, gathered afresh before every step. */
export interface PaymentRunContext {
  actingStaffId: number;
  /** All who gathered it, took a payment out of it, or submitted it. */
  preparers: readonly number[];
  /** Lines that would be paid. */
  ready: number;
  /** Lines of which the bank has not answered. */
  unanswered: number;
  /** Whether every line still pays to an account that is confirmed and in force. */
  accountsHold: boolean;
  withdrawalAskedBy: number | null;
}

const check = (reason: string, holds: Check<PaymentRunContext>["holds"]) => ({ reason, holds });

export const paymentRunChecks = {
  hasLines: check("支払うものが一件もありません。", ({ ready }) => ready > 0),
  notPreparer: check(
    "準備した人は承認できません。別の決裁者が承認してください。",
    ({ preparers, actingStaffId }) => !preparers.includes(actingStaffId),
  ),
  accountsHold: check(
    "集めた後に変わった口座があります。差し戻して、その支払を外すか、集め直してください。",
    ({ accountsHold }) => accountsHold,
  ),
  allAnswered: check("振込の結果がまだない支払があります。", ({ unanswered }) => unanswered === 0),
  notAsker: check(
    "取下げを求めた人は承認できません。別の決裁者が承認してください。",
    ({ withdrawalAskedBy, actingStaffId }) => withdrawalAskedBy !== actingStaffId,
  ),
} as const;

const [prepare, approve, download] = [
  { right: "payment.prepare" },
  { right: "payment.approve" },
  { right: "payment.download" },
] as const;

const events = {
  submit: { title: "承認を求める", ...prepare, comment: "optional", forward: true },
  return: { title: "差し戻す", ...approve, comment: "required" },
  approve: { title: "承認する", ...approve, comment: "optional", forward: true },
  cancel: { title: "取り消す", right: ["payment.prepare", "payment.approve"], comment: "required" },
  write: { title: "振込データを作る", ...prepare, comment: "optional", forward: true },
  "hand-over": {
    title: "引き渡す",
    ...download,
    comment: "optional",
    forward: true,
  },
  close: { title: "支払を終える", ...prepare, comment: "optional", forward: true },
  "ask-withdrawal": {
    title: "取下げを求める",
    right: ["payment.prepare", "payment.download"],
    comment: "required",
  },
  withdraw: { title: "取下げを承認する", ...approve, comment: "optional" },
  "refuse-withdrawal": { title: "取下げを認めない", ...approve, comment: "required" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as PaymentRunContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(paymentRunChecks) },
}).createMachine({
  id: "payment-run",
  initial: "prepared",
  context: {} as PaymentRunContext,
  states: {
    prepared: {
      meta: main("準備中", { waits: { title: "支払の回の確認", ...prepare } }),
      on: {
        submit: { target: "awaiting-approval", guard: meets("hasLines") },
        cancel: "cancelled",
      },
    },
    "awaiting-approval": {
      meta: main("承認待ち", { tone: "warning", waits: { title: "支払の回の承認", ...approve } }),
      on: {
        approve: { target: "approved", guard: meets("hasLines", "notPreparer", "accountsHold") },
        return: "prepared",
        cancel: "cancelled",
      },
    },
    approved: {
      meta: main("承認済", { waits: { title: "振込データの作成", ...prepare } }),
      on: { write: { target: "written", guard: meets("hasLines") }, cancel: "cancelled" },
    },
    written: {
      meta: main("振込データ作成済", { waits: { title: "振込データの引渡し", ...download } }),
      on: { "hand-over": "handed-over", "ask-withdrawal": "withdrawal-asked" },
    },
    "handed-over": {
      meta: main("引渡済", { waits: { title: "振込の結果の取込", ...prepare } }),
      on: { close: { target: "closed", guard: meets("allAnswered") } },
    },
    closed: { meta: main("終了", { open: false, tone: "success" }), type: "final" },
    "withdrawal-asked": {
      meta: side("取下げの承認待ち", {
        tone: "warning",
        waits: { title: "振込データの取下げの承認", ...approve },
      }),
      on: {
        withdraw: { target: "withdrawn", guard: meets("notAsker") },
        "refuse-withdrawal": "written",
      },
    },
    withdrawn: { meta: side("取下げ", { open: false, tone: "neutral" }), type: "final" },
    cancelled: { meta: side("取消", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type PaymentRunState = StateValueFrom<typeof machine>;
export type PaymentRunEvent = keyof typeof events;

/**
 * 支払の回: what is payable on a closing date, gathered by one person, approved by another, written as the bank's file, handed over,
 * and answered line by line. A file that is not handed over yet may be withdrawn by two people; its payables are owed again.
 */
export const paymentRunV1 = {
  kind: "payment-run",
  version: 1,
  title: "支払の回",
  machine,
  events,
  checks: paymentRunChecks,
} satisfies FlowDefinition<PaymentRunContext>;
