import { setup } from "xstate";
import {
  anotherPerson,
  endings,
  remanding,
  stages,
  withdrawing,
} from "#workflows/cases/application.ts";
import {
  applied,
  type ChangeEvent,
  type ChangeFacts,
  changeChecks,
  changeEvents,
  examiningReport,
  reported,
} from "#workflows/cases/change.ts";
import { check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { effects, letter } from "#workflows/cases/effects.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/** What the machine may know of a report of change or loss (変更届・喪失届). */
export interface ChangeContext extends ChangeFacts {
  /** The entitlement ends by this report. */
  loss: boolean;
}

const checks = {
  ...changeChecks,
  noLoss: check<ChangeContext>("喪失には決裁が必要です。", (c) => !c.loss),
  loss: check<ChangeContext>(
    "変更届には決裁は要りません。確認のうえ反映してください。",
    (c) => c.loss,
  ),
} as const;

const events = {
  ...changeEvents,
  requestDecision: {
    title: "喪失を起案して決裁に回す",
    right: "case.propose",
    comment: "optional",
    act: "propose",
    subject: "loss",
    forward: true,
  },
} as const satisfies Record<string, CaseEventRule<never>>;

const machine = setup({
  types: {
    context: {} as ChangeContext,
    events: {} as ChangeEvent | { type: "requestDecision" },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
  actions: effects,
}).createMachine({
  id: "child-medical/change",
  initial: "received",
  context: {} as ChangeContext,
  states: {
    ...reported,
    examination: {
      meta: stages.examination,
      on: {
        ...examiningReport,
        apply: {
          target: "applied",
          guard: meets("confirmed", "noLoss", "entitled"),
          actions: [letter("change")],
        },
        requestDecision: { target: "approval", guard: meets("confirmed", "loss", "entitled") },
        ...withdrawing,
      },
    },
    approval: {
      meta: stages.approval,
      on: {
        approve: {
          target: "applied",
          guard: meets(...anotherPerson, "entitled"),
          actions: [letter("loss")],
        },
        ...remanding,
      },
    },
    ...applied,
    withdrawn: endings.withdrawn,
  },
});

/** The report of a change or a loss, first version. */
export const changeV1: CaseDefinition<ChangeContext> = {
  kind: "child-medical/change",
  version: 1,
  title: "こども医療費助成 変更・喪失届",
  machine,
  events,
  checks,
};
