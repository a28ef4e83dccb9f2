import { expect, test } from "vitest";
import { lookAtPeople, selectPeople } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const { platform, admin } = city;

/** Households of two in which the first is, was or will be under 支援措置, or was and left. */
const protections = [
  undefined,
  { from: "2026-04-01" },
  { from: "2026-04-01", to: "2026-11-19" },
  { from: "2026-11-20", to: "2026-11-20" },
  { from: "2026-11-21" },
] as const;
const people = protections.flatMap((protection) =>
  [false, true].flatMap((gone) => {
    const first = invented({
      ...(protection && { protection }),
      ...(gone && {
        residence: {
          from: "2020-05-10",
          fromReason: "birth",
          to: "2026-10-01",
          toReason: "move-out",
        },
      }),
    });
    const { householdNumber } = first;
    const office = gone ? "431028" : "431010";
    return [
      first,
      invented({ householdNumber, officeCode: office }),
      invented({ officeCode: office }),
    ];
  }),
);
const numbers = await runWork(platform, await city.system(), { purpose: "feed" }, (work) =>
  writePeople(
    work,
    people.map((record) => ({ record })),
  ),
);

/** Asked of each row by itself, as the functions for one person do. */
const oneByOne = async () =>
  new Map(
    (
      await admin.begin(async (sql) => {
        await sql`select set_config('app.business_date', '2026-11-20', true)`;
        return sql<{ number: string; hidden: boolean }[]>`
          select p.person_number as number, vault.hides_address(p) as hidden from vault.person p`;
      })
    ).map(({ number, hidden }) => [number, hidden]),
  );

const as = async <T>(who: TestStaff, work: Parameters<typeof runWork<T>>[3]) =>
  runWork(platform, await city.actor(who), { purpose: "mailing", program: "vaccination" }, work);

test("多くの方を一度に見ても、住所が伏せられるのは、一人ずつ確かめたときと同じ方", async () => {
  const expected = await oneByOne();
  expect([...expected.values()].filter(Boolean)).toHaveLength(6);
  const looked = await as("clerk1", (work) => lookAtPeople(work, numbers, ["address"]));
  expect(new Map(looked.map((one) => [one.personNumber, one.addressMasked]))).toEqual(expected);
  const births = [{ from: "2020-05-10", to: "2020-05-10" } as const];
  const selected = await as("operator1", (work) => selectPeople(work, { births }));
  expect(new Map(selected.map((one) => [one.personNumber, one.townCode === null]))).toEqual(
    expected,
  );
});

test("区に限られた職員に見える方も、一人ずつ確かめたときと同じ", async () => {
  const looked = await as("east1", (work) => lookAtPeople(work, numbers, []));
  const east = people.flatMap(({ officeCode }, at) => (officeCode === "431028" ? numbers[at] : []));
  expect(looked.map(({ personNumber }) => personNumber)).toEqual(east);
});
