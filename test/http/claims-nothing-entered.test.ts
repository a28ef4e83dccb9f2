import { expect, test } from "vitest";
import { claimsInEveryState } from "#test/support/claim-states.ts";
import { claimsOf } from "#test/support/claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { tryNothingEntered } from "#test/support/nothing-entered.ts";
import { undoneAtCommit } from "#test/support/undone-steps.ts";
import { transitionsOf } from "#workflows/cases/table.ts";
import { claimV2 } from "#workflows/claims/machine.ts";
import "#src/programs/registry.ts";

const city = await openTestPlatform();
const claims = claimsOf(city);
const definition = claimV2(claims.kind.program, claims.kind.title);
const decisions = ["approve", "cancel", "remand"];

test("償還払いの請求でも、何も入力せずに送った手続きは、断られるか、その画面が返る", {
  timeout: 300_000,
}, async () => {
  const ways = transitionsOf(definition);
  const cases = [...(await claimsInEveryState(claims))].map(([state, { caseId, revision }]) => {
    const events = ways.flatMap(({ from, event }) => (from === state ? [event] : []));
    const decided = events.filter((event) => decisions.includes(event));
    return {
      title: state,
      at: { caseId, revision, state },
      possible: {
        clerk2: events.filter((event) => !decisions.includes(event)),
        supervisor1: decided,
      },
    };
  });
  expect(cases.length).toBeGreaterThan(5);
  const undo = await undoneAtCommit(city);
  await undo.during((soFar) => tryNothingEntered(city, { definition, cases, soFar }));
});
