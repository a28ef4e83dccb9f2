import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";
import { main, side } from "../flows/states.ts";

/** What the machine may know of a claim to an insurer. */
export interface HighCostClaimContext {
  actingStaffId: number;
  /** Who gathered or submitted it, found what is in it, or entered a class that counts in it. */
  preparers: readonly number[];
  /** How many lines it has. */
  lines: number;
  /** Lines that the insurer has not answered. */
  unanswered: number;
  /** What came in is what the insurer said it pays. */
  moneyMatches: boolean;
}

const check = (reason: string, holds: Check<HighCostClaimContext>["holds"]) => ({ reason, holds });

export const highCostClaimChecks = {
  hasLines: check("請求するものがありません。", ({ lines }) => lines > 0),
  notPreparer: check(
    "集めた人、抽出した人、適用区分を入力した人は承認できません。別の決裁者が承認してください。",
    ({ preparers, actingStaffId }) => !preparers.includes(actingStaffId),
  ),
  allAnswered: check("回答のない行が残っています。", ({ unanswered }) => unanswered === 0),
  moneyMatches: check(
    "入金の合計が、支給と回答された額の合計と一致していません。",
    ({ moneyMatches }) => moneyMatches,
  ),
} as const;

const [prepare, approve, receive] = [
  { right: "high-cost.prepare" },
  { right: "high-cost.approve" },
  { right: "high-cost.receive" },
] as const;

const events = {
  takeOut: { title: "請求から外す", ...prepare, comment: "optional", scheduled: true },
  submit: { title: "承認を求める", ...prepare, comment: "optional", forward: true },
  cancel: { title: "請求を取り消す", ...prepare, comment: "optional" },
  approve: { title: "承認する", ...approve, comment: "optional", forward: true },
  return: { title: "差し戻す", ...approve, comment: "required" },
  send: { title: "送付を入力する", ...prepare, comment: "optional", forward: true },
  answer: { title: "保険者の回答を入力する", ...prepare, comment: "optional" },
  receive: { title: "入金を入力する", ...receive, comment: "optional" },
  close: { title: "請求を終える", ...prepare, comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as HighCostClaimContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(highCostClaimChecks) },
}).createMachine({
  id: "high-cost-claim",
  initial: "prepared",
  context: {} as HighCostClaimContext,
  states: {
    prepared: {
      meta: main("準備中", { waits: { title: "高額療養費の請求の準備", ...prepare } }),
      on: {
        takeOut: "prepared",
        submit: { target: "awaiting-approval", guard: meets("hasLines") },
        cancel: "cancelled",
      },
    },
    "awaiting-approval": {
      meta: main("承認待ち", {
        tone: "warning",
        waits: { title: "高額療養費の請求の承認", ...approve },
      }),
      on: {
        approve: { target: "approved", guard: meets("hasLines", "notPreparer") },
        return: "prepared",
      },
    },
    approved: {
      meta: main("送付待ち", { waits: { title: "高額療養費の請求の送付", ...prepare } }),
      on: { send: "sent" },
    },
    sent: {
      meta: main("回答・入金待ち", { waits: { title: "高額療養費の回答の入力", ...prepare } }),
      on: {
        answer: "sent",
        receive: "sent",
        close: { target: "closed", guard: meets("allAnswered", "moneyMatches") },
      },
    },
    closed: { meta: main("終了", { open: false, tone: "success" }), type: "final" },
    cancelled: {
      meta: side("取消", { open: false, tone: "neutral" }),
      type: "final",
    },
  },
});

export type HighCostClaimState = StateValueFrom<typeof machine>;
export type HighCostClaimEvent = keyof typeof events;

/** 高額療養費の請求: gathered for one insurer, approved by another person, sent, answered line by line, and matched with what came in. */
export const highCostClaimV1 = {
  kind: "high-cost-claim",
  version: 1,
  title: "高額療養費の請求",
  machine,
  events,
  checks: highCostClaimChecks,
} satisfies FlowDefinition<HighCostClaimContext>;
