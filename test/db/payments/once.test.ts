import fc from "fast-check";
import { expect, test } from "vitest";
import { readAnswers, readPayable, writeRunFile } from "#src/platform/payments/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdsOf } from "#test/support/households.ts";
import { paymentsOf } from "#test/support/payments.ts";

const city = await openTestPlatform();
const payments = paymentsOf(city);
const { household } = householdsOf(city);
await payments.setUp();
const people: string[] = [];
for (let n = 0; n < 4; n += 1) people.push((await household()).mother);
for (const one of people) await payments.account(one);

/** How often a payable stands in a line that is on its way or paid. */
const live = async () =>
  (
    await city.admin<{ most: number }[]>`
      select coalesce(max(n), 0)::integer as most from (select count(*) as n from payments.run_line where state in ('ready', 'paid') group by payable_id) x`
  )[0]?.most;
const outcomes = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.map(({ status }) => status === "fulfilled");

test("二人が同時に集めても、どの支払も一つの回にしか入らない", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 6 }),
      async (amounts) => {
        const owed: string[] = [];
        for (const [n, amount] of amounts.entries())
          owed.push(await payments.owed(people[n % people.length] ?? "", amount));
        const gathered = await Promise.allSettled([
          payments.gather("operator1"),
          payments.gather("operator2"),
          payments.gather("operator1"),
        ]);
        expect(outcomes(gathered).filter(Boolean)).toHaveLength(1);
        expect(await live()).toBe(1);
        const [run] = gathered.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
        await payments.step("operator1", run ?? "", "cancel", "試験のため");
        for (const id of owed)
          expect((await payments.as("clerk1", (work) => readPayable(work, id))).state).toBe("owed");
        await city.admin`update payments.payable set state = 'withdrawn' where id = any(${owed})`;
      },
    ),
    { numRuns: 4 },
  );
});

test("同じ段階を二人が同時に進めても、一度だけ進む", async () => {
  const owed = await payments.owed(people[0] ?? "", 4_321);
  const run = await payments.gather();
  await payments.approved(run);
  const seen = await payments.seen(run);
  const written = await Promise.allSettled([
    payments.as("operator1", (work) => writeRunFile(work, run, seen)),
    payments.as("operator2", (work) => writeRunFile(work, run, seen)),
  ]);
  expect(outcomes(written).filter(Boolean)).toHaveLength(1);
  const { handOverFile } = await import("#src/platform/payments/index.ts");
  await payments.as("cashier1", (work) =>
    handOverFile(work, run, seen + 1, {
      receiver: "見本銀行",
      receivedBy: "太郎",
      manner: "medium",
    }),
  );
  city.platform.clock.moveTo("2026-11-30");
  const list = Buffer.from("支払番号,支払額,結果,理由\r\n");
  const answered = await Promise.allSettled(
    [1, 2].map(() =>
      payments.as("operator1", (work) =>
        readAnswers(work, run, seen + 2, list, { restPaid: true }),
      ),
    ),
  );
  expect(outcomes(answered).filter(Boolean)).toHaveLength(1);
  const row = await payments.as("clerk1", (work) => readPayable(work, owed));
  expect(row).toMatchObject({ state: "paid", paidOn: "2026-11-30" });
  const [events] =
    await city.admin`select count(*)::integer as n from payments.payable_event where payable_id = ${owed} and event = 'pay'`;
  expect(events?.n).toBe(1);
});
