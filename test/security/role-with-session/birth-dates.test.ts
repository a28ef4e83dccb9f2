import { beforeAll, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { parseBirthDate } from "#workflows/dates/birth-date.ts";
import { denied, staffSql } from "./support.ts";

// みなし生年月日を、画面を通らずSQLで直に決めようとする。

const city = await openTestPlatform();
const as = staffSql(city);
const reason = Buffer.alloc(40, 7);
let person = "";
let known = "";

beforeAll(async () => {
  const system = await city.system();
  const [one = "", other = ""] = await runWork(
    city.platform,
    system,
    { purpose: "feed", program: "feeds" },
    (work) =>
      writePeople(work, [
        {
          record: invented({
            birthDate: parseBirthDate("1928"),
            residence: { from: "1999-04-01", fromReason: "move-in" },
          }),
        },
        { record: invented() },
      ]),
  );
  person = one;
  known = other;
});

const propose = (who: TestStaff, day: string, of = person, told: string | null = "1928") =>
  as(
    who,
    (sql) =>
      sql<{ id: string | null }[]>`
        select vault.propose_reckoned_birth(${of}, ${told}, ${day}, 'notice', ${reason}) as id`,
  );
const decide = (who: TestStaff, id: string, how = "approved") =>
  as(
    who,
    (sql) =>
      sql<{ done: boolean }[]>`select vault.decide_reckoned_birth(${id}::bigint, ${how}) as done`,
  );

test("一人では決められず、年の外の日も、先の日も、知られた生年月日の方も、断られる", async () => {
  await expect(propose("operator1", "1928-07-01")).rejects.toMatchObject(denied);
  await expect(propose("clerk1", "1929-01-01")).rejects.toMatchObject({ code: "22023" });
  await expect(propose("clerk1", "1928-07-01", known, null)).rejects.toMatchObject({
    code: "22023",
  });
  await expect(propose("clerk1", "1928-07-01", "9999999999")).rejects.toMatchObject(denied);
  const [made] = await propose("supervisor1", "1928-07-01");
  const id = made?.id ?? "";
  expect(id).not.toBe("");
  await expect(decide("supervisor1", id)).rejects.toMatchObject(denied);
  await expect(decide("clerk2", id)).rejects.toMatchObject(denied);
  await expect(decide("supervisor2", id, "confirmed")).rejects.toMatchObject(denied);
  expect(await decide("supervisor2", id)).toMatchObject([{ done: true }]);
  expect(await decide("supervisor2", id, "refused")).toMatchObject([{ done: false }]);
});

test("表には直に書けず、読めもしない", async () => {
  for (const attack of [
    "select * from vault.reckoned_birth",
    "update vault.person set birth_reckoned = '1928-01-01'",
    "insert into vault.reckoned_birth (person_number, birth_told, reckoned_on, basis, sealed_reason, proposed_by) values ('1', '1928', '1928-01-01', 'notice', '\\x00', 1)",
    "select * from vault.births_unknown(null)",
  ])
    await expect(
      as("supervisor1", (sql) => sql.unsafe(attack)),
      attack,
    ).rejects.toMatchObject(denied);
  expect(
    await as("operator1", (sql) => sql`select * from vault.reckoned_births_of('none')`),
  ).toEqual([]);
});
