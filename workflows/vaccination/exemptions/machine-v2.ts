import { setup } from "xstate";
import {
  type FlowDefinition,
  guardOf,
  meets,
  type StateMeta,
} from "#workflows/flows/definition.ts";
import {
  type ExemptionContext,
  exemptionChecks,
  exemptionEvents1,
  exemptionStates1,
} from "./machine.ts";

/** What version 2 may know besides. */
export interface ExemptionContext2 extends ExemptionContext {
  /** The person died or moved out, by the register. */
  gone: boolean;
}

const checks = {
  ...exemptionChecks,
  notExaminer: {
    reason: "審査した人は決裁できません。別の決裁者が決裁してください。",
    holds: ({ examinedBy, actingStaffId }: ExemptionContext2) => examinedBy !== actingStaffId,
  },
  gone: {
    reason: "転出も死亡もしていません。",
    holds: ({ gone }: ExemptionContext2) => gone,
  },
} as const;

const events = {
  ...exemptionEvents1,
  expire: {
    title: "転出・死亡による失効",
    right: "system.run",
    comment: "optional",
    scheduled: true,
  },
} as const;
export type ExemptionEvent = keyof typeof events;

const { proposed, granted, issued, revoking } = exemptionStates1;
const expire = { target: "lapsed", guard: meets("gone") } as const;

const machine = setup({
  types: {
    context: {} as ExemptionContext2,
    events: {} as { type: ExemptionEvent },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf<ExemptionContext2, keyof typeof checks>(checks) },
}).createMachine({
  id: "vaccination-exemption",
  initial: "received",
  context: {} as ExemptionContext2,
  states: {
    ...exemptionStates1,
    proposed: {
      ...proposed,
      on: {
        ...proposed.on,
        grant: {
          target: "granted",
          guard: meets("grants", "evidenceSeen", "notProposer", "notExaminer"),
        },
        refuse: { target: "refused", guard: meets("refuses", "notProposer", "notExaminer") },
      },
    },
    granted: { ...granted, on: { ...granted.on, expire } },
    issued: { ...issued, on: { ...issued.on, expire } },
    revoking: { ...revoking, on: { ...revoking.on, expire } },
  },
});

/**
 * 自己負担減免の申請: received, examined, proposed by one person and decided by another, who did not examine it either; then the
 * certificate or the letter. What was granted ends by itself when the person died or moved out.
 */
export const exemptionV2 = {
  kind: "vaccination-exemption",
  version: 2,
  title: "自己負担減免の申請",
  machine,
  events,
  checks,
} satisfies FlowDefinition<ExemptionContext2>;
