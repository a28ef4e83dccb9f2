import { setup } from "xstate";
import { endings, remanding, stages, withdrawing } from "#workflows/cases/application.ts";
import {
  applied,
  type ChangeEvent,
  changeChecks,
  changeEvents,
  examiningReport,
  reported,
} from "#workflows/cases/change.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { effects, letter } from "#workflows/cases/effects.ts";
import {
  decidingMovement,
  lost,
  type MovementFacts,
  movementChecks,
  movementEvents,
  proposingMovement,
} from "#workflows/cases/movements.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

const checks = { ...changeChecks, ...movementChecks } as const;
const events = {
  ...changeEvents,
  ...movementEvents,
} as const satisfies Record<string, CaseEventRule<never>>;

const machine = setup({
  types: {
    context: {} as MovementFacts,
    events: {} as ChangeEvent | { type: keyof typeof movementEvents },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
  actions: effects,
}).createMachine({
  id: "child-medical/change",
  initial: "received",
  context: {} as MovementFacts,
  states: {
    ...reported,
    examination: {
      meta: stages.examination,
      on: {
        ...examiningReport,
        apply: {
          target: "applied",
          guard: meets("confirmed", "noDecisionNeeded", "entitled"),
          actions: [letter("change")],
        },
        ...proposingMovement,
        ...withdrawing,
      },
    },
    approval: { meta: stages.approval, on: { ...decidingMovement, ...remanding } },
    ...applied,
    ...lost,
    withdrawn: endings.withdrawn,
  },
});

/** The report of a change, 喪失, 停止, 再開 or 訂正, second version: the first knew changes of data and 喪失 alone. */
export const changeV2: CaseDefinition<MovementFacts> = {
  kind: "child-medical/change",
  version: 2,
  title: "こども医療費助成 変更・喪失届",
  machine,
  events,
  checks,
};

export type ChangeEventType = keyof typeof events;
