import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of what a movement back in time left to be done. */
export interface FollowUpContext {
  actingStaffId: number;
  /** Who asked that nothing be done. */
  askedBy: number | null;
  /** What it asks for was done: a 過誤 or a 返還 that was approved, a receipt sent back, a certificate replaced. */
  met: boolean;
}

const check = (reason: string, holds: Check<FollowUpContext>["holds"]) => ({ reason, holds });

const checks = {
  met: check(
    "求める処理がまだ済んでいません。過誤・返還金の決裁、返戻、証の差替えの後に済みにできます。",
    ({ met }) => met,
  ),
  notAsker: check(
    "処理しないことを求めた人は決裁できません。別の職員が決裁してください。",
    ({ askedBy, actingStaffId }) => askedBy !== actingStaffId,
  ),
} as const;

const events = {
  settle: { title: "済みにする", right: "case.examine", comment: "optional", forward: true },
  "ask-drop": { title: "処理しないことを求める", right: "case.examine", comment: "optional" },
  drop: { title: "処理しないことを認める", right: "case.approve", comment: "optional" },
  keep: { title: "処理を続ける", right: "case.approve", comment: "optional" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as FollowUpContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
}).createMachine({
  id: "follow-up",
  initial: "open",
  context: {} as FollowUpContext,
  states: {
    open: {
      meta: {
        title: "処理待ち",
        line: "main",
        open: true,
        tone: "warning",
        waits: { title: "遡及に伴う処理", right: "case.examine" },
      },
      on: { settle: { target: "done", guard: meets("met") }, "ask-drop": "drop-asked" },
    },
    "drop-asked": {
      meta: {
        title: "不要の決裁待ち",
        line: "side",
        open: true,
        tone: "warning",
        waits: { title: "遡及に伴う処理を不要とする決裁", right: "case.approve" },
      },
      on: { drop: { target: "dropped", guard: meets("notAsker") }, keep: "open" },
    },
    done: { meta: { title: "済み", line: "main", open: false, tone: "success" }, type: "final" },
    dropped: {
      meta: { title: "処理不要", line: "side", open: false, tone: "neutral" },
      type: "final",
    },
  },
});

export type FollowUpState = StateValueFrom<typeof machine>;
export type FollowUpEventType = keyof typeof events;

/** 遡及に伴う処理: settled when it was done, or given up by two people. */
export const followUpV1 = {
  kind: "follow-up",
  version: 1,
  title: "遡及に伴う処理",
  machine,
  events,
  checks,
} satisfies FlowDefinition<FollowUpContext>;

/** Why nothing is done about what was paid on a basis that does not hold any more. */
export const dropReasons = {
  "not-affected": "診療日は資格のある日だった",
  "other-way": "保険者・医療機関との間で調整された",
  "small-amount": "市の定めにより求めない額",
  uncollectable: "回収できないと認められる",
  mistake: "同じものの処理が別にある",
} as const;
export type DropReason = keyof typeof dropReasons;
