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

/** What the machine may know of a 副本登録の回: staff ids and counts, gathered afresh before every step. */
export interface CopyRunContext {
  actingStaffId: number;
  /** All who began or submitted it. */
  preparers: readonly number[];
  /** Rows that are to be sent, or of which nothing was answered. */
  ready: number;
  /** Whether the setting by which it was begun still holds. */
  settingHolds: boolean;
}

const check = (reason: string, holds: Check<CopyRunContext>["holds"]) => ({ reason, holds });

export const copyRunChecks = {
  hasRows: check("送るものが一件もありません。", ({ ready }) => ready > 0),
  notPreparer: check(
    "準備した人は承認できません。別の決裁者が承認してください。",
    ({ preparers, actingStaffId }) => !preparers.includes(actingStaffId),
  ),
  settingHolds: check(
    "集めた後に、副本登録の設定が変わりました。取り消して、集め直してください。",
    ({ settingHolds }) => settingHolds,
  ),
  allAnswered: check("回答がまだない行があります。", ({ ready }) => ready === 0),
} as const;

const [prepare, approve] = [{ right: "pmh.prepare" }, { right: "pmh.approve" }] as const;
const silent = { comment: "optional" } as const;

const events = {
  gathered: { title: "集め終わった", right: "system.run", ...silent, scheduled: true },
  resume: { title: "続きから再開する", ...prepare, ...silent, forward: true },
  submit: { title: "承認を求める", ...prepare, ...silent, forward: true },
  return: { title: "差し戻す", ...approve, ...silent },
  approve: { title: "承認してファイルを作る", ...approve, ...silent, forward: true },
  made: { title: "ファイルを作り終わった", right: "system.run", ...silent, scheduled: true },
  handOver: { title: "引き渡した", ...prepare, ...silent, forward: true },
  finish: { title: "すべて回答済", ...prepare, ...silent, scheduled: true },
  end: { title: "残りの回答を待たずに終える", ...approve, ...silent },
  cancel: { title: "取り消す", right: ["pmh.prepare", "pmh.approve"], ...silent },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as CopyRunContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(copyRunChecks) },
}).createMachine({
  id: "vaccination-copy-run",
  initial: "gathering",
  context: {} as CopyRunContext,
  states: {
    gathering: {
      meta: main("集めています"),
      on: { gathered: "prepared", resume: "gathering", cancel: "cancelled" },
    },
    prepared: {
      meta: main("準備中", { waits: { title: "副本登録の確認", ...prepare } }),
      on: {
        submit: { target: "awaiting-approval", guard: meets("hasRows") },
        cancel: "cancelled",
      },
    },
    "awaiting-approval": {
      meta: main("承認待ち", { tone: "warning", waits: { title: "副本登録の承認", ...approve } }),
      on: {
        approve: { target: "making", guard: meets("hasRows", "notPreparer", "settingHolds") },
        return: "prepared",
        cancel: "cancelled",
      },
    },
    making: {
      meta: main("ファイルを作っています"),
      on: { made: "made", resume: "making", cancel: "cancelled" },
    },
    made: {
      meta: main("引渡し待ち", { waits: { title: "副本ファイルの引渡し", ...prepare } }),
      on: { handOver: "awaiting-answer", cancel: "cancelled" },
    },
    "awaiting-answer": {
      meta: main("回答待ち", { waits: { title: "副本登録の回答の取込み", ...prepare } }),
      on: { finish: { target: "answered", guard: meets("allAnswered") }, end: "ended" },
    },
    answered: { meta: main("回答済", { open: false, tone: "success" }), type: "final" },
    ended: { meta: side("途中で終了", { open: false, tone: "neutral" }), type: "final" },
    cancelled: { meta: side("取消", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type CopyRunState = StateValueFrom<typeof machine>;
export type CopyRunEvent = keyof typeof events;

/**
 * 副本登録の回: records of vaccination as the other side is to hold them, gathered by one person, released by another, made into a
 * sealed file, handed over and answered row by row.
 */
export const copyRunV1 = {
  kind: "vaccination-copy-run",
  version: 1,
  title: "副本登録の回",
  machine,
  events,
  checks: copyRunChecks,
} satisfies FlowDefinition<CopyRunContext>;
