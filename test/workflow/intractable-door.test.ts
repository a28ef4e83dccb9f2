import { openTestPlatform } from "#test/support/database.ts";
import { testEveryStep } from "#test/support/every-step.ts";
import { patientCounterOf } from "#test/support/patient-counter.ts";
import { patientReportsInEveryState } from "#test/support/patient-reports.ts";
import { patientsInEveryState } from "#test/support/patient-states.ts";
import { changeV1 } from "#workflows/intractable-disease/change-machine.ts";
import { applicationV2 } from "#workflows/intractable-disease/machine-v2.ts";

const city = await openTestPlatform();
const counter = patientCounterOf(city);

testEveryStep(city, {
  definition: applicationV2,
  reasons: {
    proposeRejection: "severity",
    proposeDismissal: "documents",
    reissue: "damaged",
    proposeRevocation: "mistake",
  },
  prepare: () => patientsInEveryState(city, counter),
});
testEveryStep(city, {
  definition: changeV1,
  reasons: { requestRejection: "severity" },
  prepare: () => patientReportsInEveryState(counter),
});
