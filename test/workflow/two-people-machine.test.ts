import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  readyApplication,
  readyChange,
  readyHousehold,
  readyHouseholdChange,
  readyHouseholdMovement,
  readyMovement,
  readyPatient,
  readyPatientChange,
} from "#test/support/case-facts.ts";
import type { CaseFacts } from "#workflows/cases/checks.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import * as change from "#workflows/child-medical/change-machine.ts";
import { changeV2 } from "#workflows/child-medical/change-machine-v2.ts";
import * as application from "#workflows/child-medical/machine.ts";
import { answer, eventsFrom, firstState } from "#workflows/flows/answer.ts";
import * as patientChange from "#workflows/intractable-disease/change-machine.ts";
import * as patient from "#workflows/intractable-disease/machine.ts";
import { applicationV2 as patientV2 } from "#workflows/intractable-disease/machine-v2.ts";
import * as householdChange from "#workflows/single-parent-medical/change-machine.ts";
import * as householdMovement from "#workflows/single-parent-medical/change-machine-v2.ts";
import * as household from "#workflows/single-parent-medical/machine.ts";

type Facts = CaseFacts & { proposal?: unknown; exOfficio?: boolean };

/**
 * Plays tries of three people at a case and keeps its facts as the acts of the steps change them. A
 * try names one of the events that the present state knows by its place. Yields each step before its
 * act changes the facts.
 */
function* play(
  definition: CaseDefinition,
  ready: Facts,
  tries: readonly (readonly [place: number, staff: number])[],
) {
  const facts: Facts = {
    ...ready,
    identityCheckedOn: null,
    enteredBy: null,
    confirmedBy: null,
    preparedBy: null,
  };
  let state = firstState(definition);
  for (const [place, staff] of tries) {
    facts.actingStaffId = staff;
    // A withdrawal would soon end every play.
    const types = eventsFrom(definition, state, facts as never).filter((one) => one !== "withdraw");
    const type = types[place % types.length];
    if (!type) return;
    const got = answer(definition, state, facts as never, { type, until: "2026-12-04" });
    if (!got.possible) continue;
    state = got.state;
    const { act, subject } = definition.events[type] ?? {};
    yield { act, staff, state, facts };
    if (act === "identify") facts.identityCheckedOn = "2026-11-20";
    if (act === "enter") Object.assign(facts, { enteredBy: staff, confirmedBy: null });
    if (act === "confirm") facts.confirmedBy = staff;
    if (act === "propose") Object.assign(facts, { proposal: subject, preparedBy: staff });
    if (act === "approve" || act === "remand" || act === "retract")
      Object.assign(facts, { proposal: null, preparedBy: null });
  }
}

const tries = fc.array(fc.tuple(fc.nat(1_000), fc.integer({ min: 1, max: 3 })), {
  maxLength: 120,
  size: "max",
});

/** Plays many times and looks at every step; tells how often it came to each state. */
function playing(
  definition: CaseDefinition,
  ready: Facts,
  look: (step: { act: string | undefined; staff: number; state: string; facts: Facts }) => void,
): Map<string, number> {
  const reached = new Map<string, number>();
  fc.assert(
    fc.property(tries, (tried) => {
      for (const step of play(definition, ready, tried)) {
        look(step);
        reached.set(step.state, (reached.get(step.state) ?? 0) + 1);
      }
    }),
    { numRuns: 300 },
  );
  return reached;
}

function expectTwoPeople({ identityCheckedOn, enteredBy, confirmedBy, ...facts }: Facts) {
  if (!facts.exOfficio) expect(identityCheckedOn).not.toBeNull();
  expect(enteredBy).not.toBeNull();
  expect(confirmedBy).not.toBeNull();
  expect(confirmedBy).not.toBe(enteredBy);
}

function expectAnotherPerson(staff: number, { enteredBy, preparedBy }: Facts) {
  expect(preparedBy).not.toBeNull();
  expect([preparedBy, enteredBy]).not.toContain(staff);
}

describe.each([
  { definition: application.applicationV1 as CaseDefinition, ready: readyApplication },
  { definition: household.applicationV1 as CaseDefinition, ready: readyHousehold },
  { definition: patient.applicationV1 as CaseDefinition, ready: readyPatient },
  { definition: patientV2 as CaseDefinition, ready: readyPatient },
])("$definition.title", ({ definition, ready }) => {
  test("何を試しても、本人確認・入力・確認・別の人の決裁なしには認定も却下もされない", () => {
    const reached = playing(definition, ready, ({ act, staff, state, facts }) => {
      if (act === "approve") expectAnotherPerson(staff, facts);
      if (act === "approve" || state === "certified" || state === "rejected")
        expectTwoPeople(facts);
    });
    for (const state of ["certified", "issued", "rejected", "revoked"])
      expect(reached.get(state), state).toBeGreaterThan(0);
  });
});

