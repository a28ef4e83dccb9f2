import { setup } from "xstate";
import {
  type CaseDefinition,
  type Check,
  type EventRule,
  meets,
  type StateMeta,
} from "../cases/definition.ts";
import type { IsoDate } from "../dates/iso-date.ts";

/** What the machine may know of a report of change or loss (変更届・喪失届). */
export interface ChangeContext {
  actingStaffId: number;
  identityCheckedOn: IsoDate | null;
  /** Opened by the office itself (職権), from the resident feed or a letter that came back. */
  exOfficio: boolean;
  /** The entitlement ends by this report. */
  loss: boolean;
  enteredBy: number | null;
  confirmedBy: number | null;
  preparedBy: number | null;
  entitled: boolean;
}

const check = (reason: string | null, holds: Check<ChangeContext>["holds"]) => ({ reason, holds });

const checks = {
  identified: check(
    "本人確認の記録がありません。",
    (c) => c.exOfficio || c.identityCheckedOn !== null,
  ),
  exOfficio: check("住民記録の異動によるものではありません。", (c) => c.exOfficio),
  entered: check("届出の内容が入力されていません。", (c) => c.enteredBy !== null),
  unconfirmed: check("入力内容は確認済みです。", (c) => c.confirmedBy === null),
  confirmed: check("入力内容が別の職員によって確認されていません。", (c) => c.confirmedBy !== null),
  notEnterer: check(
    "入力した本人は確認できません。別の職員が確認してください。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
  notPreparer: check("起案した本人は決裁できません。", (c) => c.preparedBy !== c.actingStaffId),
  notEntererOfDecision: check(
    "届出の内容を入力した本人は決裁できません。",
    (c) => c.enteredBy !== c.actingStaffId,
  ),
  entitled: check("資格が喪失または取消となっています。", (c) => c.entitled),
  noLoss: check("喪失には決裁が必要です。", (c) => !c.loss),
  loss: check("変更届には決裁は要りません。確認のうえ反映してください。", (c) => c.loss),
} as const;
type CheckName = keyof typeof checks;

type ChangeEvent = {
  type:
    | "recordIdentity"
    | "detect"
    | "enter"
    | "submit"
    | "confirm"
    | "apply"
    | "requestDecision"
    | "approve"
    | "remand"
    | "withdraw";
};

const events = {
  recordIdentity: { title: "本人確認を記録する", right: "case.enter", comment: "optional" },
  detect: {
    title: "住民記録の異動から受け付ける",
    right: "system.run",
    comment: "optional",
    scheduled: true,
  },
  enter: { title: "届出の内容を入力する", right: "case.enter", comment: "optional" },
  submit: { title: "審査に回す", right: "case.enter", comment: "optional" },
  confirm: { title: "入力内容を確認する", right: "case.examine", comment: "optional" },
  apply: { title: "台帳に反映する", right: "case.examine", comment: "optional" },
  requestDecision: {
    title: "喪失を起案して決裁に回す",
    right: "case.propose",
    comment: "optional",
  },
  approve: { title: "決裁する", right: "case.approve", comment: "optional" },
  remand: { title: "差し戻す", right: "case.approve", comment: "required" },
  withdraw: { title: "取り下げる", right: "case.enter", comment: "required" },
} as const satisfies Record<ChangeEvent["type"], EventRule>;

const main = (title: string): StateMeta => ({ title, line: "main" });
const withdraw = { target: "withdrawn" } as const;
const letter = (kind: string) => ({ type: "letter" as const, params: { kind } });

const machine = setup({
  types: { context: {} as ChangeContext, events: {} as ChangeEvent, meta: {} as StateMeta },
  guards: {
    meets: ({ context }, params: { checks: readonly CheckName[] }) =>
      params.checks.every((name) => checks[name].holds(context)),
  },
  actions: { letter: (_, _params: { kind: string }) => {} },
}).createMachine({
  id: "child-medical-change",
  initial: "received",
  context: {} as ChangeContext,
  states: {
    received: {
      meta: main("届出受付"),
      on: {
        recordIdentity: {},
        enter: {},
        detect: { target: "examination", guard: meets("exOfficio") },
        submit: { target: "examination", guard: meets("identified", "entered") },
        withdraw,
      },
    },
    examination: {
      meta: main("審査"),
      on: {
        enter: {},
        confirm: { guard: meets("entered", "unconfirmed", "notEnterer") },
        apply: {
          target: "applied",
          guard: meets("confirmed", "noLoss", "entitled"),
          actions: [letter("change")],
        },
        requestDecision: { target: "approval", guard: meets("confirmed", "loss", "entitled") },
        withdraw,
      },
    },
    approval: {
      meta: main("決裁"),
      on: {
        approve: {
          target: "applied",
          guard: meets("notPreparer", "notEntererOfDecision", "entitled"),
          actions: [letter("loss")],
        },
        remand: { target: "examination", guard: meets("notPreparer") },
      },
    },
    applied: { meta: main("反映済"), type: "final" },
    withdrawn: { meta: { title: "取下げ", line: "side" }, type: "final" },
  },
});

/** The report of a change or a loss, first version. */
export const changeV1: CaseDefinition<ChangeContext> = {
  kind: "child-medical-change",
  version: 1,
  title: "こども医療費助成 変更・喪失届",
  machine,
  events,
  checks,
};

export type ChangeEventType = keyof typeof events;
