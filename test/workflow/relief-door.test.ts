import { openTestPlatform } from "#test/support/database.ts";
import { testEveryStep } from "#test/support/every-step.ts";
import { reliefOf } from "#test/support/relief.ts";
import { claimsInEveryState } from "#test/support/relief-states.ts";
import { reliefV1 } from "#workflows/vaccination/relief/machine.ts";
import "#src/programs/vaccination/index.ts";

const city = await openTestPlatform();

testEveryStep(city, {
  definition: reliefV1,
  reasons: {},
  prepare: () => claimsInEveryState(city, reliefOf(city)),
});
