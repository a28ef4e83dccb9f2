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

/** What the machine may know of a request of another municipality. */
export interface HandOnContext {
  /** The provision was let through: at once, or by a release. */
  provided: boolean;
  /** It waits for a release (自動応答不可). */
  waiting: boolean;
  /** The provision was refused, and it was entered that it was. */
  refused: boolean;
}

const check = (reason: string, holds: Check<HandOnContext>["holds"]) => ({ reason, holds });

export const handOnChecks = {
  provided: check(
    "回答には、提供先の表にある提供先、根拠、項目が要ります。自動応答不可の方は、ほかの職員の解除を待ちます。",
    ({ provided }) => provided,
  ),
  waiting: check("解除を待つ回答ではありません。", ({ waiting }) => waiting),
  refused: check("拒否された提供ではありません。", ({ refused }) => refused),
} as const;

const ask = { right: "provision.request" } as const;

const events = {
  answer: { title: "回答書を作る", ...ask, comment: "optional", forward: true, scheduled: true },
  hold: { title: "解除を待つ", ...ask, comment: "optional", scheduled: true },
  refuse: { title: "提供を拒否された", ...ask, comment: "optional", scheduled: true },
  decline: { title: "回答しない", ...ask, comment: "required" },
} as const satisfies Record<string, EventRule>;

const machine = setup({
  types: {
    context: {} as HandOnContext,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(handOnChecks) },
}).createMachine({
  id: "vaccination-hand-on",
  initial: "received",
  context: {} as HandOnContext,
  states: {
    received: {
      meta: main("受付", { waits: { title: "他市町村の照会への回答", ...ask } }),
      on: {
        answer: { target: "answered", guard: meets("provided") },
        hold: { target: "awaiting-release", guard: meets("waiting") },
        refuse: { target: "refused", guard: meets("refused") },
        decline: "declined",
      },
    },
    "awaiting-release": {
      meta: side("解除待ち", {
        open: true,
        tone: "warning",
        waits: { title: "解除された回答", ...ask },
      }),
      on: { answer: { target: "answered", guard: meets("provided") }, decline: "declined" },
    },
    answered: { meta: main("回答済", { open: false, tone: "success" }), type: "final" },
    refused: { meta: side("提供拒否", { open: false, tone: "error" }), type: "final" },
    declined: { meta: side("回答せず", { open: false, tone: "neutral" }), type: "final" },
  },
});

export type HandOnState = StateValueFrom<typeof machine>;

/** 他市町村からの照会への回答: records of somebody who moved away, handed on as a provision on a listed basis (PRV-1, PRV-2). */
export const handOnV1 = {
  kind: "vaccination-hand-on",
  version: 1,
  title: "他市町村の照会への回答",
  machine,
  events,
  checks: handOnChecks,
} satisfies FlowDefinition<HandOnContext>;

/** Why nothing is answered. */
export const declineReasons = {
  "not-ours": "本市の住民だった方ではない",
  "no-basis": "照会に法令の根拠がない",
  withdrawn: "照会が取り下げられた",
  "entered-twice": "二重の受付",
  other: "その他",
} as const;
