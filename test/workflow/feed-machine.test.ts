import { expect, test } from "vitest";
import {
  type ImportFacts,
  type ImportState,
  importChecks,
  importStateTitles,
  importV1,
} from "#workflows/feeds/machine.ts";
import { answer, eventsFrom } from "#workflows/flows/answer.ts";

const clear: ImportFacts = {
  actingStaffId: 2,
  preparedBy: 1,
  worldMoved: false,
  overtaken: false,
  earlierWaits: false,
  gap: false,
  gapExplained: false,
};
const states = Object.keys(importStateTitles) as ImportState[];
const events = Object.keys(importV1.events);
const ask = (state: ImportState, type: string, facts: Partial<ImportFacts> = {}) =>
  answer(importV1, state, { ...clear, ...facts }, { type });

test("どの状態からどの操作でどの状態へ進むかは、この表のとおりで、ほかには進まない", () => {
  const ways = states.flatMap((state) =>
    events.flatMap((type) => {
      const got = ask(state, type);
      return got.possible ? [`${state} ${type} ${got.state}`] : [];
    }),
  );
  expect(ways).toEqual([
    "receiving received reviewing",
    "receiving cancel cancelled",
    "reviewing reviewed reviewed",
    "reviewing cancel cancelled",
    "reviewed approve committing",
    "reviewed reviewAgain reviewing",
    "reviewed cancel cancelled",
    "committing sendBack reviewing",
    "committing committed committed",
  ]);
});

test.each([
  ["取り込んだ本人", { actingStaffId: 1 }, importChecks.notPreparer.reason],
  ["確認のあとに別のファイルが反映された", { worldMoved: true }, importChecks.worldStands.reason],
  ["後の番号が反映済み", { overtaken: true }, importChecks.notOvertaken.reason],
  ["前の番号が待っている", { earlierWaits: true }, importChecks.firstInLine.reason],
  ["欠番の理由がない", { gap: true }, importChecks.gapExplained.reason],
] as const)("反映は、%sときは理由を添えて断られる", (_, facts, reason) => {
  expect(ask("reviewed", "approve", facts)).toEqual({
    possible: false,
    because: "conditions",
    reasons: [reason],
  });
});

test("欠番は理由があれば反映でき、断る理由が重なれば、すべて並ぶ", () => {
  expect(ask("reviewed", "approve", { gap: true, gapExplained: true }).possible).toBe(true);
  const got = ask("reviewed", "approve", { actingStaffId: 1, worldMoved: true, gap: true });
  expect(got).toMatchObject({ reasons: { length: 3 } });
});

test("反映を始めたファイルと、終わったファイルは取り消せない", () => {
  for (const state of ["committing", "committed", "cancelled"] as const) {
    expect(eventsFrom(importV1, state, clear)).not.toContain("cancel");
    expect(ask(state, "cancel")).toMatchObject({ possible: false, because: "wrong-state" });
  }
});
