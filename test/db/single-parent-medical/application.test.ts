import { beforeAll, describe, expect, test } from "vitest";
import { peopleOfCase } from "#src/platform/cases/index.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import {
  childOf,
  householdApplication,
  householdCounterOf,
  keyed,
  supporterOf,
} from "#test/support/household-counter.ts";

let test_: TestPlatform;
let counter: ReturnType<typeof householdCounterOf>;
beforeAll(async () => {
  test_ = await openTestPlatform();
  counter = householdCounterOf(test_);
});

describe("世帯の申請", () => {
  test("親と児童二人に、それぞれの番号・期間・受給者証が、一通の認定通知書とともに出る", async () => {
    const family = await counter.household([
      { birthDate: "2015-05-10" },
      { birthDate: "2020-07-07" },
    ]);
    const at = await counter.toIssued(family.mother, householdApplication(family));
    await counter.effects(at.caseId);
    const view = await counter.view(at.caseId);
    expect(view.stateTitle).toBe("証交付");
    const periods = new Map(
      view.entitlements.map((one) => [one.personNumber, `${one.validFrom} ${one.validTo}`]),
    );
    expect(periods.get(family.mother)).toBe("2026-11-20 2039-03-31");
    expect(periods.get(family.children[0] ?? "")).toBe("2026-11-20 2034-03-31");
    expect(periods.get(family.children[1] ?? "")).toBe("2026-11-20 2039-03-31");
    expect(new Set(view.entitlements.map((one) => one.recipientNumber)).size).toBe(3);
    expect(view.certificates).toHaveLength(3);
    expect(view.documents.map(({ kind }) => kind).sort()).toEqual([
      "certificate",
      "certificate",
      "certificate",
      "grant",
    ]);
    expect(await counter.as("clerk1", (work) => peopleOfCase(work, at.caseId))).toEqual(
      expect.arrayContaining([family.mother, ...family.children]),
    );
  });
});
