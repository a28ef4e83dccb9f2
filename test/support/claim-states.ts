import { openClaim } from "#src/platform/claims/index.ts";
import type { At } from "./casework.ts";
import { type claimsOf, inquiry, keyedReceipt, supplement } from "./claims.ts";

/** A claim in each state; entered by clerk1, examined by clerk2. */
export async function claimsInEveryState(
  claims: ReturnType<typeof claimsOf>,
): Promise<Map<string, At>> {
  const { step, kind } = claims;
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
    [
      "held",
      await step("clerk2", "hold", await claims.claimed(person, one()), {
        until,
        input: supplement,
      }),
    ],
    [
      "inquiring",
      await step("clerk2", "inquire", await claims.claimed(person, one()), {
        until,
        input: inquiry,
      }),
    ],
    ["approval", await claims.proposed(person, one())],
    ["granted", granted],
    ["partly", await step("supervisor1", "approve", partly)],
    ["cancellation", cancellation],
    ["cancelled", await step("supervisor1", "cancel", cancelled)],
    ["refused", await step("supervisor1", "approve", refusal)],
    ["withdrawn", await step("clerk1", "withdraw", await claims.claimed(person, one()))],
  ]);
}
