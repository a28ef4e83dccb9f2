import { expect, test } from "vitest";
import { moveCase } from "#test/support/case-sql.ts";
import { claimsInEveryState } from "#test/support/claim-states.ts";
import { claimsOf } from "#test/support/claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { transitionsOf } from "#workflows/cases/table.ts";
import { claimV2 } from "#workflows/claims/machine.ts";
import { stateNames } from "#workflows/flows/answer.ts";

const city = await openTestPlatform();
const claims = claimsOf(city);
const { kind } = claims;
const definition = claimV2(kind.program, kind.title);
const ways = transitionsOf(definition);

test("どの段階でも、機械にない手続きはデータベースが断り、機械にある手続きだけが進む", async () => {
  const all = await claimsInEveryState(claims);
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
