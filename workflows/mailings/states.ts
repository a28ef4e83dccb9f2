import {
  type Check,
  type EventRule,
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
  /** Who asked for the withdrawal that waits; `null` where none does. */
  withdrawalAskedBy: number | null;
}

/** What a state is called, and what screens say of it. */
export interface RunStateMeta extends StateMeta {
  /** Something is being made in the background. */
  busy?: true;
  /** Its pieces are known and not yet approved: samples are looked at, and what waits may be released. */
  unapproved?: true;
  /** Whoever went through the making knows what was sent: what was not is followed up. */
  made?: true;
  /** The contractor has what is to be printed, and said so. */
  received?: true;
  /** What it would send or sent counts no more: its pieces are due again. */
  void?: true;
  /** What is to be done next, by whoever holds the right and, where it is for another person, has not done that before. */
  waits?: { title: string; right: string; byAnother?: "準備" | "請求" };
}

const check = (reason: string, holds: Check<RunContext>["holds"]) => ({ reason, holds });

export const checks = {
  hasPieces: check("発送できるものが一件もありません。", ({ ready }) => ready > 0),
  notPreparer: check(
    "準備した人は承認できません。別の決裁者が承認してください。",
    ({ preparers, actingStaffId }) => !preparers.includes(actingStaffId),
  ),
} as const;

/** Of whom a step asks. */
export const [prepare, approve, download] = [
  { right: "mailing.prepare" },
  { right: "mailing.approve" },
  { right: "mailing.download" },
] as const;

/** `scheduled` ones are the program's own, when background work begins, ends or fails. */
export const events = {
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

type More = Partial<Omit<RunStateMeta, "title" | "line">>;
const main = (title: string, more: More = {}): RunStateMeta => ({
  title,
  line: "main",
  open: true,
  ...more,
});
/** A state beside the line. */
export const side = (title: string, more: More = {}): RunStateMeta => ({
  ...main(title, more),
  line: "side",
});

/** Background work that a step starts. */
export const startJob = (queue: string) => ({ type: "job" as const, params: { queue } });
/** What the run had issued counts no more. */
export const withdraw = { type: "withdraw" } as const;
const extract = { target: "preparing", actions: [startJob("mailing.extract")] } as const;
const cancel = { target: "cancelled", actions: [withdraw] } as const;

/** Guards and actions of every version. */
export const actions = { job: (_: unknown, _params: { queue: string }) => {}, withdraw: () => {} };
export const guards = { meets: guardOf<RunContext, keyof typeof checks>(checks) };

/** The states that every version has, from the extraction to the erasure report. */
export const states = {
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
      waits: { title: "一括発送の承認", ...approve, byAnother: "準備" },
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
    meta: main("完成", {
      tone: "success",
      made: true,
      waits: { title: "発送データの引渡し", ...download },
    }),
    on: { "hand-over": "handed-over" },
  },
  "handed-over": {
    meta: main("引渡済", { made: true, waits: { title: "受領の記録", ...download } }),
    on: { receive: "received" },
  },
  received: {
    meta: main("受領", {
      made: true,
      received: true,
      waits: { title: "消去報告の記録", ...download },
    }),
    on: { close: "closed" },
  },
  closed: {
    meta: main("返却・消去済", { open: false, made: true, received: true }),
    type: "final",
  },
  "extraction-failed": {
    meta: side("抽出失敗", { tone: "error", waits: { title: "一括発送の再開", ...prepare } }),
    on: { resume: extract, cancel },
  },
  failed: {
    meta: side("作成失敗", { tone: "error", waits: { title: "一括発送の再開", ...prepare } }),
    on: { resume: { target: "making", actions: [startJob("mailing.make")] }, cancel },
  },
  cancelled: { meta: side("取消", { open: false, void: true }), type: "final" },
} as const;
