import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
  type Tone,
} from "#workflows/flows/definition.ts";

/** What the machine may know of an answer (現況届). */
export interface AnswerContext {
  actingStaffId: number;
  proposedBy: number | null;
  /** Who keyed that it was received. */
  receivedBy: number | null;
  /** The last day of the warning has passed, and the warning went out. */
  warned: boolean;
  /** The day until which missing documents were asked for has passed. */
  completionOver: boolean;
  /** What was reported with it is taken up, and nothing is missing. */
  whole: boolean;
  /** 支給停止 holds from the day on which it is decided: not before the new year of the season begins. */
  mayEnd: boolean;
}

const check = (reason: string, holds: Check<AnswerContext>["holds"]) => ({ reason, holds });

export const answerChecks = {
  notProposer: check(
    "起案した人は決裁できません。別の決裁者が決裁してください。",
    ({ proposedBy, actingStaffId }) => proposedBy !== actingStaffId,
  ),
  notReceiver: check(
    "現況届を入力した人は決裁できません。別の決裁者が決裁してください。",
    ({ receivedBy, actingStaffId }) => receivedBy !== actingStaffId,
  ),
  warned: check(
    "差止予告を送り、その期限が過ぎるまでは、未提出による喪失を起案できません。",
    ({ warned }) => warned,
  ),
  completionOver: check(
    "補正の期限が過ぎるまでは、書類の不足による喪失を起案できません。",
    ({ completionOver }) => completionOver,
  ),
  whole: check("変更の届出か不足書類が残っています。先に処理してください。", ({ whole }) => whole),
  mayEnd: check("支給停止は、新しい年度が始まる日以後に決裁してください。", ({ mayEnd }) => mayEnd),
} as const;

const [enter, examine, propose, approve] = [
  { right: "case.enter" },
  { right: "case.examine" },
  { right: "case.propose" },
  { right: "case.approve" },
] as const;

const events = {
  receive: { title: "受け付ける", ...enter, comment: "optional", forward: true },
  complete: { title: "不足書類がそろった", ...enter, comment: "optional", forward: true },
  supplement: { title: "補正を求める", ...examine, comment: "optional" },
  "settle-changes": { title: "変更の届出を処理した", ...examine, comment: "optional" },
  clear: { title: "更新を起案する（一括判定）", ...propose, comment: "optional", scheduled: true },
  except: { title: "個別審査に回す（一括判定）", ...propose, comment: "optional", scheduled: true },
  "propose-renewal": { title: "更新を起案する", ...propose, comment: "required" },
  "propose-end": { title: "喪失・支給停止を起案する", ...propose, comment: "required" },
  "propose-lapse": { title: "未提出による喪失を起案する", ...propose, comment: "optional" },
  retract: { title: "起案を取り下げる", ...propose, comment: "optional" },
  "approve-renewal": { title: "更新を決裁する", ...approve, comment: "optional", forward: true },
  "approve-end": {
    title: "喪失・支給停止を決裁する",
    ...approve,
    comment: "optional",
    forward: true,
  },
  "approve-lapse": {
    title: "未提出による喪失を決裁する",
    ...approve,
    comment: "optional",
    forward: true,
  },
  "send-back": { title: "差し戻す", ...approve, comment: "required" },
  drop: {
    title: "資格がなくなり対象から外れる",
    right: ["system.run", "case.propose"],
    comment: "optional",
    scheduled: true,
  },
} as const satisfies Record<string, EventRule>;

const state = (title: string, rest: Partial<StateMeta> = {}): StateMeta => ({
  title,
  line: "main",
  open: true,
  ...rest,
});
const side = (title: string, rest: Partial<StateMeta> = {}): StateMeta => ({
  ...state(title, rest),
  line: "side",
});
const over = (tone: Tone) => ({ open: false, tone }) as const;
const decides = (title: string) => ({ tone: "warning", waits: { title, ...approve } }) as const;
const byAnother = meets("notProposer", "notReceiver");

const examined = {
  clear: { target: "renewal-proposed", guard: meets("whole") },
  except: "exception",
  supplement: "incomplete",
  "settle-changes": "received",
  drop: "gone",
} as const;
const undone = { "send-back": "exception", retract: "exception" } as const;

const machine = setup({
  types: {
    context: {} as AnswerContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(answerChecks) },
}).createMachine({
  id: "renewal-answer",
  initial: "awaiting",
  context: {} as AnswerContext,
  states: {
    awaiting: {
      meta: state("未提出", { tone: "neutral" }),
      on: {
        receive: "received",
        "propose-lapse": { target: "lapse-proposed", guard: meets("warned") },
        drop: "gone",
      },
    },
    received: {
      meta: state("判定待ち", { waits: { title: "現況届の判定", ...propose } }),
      on: examined,
    },
    exception: {
      meta: state("個別審査", {
        tone: "warning",
        waits: { title: "現況届の個別審査", ...propose },
      }),
      on: {
        ...examined,
        "propose-renewal": { target: "renewal-proposed", guard: meets("whole") },
        "propose-end": "end-proposed",
      },
    },
    "renewal-proposed": {
      meta: state("更新の決裁待ち", decides("現況届の更新の決裁")),
      on: {
        "approve-renewal": { target: "renewed", guard: byAnother },
        ...undone,
      },
    },
    renewed: { meta: state("更新", over("success")), type: "final" },
    incomplete: {
      meta: side("補正中", { tone: "warning" }),
      on: {
        complete: "received",
        "propose-end": { target: "end-proposed", guard: meets("completionOver") },
        drop: "gone",
      },
    },
    "end-proposed": {
      meta: side("喪失・支給停止の決裁待ち", decides("現況届の喪失・支給停止の決裁")),
      on: {
        "approve-end": { target: "ended", guard: meets("notProposer", "notReceiver", "mayEnd") },
        ...undone,
      },
    },
    ended: { meta: side("喪失・支給停止", over("error")), type: "final" },
    "lapse-proposed": {
      meta: side("未提出による喪失の決裁待ち", decides("未提出による喪失の決裁")),
      on: {
        "approve-lapse": { target: "lapsed", guard: meets("notProposer", "warned", "mayEnd") },
        "send-back": "awaiting",
        retract: "awaiting",
        receive: "received",
      },
    },
    lapsed: {
      meta: side("未提出による喪失", { open: false, tone: "error" }),
      on: { receive: "received" },
    },
    gone: { meta: side("対象外", over("neutral")), type: "final" },
  },
});

export type AnswerState = StateValueFrom<typeof machine>;
export type AnswerEventType = keyof typeof events;

/**
 * 現況届 of one household in a season: received, judged with all others, decided by another person; or, without an answer and
 * after the warning, ended by two. A late answer is received and judged like any other.
 */
export const answerV1 = {
  kind: "renewal-answer",
  version: 1,
  title: "現況届",
  machine,
  events,
  checks: answerChecks,
} satisfies FlowDefinition<AnswerContext>;
