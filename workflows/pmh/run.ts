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

/** What the machine may know of a PMH run: staff ids and counts, gathered afresh before every step. */
export interface PmhRunContext {
  actingStaffId: number;
  /** All who gathered or submitted it. */
  preparers: readonly number[];
  /** Lines that are to be sent, or of which the hub has not answered. */
  ready: number;
  /** Whether the setting by which it was gathered still holds. */
  settingHolds: boolean;
}

const check = (reason: string, holds: Check<PmhRunContext>["holds"]) => ({ reason, holds });

export const pmhRunChecks = {
  hasLines: check("送るものが一件もありません。", ({ ready }) => ready > 0),
  notPreparer: check(
    "準備した人は承認できません。別の決裁者が承認してください。",
    ({ preparers, actingStaffId }) => !preparers.includes(actingStaffId),
  ),
  settingHolds: check(
    "集めた後に、PMH登録の設定が変わりました。取り消して、集め直してください。",
    ({ settingHolds }) => settingHolds,
  ),
  allAnswered: check("回答がまだない行があります。", ({ ready }) => ready === 0),
} as const;

const [prepare, approve] = [{ right: "pmh.prepare" }, { right: "pmh.approve" }] as const;
const silent = { comment: "optional" } as const;

const events = {
  submit: { title: "承認を求める", ...prepare, ...silent, forward: true },
  return: { title: "差し戻す", ...approve, ...silent },
  approve: { title: "承認して送る", ...approve, ...silent, forward: true },
  cancel: { title: "取り消す", right: ["pmh.prepare", "pmh.approve"], ...silent },
  stop: { title: "送信を止める", right: ["pmh.prepare", "pmh.approve"], ...silent },
  resume: { title: "送信を再開する", ...prepare, ...silent, forward: true },
  end: { title: "残りを送らずに終える", ...approve, ...silent },
  interrupt: { title: "中断", right: "system.run", ...silent, scheduled: true },
  finish: {
    title: "すべて回答済",
    right: ["system.run", "pmh.prepare"],
    ...silent,
    scheduled: true,
  },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as PmhRunContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(pmhRunChecks) },
}).createMachine({
  id: "pmh-run",
  initial: "prepared",
  context: {} as PmhRunContext,
  states: {
    prepared: {
      meta: main("準備中", { waits: { title: "PMH登録の確認", ...prepare } }),
      on: {
        submit: { target: "awaiting-approval", guard: meets("hasLines") },
        cancel: "cancelled",
      },
    },
    "awaiting-approval": {
      meta: main("承認待ち", { tone: "warning", waits: { title: "PMH登録の承認", ...approve } }),
      on: {
        approve: { target: "sending", guard: meets("hasLines", "notPreparer", "settingHolds") },
        return: "prepared",
        cancel: "cancelled",
      },
    },
    sending: {
      meta: main("送信中"),
      on: {
        finish: { target: "answered", guard: meets("allAnswered") },
        stop: "interrupted",
        interrupt: "interrupted",
      },
    },
    answered: { meta: main("回答済", { open: false, tone: "success" }), type: "final" },
    interrupted: {
      meta: side("中断", { tone: "error", waits: { title: "PMH登録の再開", ...prepare } }),
      on: {
        resume: { target: "sending", guard: meets("hasLines", "settingHolds") },
        end: "ended",
        // An answer may arrive after sending was stopped.
        finish: { target: "answered", guard: meets("allAnswered") },
      },
    },
    ended: { meta: side("途中で終了", { open: false, tone: "neutral" }), type: "final" },
    cancelled: { meta: side("取消", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type PmhRunState = StateValueFrom<typeof machine>;
export type PmhRunEvent = keyof typeof events;

/**
 * PMH登録の回: what of the certificates differs from what the Public Medical Hub holds, gathered by one person, approved by another,
 * sent row by row and answered. Sending that stopped goes on where it stopped, under the same 履歴キー.
 */
export const pmhRunV1 = {
  kind: "pmh-run",
  version: 1,
  title: "PMH登録の回",
  machine,
  events,
  checks: pmhRunChecks,
} satisfies FlowDefinition<PmhRunContext>;
