import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";

/** What the machine may know of a proposal for the papers of a 事務. */
export interface SettingContext {
  actingStaffId: number;
  preparedBy: number;
}

const checks = {
  notPreparer: {
    reason: "起案した本人は承認も差戻しもできません。",
    holds: (c) => c.preparedBy !== c.actingStaffId,
  },
  preparer: {
    reason: "取り下げるのは、起案した本人です。",
    holds: (c) => c.preparedBy === c.actingStaffId,
  },
} as const satisfies Record<string, Check<SettingContext>>;

const events = {
  approve: { title: "承認する", right: "form-setting.approve", comment: "optional" },
  remand: { title: "差し戻す", right: "form-setting.approve", comment: "required" },
  retract: { title: "起案を取り下げる", right: "form-setting.prepare", comment: "optional" },
} as const satisfies Record<string, EventRule>;
export type SettingEventType = keyof typeof events;

const machine = setup({
  types: {
    context: {} as SettingContext,
    events: {} as { type: SettingEventType },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "form-setting",
  initial: "waiting",
  context: {} as SettingContext,
  states: {
    waiting: {
      meta: { title: "承認待ち", line: "main", open: true },
      on: {
        approve: { target: "approved", guard: meets("notPreparer") },
        remand: { target: "remanded", guard: meets("notPreparer") },
        retract: { target: "retracted", guard: meets("preparer") },
      },
    },
    approved: { meta: { title: "承認", line: "main", open: false }, type: "final" },
    remanded: { meta: { title: "差戻し", line: "side", open: false }, type: "final" },
    retracted: { meta: { title: "取下げ", line: "side", open: false }, type: "final" },
  },
});

/** 帳票の設定: proposed by one person, decided by another or taken back. States are `decision` of the row. */
export const settingV1: FlowDefinition<SettingContext> = {
  kind: "printing/form-setting",
  version: 1,
  title: "帳票の設定",
  machine,
  events,
  checks,
};
