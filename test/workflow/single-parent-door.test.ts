import { openTestPlatform } from "#test/support/database.ts";
import { testEveryStep } from "#test/support/every-step.ts";
import { householdCounterOf } from "#test/support/household-counter.ts";
import { reportsInEveryState } from "#test/support/single-parent-reports.ts";
import { applicationsInEveryState } from "#test/support/single-parent-states.ts";
import { changeV2 } from "#workflows/single-parent-medical/change-machine-v2.ts";
import { applicationV1 } from "#workflows/single-parent-medical/machine.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);

testEveryStep(city, {
  definition: applicationV1,
  reasons: { proposeRejection: "income", reissue: "damaged", proposeRevocation: "mistake" },
  prepare: () => applicationsInEveryState(counter),
});
testEveryStep(city, {
  definition: changeV2,
  reasons: { requestRejection: "documents" },
  prepare: () => reportsInEveryState(counter),
});
