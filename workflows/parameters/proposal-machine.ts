import { setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "../flows/definition.ts";
import { byAnother, decidedByAnother } from "../flows/two-people.ts";

/** What the machine may know of a proposed row of a city parameter (制度の数値). */
export interface CityParameterContext {
  actingStaffId: number;
  requestedBy: number;
  /** Whether cases were reckoned anew with it. */
  tried: boolean;
}

const checks = {
  notRequester: { reason: "自分が起案した数値は、承認も却下もできません。", holds: byAnother },
  tried: {
    reason: "実際の案件での試算が、まだ終わっていません。終わるまでお待ちください。",
    holds: (context) => context.tried,
  },
} as const satisfies Record<string, Check<CityParameterContext>>;

const events = {
  approve: { title: "承認する", right: "city-parameter.approve", comment: "optional" },
  refuse: { title: "却下する", right: "city-parameter.approve", comment: "optional" },
} as const satisfies Record<string, EventRule>;
export type CityParameterEvent = keyof typeof events;

const { waiting, refused } = decidedByAnother(meets("notRequester"));

const machine = setup({
  types: {
    context: {} as CityParameterContext,
    events: {} as { type: CityParameterEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "city-parameter",
  initial: "waiting",
  context: {} as CityParameterContext,
  states: {
    waiting: {
      ...waiting,
      on: { ...waiting.on, approve: { target: "approved", guard: meets("notRequester", "tried") } },
    },
    refused,
    // Never changed afterwards: a later row replaces it from its day on.
    approved: {
      meta: { title: "承認済", line: "main", open: false, tone: "success" },
      type: "final",
    },
  },
});

/** 制度の数値: a row is proposed by one person, tried on real cases and decided by another. States are `decision` of the row. */
export const cityParameterV1: FlowDefinition<CityParameterContext> = {
  kind: "city/parameter",
  version: 1,
  title: "制度の数値",
  machine,
  events,
  checks,
};
