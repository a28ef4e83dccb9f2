import { beforeAll, describe, expect, test } from "vitest";
import { staffSql } from "#test/security/role-with-session/support.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";

const city = await openTestPlatform();
const { admin } = city;
const as = staffSql(city);
const counter = householdCounterOf(city);

const program = "single-parent-medical";
const run = <T extends object>(who: TestStaff | "system", statement: string, on = "2026-11-20") =>
  as(who, (sql) => sql.unsafe<T[]>(statement), {
    "app.business_date": on,
    "app.purpose": "counter",
    "app.program": program,
  });

let caseId = "";
beforeAll(async () => {
  const home = await counter.household();
  const at = await counter.toIssued(home.mother, householdApplication(home), [keyed(home.mother)]);
  caseId = at.caseId;
}, 120_000);

describe("更新の期は", () => {
  test("起案した人とは別の人が始め、資格のある世帯が一件ずつ対象になる", async () => {
    const [made] = await run<{ plan: string }>(
      "clerk1",
      `select renewals.plan('${program}', 2026, '2026-11-20', '2027-01-01', '2026-12-10', '2026-12-11', '2026-12-20', '2026-12-28', 2025, 'lost', 'lost')`,
    );
    const id = made?.plan;
    await expect(
      run("clerk1", `select renewals.move_season('${id}', 1, 'open')`),
    ).rejects.toMatchObject({ code: "42501" });
    await run("supervisor1", `select renewals.move_season('${id}', 1, 'open')`);
    const rows = await run<{ id: string; case_id: string; revision: number }>(
      "clerk1",
      "select * from renewals.answer",
    );
    expect(rows).toMatchObject([{ case_id: caseId, state: "awaiting" }]);
    const [one] = rows;
    await run(
      "clerk1",
      `select renewals.receive('${one?.id}', 1, '2026-11-20', 'window', false, '{}', null)`,
    );
    const judged = await run(
      "clerk2",
      `select * from renewals.judge(array['${one?.id}']::uuid[], array[2], array[''], '{}', '{}', '{}')`,
    );
    expect(judged).toEqual([]);
    await run(
      "clerk2",
      `select * from renewals.judge(array['${one?.id}']::uuid[], array[2], array['household-changed,income-missing'], '{}', '{}', '{}')`,
    );
    expect(await admin`select state, findings from renewals.answer`).toEqual([
      { state: "exception", findings: ["household-changed", "income-missing"] },
    ]);
    await run(
      "clerk2",
      `select * from renewals.judge(array['${one?.id}']::uuid[], array[3], array[''], '{}', '{}', '{}')`,
    );
  });
});
