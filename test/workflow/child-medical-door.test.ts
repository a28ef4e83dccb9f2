import { expect, test } from "vitest";
import { staffSql } from "#test/security/role-with-session/support.ts";
import {
  applicationsInEveryState,
  reportsInEveryState,
} from "#test/support/child-medical-states.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { testEveryStep } from "#test/support/every-step.ts";
import { movesOf } from "#test/support/moves-by-sql.ts";
import { changeV2 } from "#workflows/child-medical/change-machine-v2.ts";
import { applicationV1 } from "#workflows/child-medical/machine.ts";
import { stateNames } from "#workflows/flows/answer.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const reasons = { proposeRejection: "insurance", reissue: "damaged", proposeRevocation: "mistake" };

testEveryStep(city, {
  definition: applicationV1,
  reasons,
  prepare: () => applicationsInEveryState(counter),
});
testEveryStep(city, {
  definition: changeV2,
  reasons,
  prepare: () => reportsInEveryState(counter),
});

test("期限の手続きは、定時処理が、期限の翌日からだけ進められる", async () => {
  const held = await counter.step(
    "clerk2",
    "hold",
    await counter.step(
      "clerk1",
      "recordDocuments",
      await counter.toExamination(await counter.family()),
      { input: { "account-proof": "missing" } },
    ),
    { until: "2026-12-04" },
  );
  const on = (who: TestStaff | "system", day: string) =>
    staffSql(city)(
      who,
      (sql) =>
        movesOf(
          sql,
          held,
          stateNames(applicationV1).map((to) => ({ event: "expire", to })),
        ),
      { "app.business_date": day },
    );
  expect(await on("system", "2026-12-04")).toEqual([]);
  expect(await on("system", "2026-12-05")).toEqual(["expire > examination"]);
  expect(await on("supervisor1", "2026-12-05")).toEqual([]);
});
