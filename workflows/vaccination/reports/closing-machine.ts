import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of the closing of a month. */
export interface ReportClosingContext {
  actingStaffId: number;
  preparedBy: number;
}

export const reportClosingChecks = {
  notPreparer: {
    reason: "集計した人は締められません。別の決裁者が締めてください。",
    holds: ({ preparedBy, actingStaffId }) => preparedBy !== actingStaffId,
  } satisfies Check<ReportClosingContext>,
} as const;

const [enter, approve] = [{ right: "case.enter" }, { right: "case.approve" }] as const;

const events = {
  refresh: { title: "集計し直す", ...enter, comment: "optional" },
  close: { title: "この数で締める", ...approve, comment: "optional", forward: true },
  discard: { title: "この集計をやめる", ...enter, comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as ReportClosingContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(reportClosingChecks) },
}).createMachine({
  id: "vaccination-report-closing",
  initial: "prepared",
  context: {} as ReportClosingContext,
  states: {
    prepared: {
      meta: {
        title: "締め待ち",
        line: "main",
        open: true,
        tone: "warning",
        waits: { title: "予防接種の報告の締め", ...approve },
      },
      on: {
        refresh: "prepared",
        close: { target: "closed", guard: meets("notPreparer") },
        discard: "discarded",
      },
    },
    closed: {
      meta: { title: "締め済み", line: "main", open: false, tone: "success" },
      type: "final",
    },
    discarded: { meta: { title: "取りやめ", line: "side", open: false }, type: "final" },
  },
});

export type ReportClosingState = StateValueFrom<typeof machine>;
export type ReportClosingEvent = keyof typeof events;

/** 締め of a month of the reports of 予防接種: counted by one person, closed by another; what was told later corrects the next one. */
export const reportClosingV1 = {
  kind: "vaccination-report-closing",
  version: 1,
  title: "予防接種の報告の締め",
  machine,
  events,
  checks: reportClosingChecks,
} satisfies FlowDefinition<ReportClosingContext>;
