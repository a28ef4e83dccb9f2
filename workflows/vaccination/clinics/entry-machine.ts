import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of something entered in the register of clinics that money hangs on. */
export interface ClinicEntryContext {
  actingStaffId: number;
  enteredBy: number;
}

const check = (reason: string, holds: Check<ClinicEntryContext>["holds"]) => ({ reason, holds });

const checks = {
  notEnterer: check(
    "入力した人は確認できません。別の職員が、書類と照らし合わせて確認してください。",
    ({ actingStaffId, enteredBy }) => actingStaffId !== enteredBy,
  ),
  enterer: check(
    "入力した人だけが取り下げられます。",
    ({ actingStaffId, enteredBy }) => actingStaffId === enteredBy,
  ),
} as const;

const meta = (title: string, rest: Partial<StateMeta> = {}): StateMeta => ({
  title,
  line: "main",
  open: false,
  ...rest,
});
const [approve, examine] = [
  { right: "case.approve", comment: "optional" },
  { right: "case.examine", comment: "optional" },
] as const;
const events = {
  confirm: { title: "確認する", ...approve },
  refuse: { title: "差し戻す", ...approve },
  withdraw: { title: "取り下げる", ...examine },
  replace: { title: "新しいものに替わる", ...approve, scheduled: true },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as ClinicEntryContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "clinic-entry",
  initial: "waiting",
  context: {} as ClinicEntryContext,
  states: {
    waiting: {
      meta: meta("確認待ち", {
        open: true,
        tone: "warning",
        waits: { title: "医療機関台帳の確認", right: "case.approve" },
      }),
      on: {
        confirm: { target: "confirmed", guard: meets("notEnterer") },
        refuse: { target: "refused", guard: meets("notEnterer") },
        withdraw: { target: "withdrawn", guard: meets("enterer") },
      },
    },
    confirmed: { meta: meta("確認済", { tone: "success" }), on: { replace: "replaced" } },
    replaced: { meta: meta("変更前", { tone: "neutral" }), type: "final" },
    refused: { meta: meta("差戻し", { line: "side", tone: "error" }), type: "final" },
    withdrawn: { meta: meta("取下げ", { line: "side", tone: "neutral" }), type: "final" },
  },
});

/** 契約, 休止 and 廃止 of a clinic: entered by one person, confirmed against the paper by another. Rows follow one another, none is changed. */
export const clinicEntryV1 = {
  kind: "vaccination/clinic-entry",
  version: 1,
  title: "医療機関台帳の登録",
  machine,
  events,
  checks,
} satisfies FlowDefinition<ClinicEntryContext>;
