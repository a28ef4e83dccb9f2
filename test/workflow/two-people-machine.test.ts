import fc from "fast-check";
import { expect, test } from "vitest";
import { readyApplication } from "#test/support/case-facts.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import type { CaseDefinition } from "#workflows/cases/definition.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import { answer, eventsFrom, firstState } from "#workflows/flows/answer.ts";

/**
 * Plays tries of three people at an application, and keeps the facts as the acts of its steps change
 * them. A try names one of the events that the present state knows by its place.
 */
function play<Facts extends ApplicationFacts>(
  definition: CaseDefinition<Facts>,
  ready: Facts,
  tries: readonly (readonly [place: number, staff: number])[],
) {
  const facts: Facts = {
    ...ready,
    identityCheckedOn: null,
    enteredBy: null,
    confirmedBy: null,
    proposal: null,
    preparedBy: null,
    entitled: false,
  };
  let state = firstState(definition);
  for (const [place, staff] of tries) {
    facts.actingStaffId = staff;
    // A withdrawal would soon end every play.
    const types = eventsFrom(definition, state, facts).filter((one) => one !== "withdraw");
    const type = types[place % types.length];
    if (!type) return undefined;
    const got = answer(definition, state, facts, { type, until: "2026-12-04" });
    if (!got.possible) continue;
    state = got.state;
    if (state === "certified") return { certifiedBy: staff, facts };
    const rule = definition.events[type];
    if (rule?.act === "identify") facts.identityCheckedOn = "2026-11-20";
    if (rule?.act === "enter") Object.assign(facts, { enteredBy: staff, confirmedBy: null });
    if (rule?.act === "confirm") facts.confirmedBy = staff;
    if (rule?.act === "propose")
      Object.assign(facts, { proposal: rule.subject, preparedBy: staff });
    if (rule?.act === "remand" || rule?.act === "retract")
      Object.assign(facts, { proposal: null, preparedBy: null });
  }
  return undefined;
}

test.each([{ title: applicationV1.title, definition: applicationV1, ready: readyApplication }])(
  "$title: 何を試しても、本人確認・入力・確認・別の人の決裁なしには認定されない",
  ({ definition, ready }) => {
    const tries = fc.array(fc.tuple(fc.nat(1_000), fc.integer({ min: 1, max: 3 })), {
      maxLength: 120,
      size: "max",
    });
    let certified = 0;
    fc.assert(
      fc.property(tries, (tried) => {
        const end = play(definition, ready, tried);
        if (!end) return;
        certified++;
        expect(end.facts.identityCheckedOn).not.toBeNull();
        expect(end.facts.enteredBy).not.toBeNull();
        expect(end.facts.confirmedBy).not.toBeNull();
        expect(end.facts.confirmedBy).not.toBe(end.facts.enteredBy);
        expect([end.facts.preparedBy, end.facts.enteredBy]).not.toContain(end.certifiedBy);
      }),
      { numRuns: 1_000 },
    );

    expect(certified).toBeGreaterThan(0);
  },
);
