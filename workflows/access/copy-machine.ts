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

/** What the machine may know of a copy of a list (一覧の写し). */
export interface CopyContext {
  actingStaffId: number;
  requestedBy: number;
  /** Whether the last day on which it may be taken has passed. */
  expired: boolean;
  /** Whether it was taken at all. */
  taken: boolean;
  /** Whether the day by which it was to be erased has passed. */
  overdue: boolean;
}

const checks = {
  notRequester: {
    reason: "自分が申請した写しは、承認も却下もできません。",
    holds: byAnother,
  },
  requester: {
    reason: "写しを受け取れるのは、申請した本人だけです。",
    holds: (c) => c.requestedBy === c.actingStaffId,
  },
  inTime: {
    reason: "受け取れる期限を過ぎました。もう一度申請してください。",
    holds: (c) => !c.expired,
  },
  taken: {
    reason: "まだ受け取られていない写しに、廃棄するものはありません。",
    holds: (c) => c.taken,
  },
  whoeverTook: {
    reason: "廃棄を入力するのは、写しを受け取った本人です。",
    holds: (c) => c.requestedBy === c.actingStaffId,
  },
  notWhoeverTook: {
    reason: "自分が受け取った写しは、「廃棄した」と入力してください。",
    holds: byAnother,
  },
  overdue: {
    reason: "廃棄の期限までは、写しを受け取った本人が入力します。",
    holds: (c) => c.overdue,
  },
} as const satisfies Record<string, Check<CopyContext>>;

/**
 * A copy of a list: asked for by one person, allowed by another, taken by the first, and erased. States are `decision` of the
 * row, and `erased`.
 *
 * @param rights of whoever asks, and of whoever allows
 */
function copyFlow(kind: string, title: string, rights: { asks: string; allows: string }) {
  const { asks, allows } = rights;
  const events = {
    approve: { title: "承認する", right: allows, comment: "optional" },
    refuse: { title: "却下する", right: allows, comment: "optional" },
    take: { title: "受け取る", right: asks, comment: "optional" },
    erase: { title: "廃棄した", right: asks, comment: "optional" },
    confirm: { title: "廃棄を確認した", right: allows, comment: "optional" },
  } as const satisfies Record<string, EventRule>;
  const machine = setup({
    types: {
      context: {} as CopyContext,
      events: {} as { type: keyof typeof events },
      meta: {} as StateMeta,
    },
    guards: { meets: guardOf(checks) },
  }).createMachine({
    id: "copy",
    initial: "waiting",
    context: {} as CopyContext,
    states: {
      ...decidedByAnother(meets("notRequester")),
      approved: {
        meta: { title: "承認済", line: "main", open: false, tone: "success" },
        on: {
          take: { target: "approved", guard: meets("requester", "inTime") },
          erase: { target: "erased", guard: meets("taken", "whoeverTook") },
          confirm: { target: "erased", guard: meets("taken", "notWhoeverTook", "overdue") },
        },
      },
      erased: {
        meta: { title: "廃棄済", line: "main", open: false, tone: "info" },
        type: "final",
      },
    },
  });
  return { kind, version: 1, title, machine, events, checks } satisfies FlowDefinition<CopyContext>;
}

/** 一覧の写し of a 事務. */
export const copyV1: FlowDefinition<CopyContext> = copyFlow("access/copy", "一覧の写し", {
  asks: "copy.request",
  allows: "copy.approve",
});

/** アクセス記録の写し: allowed by the privacy officer. */
export const logCopyV1: FlowDefinition<CopyContext> = copyFlow(
  "access/log-copy",
  "アクセス記録の写し",
  { asks: "audit.read", allows: "audit-copy.approve" },
);
