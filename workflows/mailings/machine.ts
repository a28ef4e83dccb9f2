import { type StateValueFrom, setup } from "xstate";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of a run: staff ids and counts, gathered afresh before every step. */
export interface RunContext {
  actingStaffId: number;
  /** All who prepared or submitted this run. */
  preparers: readonly number[];
  /** Pieces that would be sent. */
  ready: number;
}

/** What a state is called, and what screens say of it. */
export interface RunStateMeta extends StateMeta {
  /** Something is being made in the background. */
  busy?: true;
  /** Its pieces are known and not yet approved: samples are looked at, and what waits may be released. */
  unapproved?: true;
  /** What is to be done next, by whoever holds the right; `byAnother`: by none of those who prepared. */
  waits?: { title: string; right: string; byAnother?: true };
}

const check = (reason: string, holds: Check<RunContext>["holds"]) => ({ reason, holds });

const checks = {
  hasPieces: check("発送できるものが一件もありません。", ({ ready }) => ready > 0),
  notPreparer: check(
    "準備した人は承認できません。別の決裁者が承認してください。",
    ({ preparers, actingStaffId }) => !preparers.includes(actingStaffId),
  ),
} as const;

const [prepare, approve, download] = [
  { right: "mailing.prepare" },
  { right: "mailing.approve" },
  { right: "mailing.download" },
] as const;

/** `scheduled` ones are the program's own, when background work begins, ends or fails. */
const events = {
  extracted: { title: "抽出を終える", ...prepare, comment: "optional", scheduled: true },
  extract: { title: "抽出し直す", ...prepare, comment: "optional" },
  submit: { title: "承認を求める", ...prepare, comment: "optional" },
  return: { title: "差し戻す", ...approve, comment: "required" },
  approve: { title: "承認する", ...approve, comment: "optional" },
  make: { title: "作成を始める", ...prepare, comment: "optional", scheduled: true },
  made: { title: "作成を終える", ...prepare, comment: "optional", scheduled: true },
  fail: { title: "失敗", ...prepare, comment: "optional", scheduled: true },
  resume: { title: "再開する", ...prepare, comment: "optional" },
  cancel: { title: "取り消す", right: ["mailing.prepare", "mailing.approve"], comment: "required" },
  "hand-over": { title: "引き渡す", ...download, comment: "optional" },
  receive: { title: "受領を記録する", ...download, comment: "optional" },
  close: { title: "返却・消去報告を記録する", ...download, comment: "optional" },
} as const satisfies Record<string, EventRule>;

export type RunEventType = keyof typeof events;
/** Steps that a person makes; the others are the program's own. */
export type PersonsStep = {
  [Type in RunEventType]: (typeof events)[Type] extends { scheduled: true } ? never : Type;
}[RunEventType];

type More = Partial<Omit<RunStateMeta, "title" | "line">>;
const main = (title: string, more: More = {}): RunStateMeta => ({
  title,
  line: "main",
  open: true,
  ...more,
});
const side = (title: string, more: More = {}): RunStateMeta => ({
  ...main(title, more),
  line: "side",
});
const startJob = (queue: string) => ({ type: "job" as const, params: { queue } });
const extract = { target: "preparing", actions: [startJob("mailing.extract")] } as const;
/** What the run had issued counts no more. */
const cancel = { target: "cancelled", actions: [{ type: "withdraw" }] } as const;

const machine = setup({
  types: {
    context: {} as RunContext,
    events: {} as { type: RunEventType },
    meta: {} as RunStateMeta,
  },
  guards: { meets: guardOf(checks) },
  actions: { job: (_, _params: { queue: string }) => {}, withdraw: () => {} },
}).createMachine({
  id: "mailing-run",
  initial: "preparing",
  context: {} as RunContext,
  states: {
    preparing: {
      meta: main("抽出中", { tone: "info", busy: true }),
      on: { extracted: "extracted", fail: "extraction-failed", cancel },
    },
    extracted: {
      meta: main("抽出済", { unapproved: true, waits: { title: "一括発送の確認", ...prepare } }),
      on: {
        submit: { target: "awaiting-approval", guard: meets("hasPieces") },
        extract,
        cancel,
      },
    },
    "awaiting-approval": {
      meta: main("承認待ち", {
        tone: "warning",
        unapproved: true,
        waits: { title: "一括発送の承認", ...approve, byAnother: true },
      }),
      on: {
        approve: {
          target: "approved",
          guard: meets("notPreparer"),
          actions: [startJob("mailing.make")],
        },
        return: "extracted",
        cancel,
      },
    },
    approved: {
      meta: main("承認", { tone: "info", busy: true }),
      on: { make: "making", fail: "failed", cancel },
    },
    making: {
      meta: main("作成中", { tone: "info", busy: true }),
      on: { made: "complete", fail: "failed", cancel },
    },
    complete: {
      meta: main("完成", { tone: "success", waits: { title: "発送データの引渡し", ...download } }),
      on: { "hand-over": "handed-over" },
    },
    "handed-over": {
      meta: main("引渡済", { waits: { title: "受領の記録", ...download } }),
      on: { receive: "received" },
    },
    received: {
      meta: main("受領", { waits: { title: "消去報告の記録", ...download } }),
      on: { close: "closed" },
    },
    closed: { meta: main("返却・消去済", { open: false }), type: "final" },
    "extraction-failed": {
      meta: side("抽出失敗", { tone: "error", waits: { title: "一括発送の再開", ...prepare } }),
      on: { resume: extract, cancel },
    },
    failed: {
      meta: side("作成失敗", { tone: "error", waits: { title: "一括発送の再開", ...prepare } }),
      on: { resume: { target: "making", actions: [startJob("mailing.make")] }, cancel },
    },
    cancelled: { meta: side("取消", { open: false }), type: "final" },
  },
});

export type RunState = StateValueFrom<typeof machine>;

/**
 * 一括発送の一回: 抽出中 → 抽出済 → 承認待ち → 承認 → 作成中 → 完成 → 引渡済 → 受領 → 返却・消去済. A returned run (差戻し)
 * is extracted again or sent on as it is; a failed one goes on where it stopped; until the package is whole it can be
 * cancelled.
 */
export const mailingRun = {
  kind: "mailing-run",
  version: 1,
  title: "一括発送",
  machine,
  events,
  checks,
} satisfies FlowDefinition<RunContext>;

/** What a state of a run is called, and what screens say of it. */
export const runStateMeta = (state: RunState): RunStateMeta => stateMeta(mailingRun, state);
