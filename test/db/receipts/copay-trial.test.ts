import { expect, test } from "vitest";
import { copayTrial } from "#src/platform/receipts/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { receiptsOf } from "#test/support/receipts.ts";
import { schemeOfCity } from "#workflows/child-medical/city-parameters.ts";
import { schemeArea } from "#workflows/child-medical/presets.ts";
import { type Copay, planOfCopays } from "#workflows/medical/subsidy.ts";
import type { DatedRow } from "#workflows/parameters/dated.ts";

const home = await openTestPlatform();
const { entitled, ukeFor, committed, inReceipts } = receiptsOf(home);
const trial = copayTrial("child-medical", schemeOfCity.copayPlan, schemeArea);

const outpatient = (amount: number): Copay => ({
  kind: "outpatient",
  unit: "visit",
  amount,
  maxTimes: 2,
});
const tried = (copays: readonly Copay[], after = "") =>
  inReceipts("system", (work) =>
    trial.round(work, { from: "2030-04-01", to: undefined, after }, {
      from: "2030-04-01",
      value: planOfCopays(copays),
      source: "見本市条例",
      certainty: "established",
    } as DatedRow<unknown> as DatedRow<never>),
  );

test("別の一部負担金を、直近の請求月のレセプトで試し、変わる診療の種類を言う", async () => {
  expect(await tried([outpatient(800)])).toMatchObject({ tried: 0, differing: [] });
  await committed(ukeFor(await entitled(3), { count: 6 }));
  const one = await tried([outpatient(800)]);
  expect(one.tried).toBe(1);
  expect(one.differing).toHaveLength(1);
  expect(one.differing[0]?.parts).toEqual(["外来の一部負担金"]);
  const now = await tried([outpatient(500), { kind: "inpatient", unit: "day", amount: 0 }]);
  expect(now.differing, JSON.stringify(now)).toEqual([]);
  expect(await tried([outpatient(800)], one.last)).toMatchObject({ tried: 0 });
});
