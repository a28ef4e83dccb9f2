import { type StateValueFrom, setup } from "xstate";
import {
  type Check,
  type EventRule,
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";

/** What the machine may know of an account. */
export interface AccountContext {
  actingStaffId: number;
  /** Who typed it, and who made it an account by a decision. */
  enterers: readonly number[];
  /** Whether a payment to it is on its way. */
  underWay: boolean;
}

const check = (reason: string, holds: Check<AccountContext>["holds"]) => ({ reason, holds });

export const accountChecks = {
  notEnterer: check(
    "入力した人や決裁した人は確認できません。別の職員が通帳などと照らし合わせてください。",
    ({ enterers, actingStaffId }) => !enterers.includes(actingStaffId),
  ),
  noneUnderWay: check(
    "この口座への振込の手続が進んでいます。その支払を回から外すか、結果を待ってください。",
    ({ underWay }) => !underWay,
  ),
} as const;

const rule = { right: "payment-account.handle", comment: "optional" } as const;
const events = {
  confirm: { title: "口座を確認する", ...rule },
  refuse: { title: "口座を使わない", ...rule },
  replace: { title: "新しい口座に替える", ...rule, scheduled: true },
  close: { title: "口座の使用をやめる", ...rule },
} as const satisfies Record<string, EventRule>;

const meta = (title: string, rest: Partial<StateMeta> = {}): StateMeta => ({
  title,
  line: "main",
  open: true,
  ...rest,
});

const machine = setup({
  types: {
    context: {} as AccountContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(accountChecks) },
}).createMachine({
  id: "payment-account",
  initial: "provisional",
  context: {} as AccountContext,
  states: {
    provisional: {
      meta: meta("確認待ち", {
        tone: "warning",
        waits: { title: "口座の確認", right: "payment-account.handle" },
      }),
      on: {
        confirm: { target: "confirmed", guard: meets("notEnterer") },
        refuse: "refused",
        replace: "replaced",
      },
    },
    confirmed: {
      meta: meta("使用中", { tone: "success" }),
      on: { close: { target: "closed", guard: meets("noneUnderWay") } },
    },
    closed: { meta: meta("使用終了", { open: false, tone: "neutral" }), type: "final" },
    refused: {
      meta: meta("使わない", { line: "side", open: false, tone: "error" }),
      type: "final",
    },
    replaced: {
      meta: meta("入力し直し", { line: "side", open: false, tone: "neutral" }),
      type: "final",
    },
  },
});

export type AccountState = StateValueFrom<typeof machine>;

/** 振込先口座: typed by one person, compared with the passbook or another evidence by a second one, used until a later one takes its place. */
export const accountV1 = {
  kind: "payment-account",
  version: 1,
  title: "振込先口座",
  machine,
  events,
  checks: accountChecks,
} satisfies FlowDefinition<AccountContext>;
