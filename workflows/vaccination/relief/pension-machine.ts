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

/** What the machine may know of a pension. */
export interface PensionContext {
  actingStaffId: number;
  /** Who asked for what waits; null where nothing does. */
  askedBy: number | null;
  /** A 現況届 was not answered though its warning is past. */
  silentAfterWarning: boolean;
  /** No 現況届 is asked for and unanswered. */
  reportsIn: boolean;
  /** It ended by a death, and nobody claimed yet what was not paid. */
  arrearsUnclaimed: boolean;
}

const check = (reason: string, holds: Check<PensionContext>["holds"]) => ({ reason, holds });

export const pensionChecks = {
  notAsker: check(
    "起案した本人は決裁できません。別の決裁者が決裁してください。",
    (c) => c.askedBy !== c.actingStaffId,
  ),
  silentAfterWarning: check(
    "現況届の催告の期限が過ぎていません。差止めは、催告の期限が過ぎてから起案します。",
    (c) => c.silentAfterWarning,
  ),
  reportsIn: check("現況届が提出されていません。", (c) => c.reportsIn),
  arrearsUnclaimed: check(
    "未支給の年金の請求は、死亡による失権の後に一度だけ受けます。",
    (c) => c.arrearsUnclaimed,
  ),
} as const;

const ask = { right: "case.propose", comment: "required" } as const;
const decide = { right: "case.approve", comment: "optional", forward: true } as const;
const refuse = { right: "case.approve", comment: "required" } as const;

const events = {
  "ask-change": { title: "額改定を起案する", ...ask },
  "approve-change": { title: "額改定を決裁する", ...decide },
  "refuse-change": { title: "額改定を差し戻す", ...refuse },
  "ask-stop": { title: "現況届が出ないため差止めを起案する", ...ask },
  "approve-stop": { title: "差止めを決裁する", ...decide },
  "refuse-stop": { title: "差止めを差し戻す", ...refuse },
  "ask-resumption": { title: "差止めの解除を起案する", ...ask },
  "approve-resumption": { title: "差止めの解除を決裁する", ...decide },
  "refuse-resumption": { title: "差止めの解除を差し戻す", ...refuse },
  "ask-end": { title: "失権を起案する", ...ask },
  "approve-end": { title: "失権を決裁する", ...decide },
  "refuse-end": { title: "失権を差し戻す", ...refuse },
  "ask-arrears": { title: "未支給の年金の請求を受け付ける", ...ask },
  "approve-arrears": { title: "未支給の年金の支給を決裁する", ...decide },
  "refuse-arrears": { title: "未支給の年金の請求を差し戻す", ...refuse },
} as const satisfies Record<string, EventRule>;

const waits = (title: string) =>
  side(title, { tone: "warning", waits: { title, right: "case.approve" } });
const byAnother = { guard: meets("notAsker") } as const;

const machine = setup({
  types: {
    context: {} as PensionContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(pensionChecks) },
}).createMachine({
  id: "relief-pension",
  initial: "paying",
  context: {} as PensionContext,
  states: {
    paying: {
      meta: main("支給中", { tone: "success" }),
      on: {
        "ask-change": "change-asked",
        "ask-stop": { target: "stop-asked", guard: meets("silentAfterWarning") },
        "ask-end": "end-asked",
      },
    },
    "change-asked": {
      meta: waits("額改定の決裁待ち"),
      on: {
        "approve-change": { target: "paying", ...byAnother },
        "refuse-change": "paying",
      },
    },
    "stop-asked": {
      meta: waits("差止めの決裁待ち"),
      on: {
        "approve-stop": { target: "stopped", guard: meets("notAsker", "silentAfterWarning") },
        "refuse-stop": "paying",
      },
    },
    stopped: {
      meta: side("差止め中", { tone: "warning" }),
      on: {
        "ask-resumption": { target: "resumption-asked", guard: meets("reportsIn") },
        "ask-end": "stopped-end-asked",
      },
    },
    "resumption-asked": {
      meta: waits("差止めの解除の決裁待ち"),
      on: {
        "approve-resumption": { target: "paying", guard: meets("notAsker", "reportsIn") },
        "refuse-resumption": "stopped",
      },
    },
    "end-asked": {
      meta: waits("失権の決裁待ち"),
      on: { "approve-end": { target: "ended", ...byAnother }, "refuse-end": "paying" },
    },
    "stopped-end-asked": {
      meta: waits("差止め中の失権の決裁待ち"),
      on: { "approve-end": { target: "ended", ...byAnother }, "refuse-end": "stopped" },
    },
    ended: {
      meta: main("失権", { open: false, tone: "neutral" }),
      on: { "ask-arrears": { target: "arrears-asked", guard: meets("arrearsUnclaimed") } },
    },
    "arrears-asked": {
      meta: waits("未支給の年金の決裁待ち"),
      on: { "approve-arrears": { target: "ended", ...byAnother }, "refuse-arrears": "ended" },
    },
  },
});

export type PensionState = StateValueFrom<typeof machine>;
export type PensionEventType = keyof typeof events;

/**
 * 年金 of the relief (障害児養育年金, 障害年金, 遺族年金): paid until it ends; its grade, a stop for want of the 現況届, its end and what was
 * not paid to whoever died are asked for by one and decided by another.
 */
export const reliefPensionV1 = {
  kind: "relief-pension",
  version: 1,
  title: "年金",
  machine,
  events,
  checks: pensionChecks,
} satisfies FlowDefinition<PensionContext>;
