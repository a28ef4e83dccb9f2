import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of the report of a year. */
export interface MistakeYearContext {
  actingStaffId: number;
  preparedBy: number;
}

const check = (reason: string, holds: Check<MistakeYearContext>["holds"]) => ({ reason, holds });

export const mistakeYearChecks = {
  notPreparer: check(
    "作成した人は決裁できません。別の決裁者が決裁してください。",
    ({ preparedBy, actingStaffId }) => preparedBy !== actingStaffId,
  ),
} as const;

const [enter, approve] = [{ right: "case.enter" }, { right: "case.approve" }] as const;

const events = {
  refresh: { title: "事案を集め直す", ...enter, comment: "optional" },
  approve: { title: "年次報告を決裁する", ...approve, comment: "optional", forward: true },
  return: { title: "差し戻す", ...approve, comment: "optional" },
  send: { title: "報告した日を入力する", ...enter, comment: "optional", forward: true },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as MistakeYearContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(mistakeYearChecks) },
}).createMachine({
  id: "vaccination-mistake-year",
  initial: "prepared",
  context: {} as MistakeYearContext,
  states: {
    prepared: {
      meta: {
        title: "決裁待ち",
        line: "main",
        open: true,
        tone: "warning",
        waits: { title: "間違い接種の年次報告の決裁", ...approve },
      },
      on: {
        refresh: "prepared",
        approve: { target: "approved", guard: meets("notPreparer") },
      },
    },
    approved: {
      meta: {
        title: "報告待ち",
        line: "main",
        open: true,
        waits: { title: "間違い接種の年次報告", ...enter },
      },
      on: { return: "prepared", send: "sent" },
    },
    sent: {
      meta: { title: "報告済み", line: "main", open: false, tone: "success" },
      type: "final",
    },
  },
});

export type MistakeYearState = StateValueFrom<typeof machine>;
export type MistakeYearEvent = keyof typeof events;

/** The yearly report of 間違い接種: prepared by one person, approved by another, sent outside of the program. */
export const mistakeYearV1 = {
  kind: "vaccination-mistake-year",
  version: 1,
  title: "間違い接種の年次報告",
  machine,
  events,
  checks: mistakeYearChecks,
} satisfies FlowDefinition<MistakeYearContext>;
