import { setup } from "xstate";
import {
  anotherPerson,
  certificates,
  endings,
  examining,
  held,
  holding,
  intake,
  proposed,
  proposingRejection,
  rejection,
  remanding,
  revocation,
  stages,
  withdrawing,
} from "#workflows/cases/application.ts";
import { type ApplicationFacts, applicationChecks } from "#workflows/cases/checks.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { effects, letter } from "#workflows/cases/effects.ts";
import { type ApplicationEvent, applicationEvents } from "#workflows/cases/events.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

const checks = {
  ...applicationChecks,
  noOverlap: {
    ...applicationChecks.noOverlap,
    reason: "同じ子に、期間の重なる資格があります。",
  },
} as const;

const machine = setup({
  types: {
    context: {} as ApplicationFacts,
    events: {} as ApplicationEvent,
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
  actions: effects,
}).createMachine({
  id: "child-medical/application",
  initial: "received",
  context: {} as ApplicationFacts,
  states: {
    ...intake,
    examination: {
      meta: stages.examination,
      on: {
        ...examining,
        ...holding,
        propose: {
          target: "proposed",
          guard: meets("confirmed", "documentsComplete", "periodKnown", "noOverlap"),
        },
        ...proposingRejection,
        ...withdrawing,
      },
    },
    ...held,
    ...proposed,
    approval: {
      meta: stages.approval,
      on: {
        approve: [
          {
            target: "certified",
            guard: meets("grant", ...anotherPerson, "noOverlap"),
            actions: [letter("grant")],
          },
          rejection,
        ],
        ...remanding,
      },
    },
    ...certificates,
    ...endings,
    ...revocation,
  },
});

/** The application for こども医療費助成, first version. */
export const applicationV1: CaseDefinition<ApplicationFacts> = {
  kind: "child-medical/application",
  version: 1,
  title: "こども医療費助成 申請",
  machine,
  events: applicationEvents,
  checks,
};