test("所得が分からない人や限度額以上の人がいれば、何を試しても認定されない", () => {
  for (const facts of [{ incomesUnknown: 1 }, { incomesOverLimit: 1 }, { categoryProven: false }]) {
    const reached = playing(
      household.applicationV1 as CaseDefinition,
      { ...readyHousehold, ...facts } as Facts,
      () => {},
    );
    expect(reached.get("rejected")).toBeGreaterThan(0);
    expect(reached.get("certified")).toBeUndefined();
  }
});

test("不認定は審査会の答申なしに決まらず、答申に反する認定も、上限月額の決まらない認定もない", () => {
  const certified = (facts: Partial<typeof readyPatient>) => {
    const seen = new Set<string>();
    const definition = patientV2 as CaseDefinition;
    const reached = playing(definition, { ...readyPatient, ...facts } as Facts, () => {});
    for (const state of reached.keys()) seen.add(state);
    return seen.has("certified");
  };
  expect(certified({ panelAnswer: "fails" })).toBe(false);
  expect(certified({ capKnown: false })).toBe(false);
  expect(certified({ awaitsHeadOffice: true })).toBe(false);
  for (const panelAnswer of [null, "meets", "deferred"] as const)
    expect(
      answer(
        patientV2,
        "examination",
        { ...readyPatient, panelAnswer },
        {
          type: "proposeRejection",
        },
      ),
    ).toMatchObject({ possible: false });
});

describe.each([
  {
    about: "変更",
    definition: change.changeV1 as CaseDefinition,
    ready: readyChange,
    end: "applied",
  },
  {
    about: "住民記録による喪失",
    definition: change.changeV1 as CaseDefinition,
    ready: { ...readyChange, exOfficio: true, loss: true },
    end: "applied",
  },
  ...(
    [
      ["変更", null],
      ["喪失", "lost"],
      ["停止", "suspended"],
      ["再開", "resumed"],
      ["訂正", "corrected"],
    ] as const
  ).map(([about, movement]) => ({
    about: `${about}（第2版）`,
    definition: changeV2 as CaseDefinition,
    ready: { ...readyMovement, movement },
    end: movement === "lost" ? "lost" : "applied",
  })),
  ...(
    [
      ["変更", "particulars", false, "applied"],
      ["住民記録による喪失", "loss", true, "lost"],
      ["児童の追加", "addition", false, "certified"],
      ["給付の内容", "benefit", false, "applied"],
    ] as const
  ).map(([about, outcome, exOfficio, end]) => ({
    about,
    definition: householdChange.changeV1 as CaseDefinition,
    ready: {
      ...readyHouseholdChange,
      exOfficio,
      outcome,
      needsDecision: outcome !== "particulars",
    },
    end,
  })),
  ...(
    [
      ["給付の内容", "benefit", null, "applied"],
      ["世帯の喪失", "loss", "lost", "lost"],
      ["停止", "days", "suspended", "applied"],
      ["再開", "days", "resumed", "applied"],
      ["訂正", "days", "corrected", "applied"],
    ] as const
  ).map(([about, outcome, movement, end]) => ({
    about: `${about}（第2版）`,
    definition: householdMovement.changeV2 as CaseDefinition,
    ready: { ...readyHouseholdMovement, outcome, movement, needsDecision: true },
    end,
  })),
  ...(
    [
      ["届", { needsDecision: false, certificateDue: false }, "applied"],
      ["変更の申請", {}, "issuing"],
      ["喪失", { movement: "lost" }, "lost"],
      ["訂正", { movement: "corrected", certificateDue: false }, "applied"],
    ] as const
  ).map(([about, given, end]) => ({
    about,
    definition: patientChange.changeV1 as CaseDefinition,
    ready: { ...readyPatientChange, ...given },
    end,
  })),
])("$definition.title($about)", ({ definition, ready, end }) => {
  test("何を試しても、別の人の確認なしには反映されず、決裁は起案や入力をした人にはできない", () => {
    const reached = playing(definition, ready, ({ act, staff, facts }) => {
      if (act === "approve") expectAnotherPerson(staff, facts);
      if (act === "approve" || act === "apply") expectTwoPeople(facts);
    });
    expect(reached.get(end)).toBeGreaterThan(0);
  });
});
