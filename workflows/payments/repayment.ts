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

/** What the machine may know of a repayment. */
export interface RepaymentContext {
  actingStaffId: number;
  /** Who proposed it, or the change that waits. */
  proposedBy: number | null;
  /** What is still to come in, in yen. */
  outstanding: number;
  /** Whether its 返還決定通知書 was issued, from which the time for payment runs. */
  demanded: boolean;
  /** Whether a plan or a reduction came after what the person was last told. */
  changed: boolean;
  /** What is past its day, in yen. */
  late: number;
  /** Whether a 督促 was made of the earliest day that is past. */
  dunned: boolean;
}

const check = (reason: string, holds: Check<RepaymentContext>["holds"]) => ({ reason, holds });

export const repaymentChecks = {
  notProposer: check(
    "起案した人は決裁できません。別の決裁者が決裁してください。",
    ({ proposedBy, actingStaffId }) => proposedBy !== actingStaffId,
  ),
  paid: check("まだ納められていない額があります。", ({ outstanding }) => outstanding === 0),
  notDemanded: check("返還決定通知書は、既に発行しています。", ({ demanded }) => !demanded),
  demanded: check("返還決定通知書を、まだ発行していません。", ({ demanded }) => demanded),
  changed: check("通知した後に変わった内容はありません。", ({ changed }) => changed),
  late: check("納期限を過ぎた額はありません。", ({ late }) => late > 0),
  notDunned: check("この納期限の督促は、既に行っています。", ({ dunned }) => !dunned),
  dunned: check("督促状を発行してから、催告してください。", ({ dunned }) => dunned),
} as const;

const [prepare, approve, receive] = [
  { right: "repayment.prepare" },
  { right: "repayment.approve" },
  { right: "repayment.receive" },
] as const;

const events = {
  approve: { title: "承認する", ...approve, comment: "optional", forward: true },
  refuse: { title: "承認しない", ...approve, comment: "required" },
  retract: { title: "起案を取り下げる", ...prepare, comment: "optional" },
  demand: { title: "返還決定通知書を発行する", ...prepare, comment: "optional", forward: true },
  "tell-change": { title: "変更を通知する", ...prepare, comment: "optional" },
  slip: { title: "納付書を発行する", ...prepare, comment: "optional" },
  dun: { title: "督促状を発行する", ...prepare, comment: "optional" },
  remind: { title: "催告書を発行する", ...prepare, comment: "optional" },
  plan: { title: "分納を決める", ...prepare, comment: "optional" },
  receive: { title: "収納を入力する", ...receive, comment: "optional" },
  "set-off": { title: "充当する", right: "payment.approve", comment: "optional", scheduled: true },
  settle: {
    title: "納付が終わる",
    right: ["repayment.receive", "payment.approve", "repayment.approve"],
    comment: "optional",
    scheduled: true,
  },
  "ask-reduction": { title: "減額を求める", ...prepare, comment: "required" },
  reduce: { title: "減額を承認する", ...approve, comment: "optional" },
  "refuse-reduction": { title: "減額を認めない", ...approve, comment: "required" },
  "ask-cancellation": { title: "取消しを求める", ...prepare, comment: "required" },
  cancel: { title: "取消しを承認する", ...approve, comment: "optional" },
  "refuse-cancellation": { title: "取消しを認めない", ...approve, comment: "required" },
} as const satisfies Record<string, EventRule>;

const byAnother = { guard: meets("notProposer") } as const;

const machine = setup({
  types: {
    context: {} as RepaymentContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(repaymentChecks) },
}).createMachine({
  id: "repayment",
  initial: "waiting",
  context: {} as RepaymentContext,
  states: {
    waiting: {
      meta: main("承認待ち", { tone: "warning", waits: { title: "返還の承認", ...approve } }),
      on: {
        approve: { target: "open", ...byAnother },
        refuse: { target: "refused", ...byAnother },
        retract: "refused",
      },
    },
    open: {
      meta: main("納付待ち", { waits: { title: "返還金の収納", ...receive } }),
      on: {
        demand: { target: "open", guard: meets("notDemanded") },
        "tell-change": { target: "open", guard: meets("demanded", "changed") },
        slip: { target: "open", guard: meets("demanded") },
        dun: { target: "open", guard: meets("demanded", "late", "notDunned") },
        remind: { target: "open", guard: meets("demanded", "late", "dunned") },
        plan: "open",
        receive: "open",
        "set-off": "open",
        settle: { target: "closed", guard: meets("paid") },
        "ask-reduction": "reduction-asked",
        "ask-cancellation": "cancellation-asked",
      },
    },
    closed: { meta: main("納付済", { open: false, tone: "success" }), type: "final" },
    "reduction-asked": {
      meta: side("減額の承認待ち", {
        tone: "warning",
        waits: { title: "減額の承認", ...approve },
      }),
      on: { reduce: { target: "open", ...byAnother }, "refuse-reduction": "open" },
    },
    "cancellation-asked": {
      meta: side("取消しの承認待ち", {
        tone: "warning",
        waits: { title: "取消しの承認", ...approve },
      }),
      on: { cancel: { target: "cancelled", ...byAnother }, "refuse-cancellation": "open" },
    },
    cancelled: { meta: side("取消", { open: false, tone: "neutral" }), type: "final" },
    refused: { meta: side("返還を求めない", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type RepaymentState = StateValueFrom<typeof machine>;
export type RepaymentEventType = keyof typeof events;

/** 返還金: asked back by one person's proposal and another's decision, paid at once or in instalments, set off, reduced or cancelled by two. */
export const repaymentV1 = {
  kind: "repayment",
  version: 1,
  title: "返還金",
  machine,
  events,
  checks: repaymentChecks,
} satisfies FlowDefinition<RepaymentContext>;
