import { type StateValueFrom, setup } from "xstate";
import {
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
} from "#workflows/flows/definition.ts";
import {
  actions,
  approve,
  checks as common,
  events as commonEvents,
  type RunContext,
  type RunStateMeta,
  side,
  startJob,
  states,
  withdraw,
} from "./states.ts";

const checks = {
  ...common,
  notAsker: {
    reason: "取下げを求めた人は承認できません。別の決裁者が承認してください。",
    holds: ({ withdrawalAskedBy, actingStaffId }: RunContext) =>
      withdrawalAskedBy !== actingStaffId,
  },
} as const;

const events = {
  ...commonEvents,
  "ask-withdrawal": {
    title: "取下げを求める",
    right: ["mailing.prepare", "mailing.download"],
    comment: "required",
  },
  withdraw: { title: "取下げを承認する", ...approve, comment: "optional" },
  "refuse-withdrawal": { title: "取下げを認めない", ...approve, comment: "required" },
  "retract-withdrawal": {
    title: "取下げの求めをやめる",
    right: ["mailing.prepare", "mailing.download"],
    comment: "optional",
  },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as RunContext,
    events: {} as { type: keyof typeof events },
    meta: {} as RunStateMeta,
  },
  guards: { meets: guardOf<RunContext, keyof typeof checks>(checks) },
  actions,
}).createMachine({
  id: "mailing-run",
  initial: "preparing",
  context: {} as RunContext,
  states: {
    ...states,
    complete: {
      ...states.complete,
      on: { ...states.complete.on, "ask-withdrawal": "withdrawal-asked" },
    },
    "withdrawal-asked": {
      meta: side("取下げの承認待ち", {
        tone: "warning",
        made: true,
        waits: { title: "発送データの取下げの承認", ...approve, byAnother: "請求" },
      }),
      on: {
        withdraw: {
          target: "withdrawn",
          guard: meets("notAsker"),
          actions: [withdraw, startJob("mailing.erase")],
        },
        "refuse-withdrawal": "complete",
        "retract-withdrawal": "complete",
      },
    },
    withdrawn: { meta: side("取下げ", { open: false, void: true }), type: "final" },
  },
});

export type RunState = StateValueFrom<typeof machine>;

/**
 * 一括発送の一回, as version 1; and a package that is made and not yet handed over can be withdrawn (取下げ): asked for with a
 * reason, approved by another person.
 */
export const mailingRunV2 = {
  kind: "mailing-run",
  version: 2,
  title: "一括発送",
  machine,
  events,
  checks,
} satisfies FlowDefinition<RunContext>;
