import { setup } from "xstate";
import { anotherPerson, rejection, remanding, stages } from "#workflows/cases/application.ts";
import { check } from "#workflows/cases/checks.ts";
import type { CaseDefinition, CaseEventRule } from "#workflows/cases/definition.ts";
import { effects, letter } from "#workflows/cases/effects.ts";
import {
  type MovementFacts,
  movementChecks,
  movementEvents,
  proposingMovement,
} from "#workflows/cases/movements.ts";
import { guardOf, meets, type StateMeta } from "#workflows/flows/definition.ts";
import {
  decidingLossOrAddition,
  examiningHousehold,
  householdAfter,
  householdChecks,
  householdEvents,
  householdReceived,
  type SingleParentChangeFacts,
} from "./change-machine.ts";

/** What the second version may know of a report: what it does to the entitlements, and whether their days may be corrected. */
export interface SingleParentMovementFacts
  extends SingleParentChangeFacts,
    Pick<MovementFacts, "movement" | "correctable"> {}

const { ofSuspension, ofResumption, ofCorrection, correctable } = movementChecks;
const checks = {
  ...householdChecks,
  ofSuspension,
  ofResumption,
  ofCorrection,
  correctable,
  /** What is lost may still be corrected; nothing else is decided of it. */
  standing: check<SingleParentMovementFacts>(
    "届出の対象の資格が、喪失または取消しになっています。",
    ({ movement, correctable: may, entitled }) => (movement === "corrected" ? may : entitled),
  ),
} as const;

const { requestSuspension, requestResumption, requestCorrection } = movementEvents;
const events = {
  ...householdEvents,
  requestSuspension,
  requestResumption,
  requestCorrection,
} as const satisfies Record<string, CaseEventRule<never>>;

export type SingleParentChangeEventType = keyof typeof events;

const { requestDecision: _, ...proposing } = proposingMovement;

const machine = setup({
  types: {
    context: {} as SingleParentMovementFacts,
    events: {} as { type: keyof typeof events },
    meta: {} as StateMeta,
  },
  guards: { meets: guardOf(checks) },
  actions: effects,
}).createMachine({
  id: "single-parent-medical/change",
  initial: "received",
  context: {} as SingleParentMovementFacts,
  states: {
    received: householdReceived,
    examination: { meta: stages.examination, on: { ...examiningHousehold, ...proposing } },
    approval: {
      meta: stages.approval,
      on: {
        approve: [
          ...decidingLossOrAddition,
          {
            target: "issuing",
            guard: meets("change", "certificateDue", "ofBenefit", ...anotherPerson, "entitled"),
            actions: [letter("change")],
          },
          {
            target: "applied",
            guard: meets("change", "noCertificateDue", ...anotherPerson, "standing", "noOverlap"),
            actions: [letter("change")],
          },
          rejection,
        ],
        ...remanding,
      },
    },
    ...householdAfter,
  },
});

/** The report of a change, 喪失, 停止, 再開 or 訂正 in a household, second version: the first knew no 停止, 再開 and 訂正. */
export const changeV2: CaseDefinition<SingleParentMovementFacts> = {
  kind: "single-parent-medical/change",
  version: 2,
  title: "ひとり親家庭等医療費助成 変更・喪失届",
  machine,
  events,
  checks,
};
