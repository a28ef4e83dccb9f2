import { type StateValueFrom, setup } from "xstate";
import type { EventRule, FlowDefinition, StateMeta } from "#workflows/flows/definition.ts";

const handled = { right: "certificate.issue", comment: "optional" } as const;

const events = {
  return: { title: "返ってきた", ...handled, forward: true },
  lose: { title: "紛失していた", ...handled },
  destroy: { title: "本人が破棄した", ...handled },
  keep: { title: "返さなくてよい", ...handled },
  reopen: { title: "未回収に戻す", ...handled },
  "give-again": { title: "もう一度渡す", ...handled },
} as const satisfies Record<string, EventRule>;

const settled = (title: string, tone: StateMeta["tone"]): StateMeta => ({
  title,
  line: "main",
  open: false,
  ...(tone ? { tone } : {}),
});

const machine = setup({
  types: {
    context: {} as object,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
}).createMachine({
  id: "certificate-return",
  initial: "outstanding",
  states: {
    outstanding: {
      meta: {
        title: "未回収",
        line: "main",
        open: true,
        tone: "warning",
        waits: { title: "証の回収", right: handled.right },
      },
      on: { return: "returned", lose: "lost", destroy: "destroyed", keep: "kept" },
    },
    returned: {
      meta: settled("回収済み", "success"),
      // What 停止 took back is given again once the entitlement goes on.
      on: { reopen: "outstanding", "give-again": "kept" },
    },
    lost: { meta: settled("紛失", "neutral"), on: { reopen: "outstanding" } },
    destroyed: { meta: settled("破棄", "neutral"), on: { reopen: "outstanding" } },
    kept: { meta: settled("回収不要", "neutral"), on: { reopen: "outstanding" } },
  },
});

export type CertificateReturnState = StateValueFrom<typeof machine>;
export type CertificateReturnEventType = keyof typeof events;

/** 証の回収: of a certificate that is not valid any more. */
export const certificateReturnV1 = {
  kind: "certificate-return",
  version: 1,
  title: "証の回収",
  machine,
  events,
  checks: {},
} satisfies FlowDefinition<object>;
