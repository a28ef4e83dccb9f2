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

/** How it is to be paid: 口座振込, 窓口払い, or wholly by 充当. */
export type PayableKind = "transfer" | "cash" | "set-off";

/** What the machine may know of what is owed. */
export interface PayableContext {
  actingStaffId: number;
  kind: PayableKind;
  /** Whether another version of the account than the one that failed was confirmed. */
  accountCorrected: boolean;
  /** Who identified whoever came for the cash, and who asked that a transfer be taken as returned. */
  preparedBy: number | null;
  /** Who decided that it is owed. */
  decidedBy: number;
  /** What is left to be paid after what is set off, in yen. */
  left: number;
}

const check = (reason: string, holds: Check<PayableContext>["holds"]) => ({ reason, holds });

export const payableChecks = {
  transfer: check("口座振込で支払うものではありません。", ({ kind }) => kind === "transfer"),
  cash: check("窓口で支払うものではありません。", ({ kind }) => kind === "cash"),
  notDecider: check(
    "支給を決裁した人は充当できません。別の決裁者が行ってください。",
    ({ decidedBy, actingStaffId }) => decidedBy !== actingStaffId,
  ),
  leavesSome: check("全額を充当します。", ({ left }) => left > 0),
  leavesNone: check("充当していない額が残ります。", ({ left }) => left === 0),
  accountCorrected: check(
    "訂正した口座が、まだ確認されていません。",
    ({ accountCorrected }) => accountCorrected,
  ),
  notPreparer: check(
    "もう一人の職員が行ってください。",
    ({ preparedBy, actingStaffId }) => preparedBy !== actingStaffId,
  ),
} as const;

const events = {
  gather: {
    title: "支払の回に入れる",
    right: "payment.prepare",
    comment: "optional",
    scheduled: true,
  },
  release: {
    title: "支払の回から外す",
    right: ["payment.prepare", "payment.approve"],
    comment: "optional",
    scheduled: true,
  },
  pay: {
    title: "振込済とする",
    right: "payment.prepare",
    comment: "optional",
    scheduled: true,
  },
  fail: {
    title: "振込不能とする",
    right: "payment.prepare",
    comment: "optional",
    scheduled: true,
  },
  withdraw: {
    title: "支払を取り消す",
    right: ["case.approve", "case.revoke", "payment.approve"],
    comment: "optional",
    scheduled: true,
  },
  "prepare-cash": { title: "本人を確認する", right: "payment.cash", comment: "optional" },
  "undo-cash": { title: "窓口払いをやめる", right: "payment.cash", comment: "optional" },
  "pay-cash": { title: "現金を渡す", right: "payment.cash", comment: "optional" },
  "set-off": { title: "全額を充当する", right: "payment.approve", comment: "optional" },
  "set-off-part": { title: "一部を充当する", right: "payment.approve", comment: "optional" },
  "ask-return": { title: "組戻しを求める", right: "payment.prepare", comment: "required" },
  return: { title: "組戻しを承認する", right: "payment.approve", comment: "optional" },
  "refuse-return": { title: "組戻しを認めない", right: "payment.approve", comment: "required" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as PayableContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(payableChecks) },
}).createMachine({
  id: "payment-payable",
  initial: "owed",
  context: {} as PayableContext,
  states: {
    owed: {
      meta: main("支払待ち"),
      on: {
        gather: { target: "gathered", guard: meets("transfer") },
        "prepare-cash": { target: "cash-prepared", guard: meets("cash") },
        "set-off": { target: "set-off", guard: meets("notDecider", "leavesNone") },
        "set-off-part": { target: "owed", guard: meets("notDecider", "leavesSome") },
        withdraw: "withdrawn",
      },
    },
    gathered: {
      meta: main("振込の手続中"),
      on: { release: "owed", pay: "paid", fail: "awaiting-correction" },
    },
    "cash-prepared": {
      meta: side("窓口払いの手続中", {
        waits: { title: "窓口払いの支払", right: "payment.cash" },
        tone: "warning",
      }),
      on: {
        "pay-cash": { target: "paid", guard: meets("cash", "notPreparer") },
        "undo-cash": "owed",
      },
    },
    "awaiting-correction": {
      meta: side("口座の訂正待ち", {
        waits: { title: "口座の訂正", right: "payment-account.handle" },
        tone: "error",
      }),
      on: {
        gather: { target: "gathered", guard: meets("transfer", "accountCorrected") },
        withdraw: "withdrawn",
      },
    },
    paid: {
      meta: main("支払済", { open: false, tone: "success" }),
      on: { "ask-return": { target: "return-asked", guard: meets("transfer") } },
    },
    "return-asked": {
      meta: side("組戻しの承認待ち", {
        waits: { title: "組戻しの承認", right: "payment.approve" },
        tone: "warning",
      }),
      on: {
        return: { target: "awaiting-correction", guard: meets("notPreparer") },
        "refuse-return": "paid",
      },
    },
    "set-off": { meta: side("充当済", { open: false, tone: "success" }), type: "final" },
    withdrawn: { meta: side("取消", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type PayableState = StateValueFrom<typeof machine>;

/**
 * 支払: what is owed from a decision. A transfer is gathered into a run, paid or failed as the bank answers; what failed or came back
 * waits until the account is corrected, and is gathered again.
 */
export const payableV1 = {
  kind: "payment-payable",
  version: 1,
  title: "支払",
  machine,
  events,
  checks: payableChecks,
} satisfies FlowDefinition<PayableContext>;
