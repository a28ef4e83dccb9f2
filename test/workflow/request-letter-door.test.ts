import { openTestPlatform } from "#test/support/database.ts";
import { testEveryStep } from "#test/support/every-step.ts";
import { lettersInEveryState, refundsInEveryState } from "#test/support/request-letter-states.ts";
import { lettersOf } from "#test/support/request-letters.ts";
import { requestLetterV1 } from "#workflows/vaccination/request-letters/machine.ts";
import { requestRefundV1 } from "#workflows/vaccination/request-letters/refund-machine.ts";

const city = await openTestPlatform();
const letters = lettersOf(city);
await letters.setUp();

testEveryStep(city, {
  definition: requestLetterV1,
  reasons: { proposeRejection: "reason", reissue: "lost", proposeCancellation: "moved" },
  prepare: () => lettersInEveryState(city, letters),
});
testEveryStep(city, {
  definition: requestRefundV1,
  reasons: { proposeRefusal: "no-letter", proposeCancellation: "host-paid" },
  prepare: () => refundsInEveryState(city, letters),
});
