import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";
import type { ClinicEntryContext } from "./entry-machine.ts";

const check = (reason: string, holds: Check<ClinicEntryContext>["holds"]) => ({ reason, holds });

const checks = {
  notEnterer: check(
    "入力した人は確認できません。別の職員が、通帳の写しなどと照らし合わせてください。",
    ({ actingStaffId, enteredBy }) => actingStaffId !== enteredBy,
  ),
  enterer: check(
    "入力した人だけが取り下げられます。",
    ({ actingStaffId, enteredBy }) => actingStaffId === enteredBy,
  ),
} as const;

const rule = { right: "payment-account.handle", comment: "optional" } as const;
const events = {
  confirm: { title: "口座を確認する", ...rule },
  refuse: { title: "口座を使わない", ...rule },
  withdraw: { title: "取り下げる", ...rule },
  close: { title: "口座の使用をやめる", ...rule },
  replace: { title: "新しい口座に替える", ...rule, scheduled: true },
} as const satisfies Record<string, EventRule>;

const meta = (title: string, rest: Partial<StateMeta> = {}): StateMeta => ({
  title,
  line: "main",
  open: false,
  ...rest,
});

const machine = setup({
  types: {
    context: {} as ClinicEntryContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "clinic-account",
  initial: "waiting",
  context: {} as ClinicEntryContext,
  states: {
    waiting: {
      meta: meta("確認待ち", {
        open: true,
        tone: "warning",
        waits: { title: "医療機関の口座の確認", right: "payment-account.handle" },
      }),
      on: {
        confirm: { target: "confirmed", guard: meets("notEnterer") },
        refuse: { target: "refused", guard: meets("notEnterer") },
        withdraw: { target: "withdrawn", guard: meets("enterer") },
      },
    },
    confirmed: {
      meta: meta("使用中", { open: true, tone: "success" }),
      on: { close: "closed", replace: "replaced" },
    },
    closed: { meta: meta("使用終了", { tone: "neutral" }), type: "final" },
    replaced: { meta: meta("使わずに変更", { line: "side", tone: "neutral" }), type: "final" },
    refused: { meta: meta("使わない", { line: "side", tone: "error" }), type: "final" },
    withdrawn: { meta: meta("取下げ", { line: "side", tone: "neutral" }), type: "final" },
  },
});

/** 振込先口座 of a clinic or an association: typed by one person, compared with the paper by another, used until a later one begins. */
export const clinicAccountV1 = {
  kind: "vaccination/clinic-account",
  version: 1,
  title: "医療機関の振込先口座",
  machine,
  events,
  checks,
} satisfies FlowDefinition<ClinicEntryContext>;
