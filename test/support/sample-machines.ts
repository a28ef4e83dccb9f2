import { setup } from "xstate";
import {
  anotherPerson,
  certificates,
  endings,
  examining,
  held,
  intake,
  proposed,
  proposingRejection,
  rejection,
  remanding,
  revocation,
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
import { type ApplicationFacts, applicationChecks, check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { effects, letter } from "#workflows/cases/effects.ts";
import { type ApplicationEvent, applicationEvents } from "#workflows/cases/events.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";

/* The machines of 見本手当: every application and every report of change of it. */

const program = "sample-allowance";

const applicationMachine = setup({
  types: {
    context: {} as ApplicationFacts,
    events: {} as ApplicationEvent,
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(applicationChecks) },
  actions: effects,
}).createMachine({
  id: `${program}/application`,
  initial: "received",
  context: {} as ApplicationFacts,
  states: {
    ...intake,
    examination: {
      meta: stages.examination,
      on: {
        ...examining,
        propose: { target: "proposed", guard: meets("confirmed", "noOverlap") },
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

export interface SampleChangeFacts extends ChangeFacts {
  loss: boolean;
}

const changeRules = {
  ...changeChecks,
  loss: check<SampleChangeFacts>("喪失の届出ではありません。", ({ loss }) => loss),
  noLoss: check<SampleChangeFacts>("喪失には決裁が必要です。", ({ loss }) => !loss),
} as const;

const reportEvents = {
  ...changeEvents,
  requestLoss: {
    title: "喪失を起案して決裁に回す",
    right: "case.propose",
    act: "propose",
    subject: "loss",
    comment: "optional",
    forward: true,
  },
} as const satisfies Record<string, CaseEventRule<never>>;

const changeMachine = setup({
  types: {
    context: {} as SampleChangeFacts,
    events: {} as ChangeEvent | { type: "requestLoss" },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(changeRules) },
  actions: effects,
}).createMachine({
  id: `${program}/change`,
  initial: "received",
  context: {} as SampleChangeFacts,
  states: {
    ...reported,
    examination: {
      meta: stages.examination,
      on: {
        ...examiningReport,
        apply: { target: "applied", guard: meets("confirmed", "noLoss") },
        requestLoss: { target: "approval", guard: meets("confirmed", "loss", "entitled") },
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

export const applicationV1: CaseDefinition<ApplicationFacts> = {
  kind: `${program}/application`,
  version: 1,
  title: "見本手当 申請",
  machine: applicationMachine,
  events: applicationEvents,
  checks: applicationChecks,
};

export const changeV1: CaseDefinition<SampleChangeFacts> = {
  kind: `${program}/change`,
  version: 1,
  title: "見本手当 変更・喪失届",
  machine: changeMachine,
  events: reportEvents,
  checks: changeRules,
};
