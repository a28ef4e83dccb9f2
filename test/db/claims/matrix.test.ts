import { expect, test } from "vitest";
import { openClaim } from "#src/platform/claims/index.ts";
import { moveCase } from "#test/support/case-sql.ts";
import type { At } from "#test/support/casework.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { transitionsOf } from "#workflows/cases/table.ts";
import { claimV1 } from "#workflows/claims/machine.ts";
import { stateNames } from "#workflows/flows/answer.ts";

const city = await openTestPlatform();
const claims = claimsOf(city);
const { step, kind } = claims;
const definition = claimV1(kind.program, kind.title);
const ways = transitionsOf(definition);

/** A claim in each state. */
async function inEveryState(): Promise<Map<string, At>> {
  const person = await claims.recipient();
  let day = 0;
  const one = () => {
    day += 1;
    return [keyedReceipt({ day })];
  };
  const until = "2026-12-04";
  const granted = await claims.granted(person, one());
  const cancellation = await step(
    "clerk2",
    "proposeCancellation",
    await claims.granted(person, one()),
    {
      input: { reason: "mistake" },
    },
  );
  const cancelled = await step(
    "clerk2",
    "proposeCancellation",
    await claims.granted(person, one()),
    {
      input: { reason: "mistake" },
    },
  );
  const aside = await claims.examined(person, [...one(), keyedReceipt({ day: 28, documents: [] })]);
  const partly = await step(
    "clerk2",
    "propose",
    await claims.accept("clerk2", aside, [{ number: 2, code: "no-receipt", reason: "documents" }]),
  );
  const refusal = await step("clerk2", "proposeRefusal", await claims.claimed(person, one()), {
    input: { reason: "late" },
  });
  const received = await claims.as("clerk1", (work) =>
    openClaim(work, kind, {
      personNumber: person,
      receivedOn: work.platform.clock.today(),
      channel: "post",
      idempotencyKey: "matrix",
    }),
  );
  return new Map<string, At>([
    ["received", { caseId: received.id, revision: 1 }],
    ["examination", await claims.examined(person, one())],
    ["held", await step("clerk2", "hold", await claims.claimed(person, one()), { until })],
    ["inquiring", await step("clerk2", "inquire", await claims.claimed(person, one()), { until })],
    ["approval", await claims.proposed(person, one())],
    ["granted", granted],
    ["partly", await step("supervisor1", "approve", partly)],
    ["cancellation", cancellation],
    ["cancelled", await step("supervisor1", "cancel", cancelled)],
    ["refused", await step("supervisor1", "approve", refusal)],
    ["withdrawn", await step("clerk1", "withdraw", await claims.claimed(person, one()))],
  ]);
}

test("どの段階でも、機械にない手続きはデータベースが断り、機械にある手続きだけが進む", async () => {
  const all = await inEveryState();
  expect([...all.keys()].toSorted()).toEqual(stateNames(definition).toSorted());
  for (const [state, at] of all) {
    const [row] = await city.admin<{ state: string }[]>`
      select state from cases.case where id = ${at.caseId}`;
    expect(row?.state).toBe(state);
    for (const event of Object.keys(definition.events)) {
      // Wherever the event leads in some state.
      const targets = ways.filter((way) => way.event === event).map((way) => way.to);
      for (const target of new Set(targets)) {
        if (ways.some((way) => way.from === state && way.event === event && way.to === target))
          continue;
        await expect(
          claims.as("supervisor2", (work) => moveCase(work.sql as never, at, event, target)),
          `${state} ${event} ${target}`,
        ).rejects.toMatchObject({ code: "MD011" });
      }
    }
  }
});
