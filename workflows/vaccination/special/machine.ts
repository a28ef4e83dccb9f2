import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";
import { main, side } from "#workflows/flows/states.ts";

/** What the machine may know of an entry. */
export interface SpecialContext {
  actingStaffId: number;
  /** Who entered or changed it last. */
  enteredBy: number;
  /** A second person decides it (長期療養特例). */
  two: boolean;
}

const check = (reason: string, holds: Check<SpecialContext>["holds"]) => ({ reason, holds });

export const specialChecks = {
  notEnterer: check(
    "入力した人は決裁できません。別の決裁者が決裁してください。",
    ({ enteredBy, actingStaffId }) => enteredBy !== actingStaffId,
  ),
  byTwo: check("決裁の要らない内容です。「訂正する」で直してください。", ({ two }) => two),
  byOne: check("決裁の要る内容です。「直して決裁を求める」で直してください。", ({ two }) => !two),
} as const;

const [enter, approve] = [{ right: "case.enter" }, { right: "case.approve" }] as const;

const events = {
  approve: { title: "決裁する", ...approve, comment: "optional", forward: true },
  return: { title: "差し戻す", ...approve, comment: "required" },
  correct: { title: "訂正する", ...enter, comment: "optional", scheduled: true },
  amend: { title: "直して決裁を求める", ...enter, comment: "optional", scheduled: true },
  end: { title: "終わりの日を入力する", ...enter, comment: "required" },
  withdraw: { title: "取り下げる", ...enter, comment: "required" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as SpecialContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(specialChecks) },
}).createMachine({
  id: "vaccination-special",
  initial: "awaiting",
  context: {} as SpecialContext,
  states: {
    awaiting: {
      meta: main("決裁待ち", {
        tone: "warning",
        waits: { title: "長期療養特例の決裁", ...approve },
      }),
      on: {
        approve: { target: "standing", guard: meets("byTwo", "notEnterer") },
        return: { target: "returned", guard: meets("notEnterer") },
        withdraw: "withdrawn",
      },
    },
    returned: {
      meta: {
        ...main("差戻し", {
          tone: "error",
          waits: { title: "差し戻された長期療養特例", ...enter },
        }),
        line: "side",
      },
      on: {
        amend: { target: "awaiting", guard: meets("byTwo") },
        withdraw: "withdrawn",
      },
    },
    standing: {
      meta: main("有効", { tone: "success", open: false }),
      on: {
        correct: { target: "standing", guard: meets("byOne") },
        amend: { target: "awaiting", guard: meets("byTwo") },
        end: "ended",
        withdraw: "withdrawn",
      },
    },
    ended: {
      meta: main("終了", { open: false, tone: "neutral" }),
      on: {
        correct: { target: "standing", guard: meets("byOne") },
        amend: { target: "awaiting", guard: meets("byTwo") },
      },
    },
    withdrawn: { meta: side("取下げ", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type SpecialState = StateValueFrom<typeof machine>;
export type SpecialEvent = keyof typeof events;

/** 特例・注意 of a person: entered and changed by one, 長期療養特例 in force only when another one has decided it. */
export const specialV1 = {
  kind: "vaccination-special",
  version: 1,
  title: "予防接種の特例・注意",
  machine,
  events,
  checks: specialChecks,
} satisfies FlowDefinition<SpecialContext>;
