import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of a run of pensions. */
export interface PensionRunContext {
  actingStaffId: number;
  preparedBy: number;
  /** Lines that would be paid. */
  payable: number;
  /** Nothing that its lines rest on has changed since they were reckoned. */
  unmoved: boolean;
}

const check = (reason: string, holds: Check<PensionRunContext>["holds"]) => ({ reason, holds });

export const pensionRunChecks = {
  notPreparer: check(
    "準備した人は承認できません。別の決裁者が承認してください。",
    (c) => c.preparedBy !== c.actingStaffId,
  ),
  hasLines: check("支払う年金がありません。", (c) => c.payable > 0),
  unmoved: check(
    "準備した後に、年金の決定が変わりました。取り消して、準備し直してください。",
    (c) => c.unmoved,
  ),
} as const;

const events = {
  approve: {
    title: "承認して支払に回す",
    right: "payment.approve",
    comment: "optional",
    forward: true,
  },
  cancel: {
    title: "取り消す",
    right: ["payment.prepare", "payment.approve"],
    comment: "optional",
  },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as PensionRunContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(pensionRunChecks) },
}).createMachine({
  id: "relief-pension-run",
  initial: "prepared",
  context: {} as PensionRunContext,
  states: {
    prepared: {
      meta: {
        title: "承認待ち",
        line: "main",
        open: true,
        tone: "warning",
        waits: { title: "年金の支払の承認待ち", right: "payment.approve" },
      },
      on: {
        approve: { target: "approved", guard: meets("notPreparer", "hasLines", "unmoved") },
        cancel: "cancelled",
      },
    },
    approved: {
      meta: { title: "承認済", line: "main", open: false, tone: "success" },
      type: "final",
    },
    cancelled: {
      meta: { title: "取消", line: "side", open: false, tone: "neutral" },
      type: "final",
    },
  },
});

export type PensionRunState = StateValueFrom<typeof machine>;
export type PensionRunEventType = keyof typeof events;

/** A payment of pensions (定期支払): prepared with each line to be looked at, approved by another, which makes them payable. */
export const reliefPensionRunV1 = {
  kind: "relief-pension-run",
  version: 1,
  title: "年金の定期支払",
  machine,
  events,
  checks: pensionRunChecks,
} satisfies FlowDefinition<PensionRunContext>;
