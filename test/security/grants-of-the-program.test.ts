import { expect, test } from "vitest";
import { functionGrants, reviewedGrants, tableGrants } from "#db/reviewed-grants/index.ts";
import { selfCheck } from "#src/platform/self-check.ts";
import { openTestPlatform } from "#test/support/database.ts";

const { admin, platform } = await openTestPlatform();
const granted = async () =>
  (await admin<{ granted: string }[]>`select granted from meta.grants_of_the_program`).map(
    (row) => row.granted,
  );

test("プログラムのロールが読むほかにできることは、一つずつ確かめて一覧にしたものと同じである", async () => {
  expect((await granted()).toSorted()).toEqual([...reviewedGrants].toSorted());
});

test("一覧のどれにも理由がある", () => {
  for (const { may, why } of [...Object.values(tableGrants), ...Object.values(functionGrants)]) {
    expect(why.length).toBeGreaterThan(20);
    expect(new Set(may).size).toBe(may.length);
  }
});

test("大切な表は、どの列も、プログラムのロールからは書けない", async () => {
  const closed =
    /^(?:feeds|vault|audit|cases|flows|meta)\.|^(?:mailings\.batch_|entitlements\.(?:entitlement|certificate|movement|recipient|record)|access\.(?:credential|session|duty_right|played_clock)|approvals\.approval)/;
  const written = (await granted()).filter((one) => !one.startsWith("EXECUTE"));
  expect(written.filter((one) => closed.test(one.split(" ").at(-1) ?? ""))).toEqual([]);
  expect(
    written.filter((one) => /^(?:TRUNCATE|TRIGGER|REFERENCES|MAINTAIN|USAGE)/.test(one)),
  ).toEqual([]);
});

test.each([
  ["grant update on feeds.import to madoguchi_app", "UPDATE feeds.import"],
  [
    "grant update (state) on mailings.batch_run to madoguchi_app",
    "UPDATE state mailings.batch_run",
  ],
  ["grant delete on mailings.batch_item to madoguchi_app", "DELETE mailings.batch_item"],
  ["grant truncate on jobs.task to madoguchi_app", "TRUNCATE jobs.task"],
  ["grant insert on cases.event to public", "INSERT cases.event"],
  ["grant execute on function cases.take_number to madoguchi_app", "EXECUTE cases.take_number"],
  ["grant usage on sequence vault.person_sequence to madoguchi_app", "USAGE vault.person_sequence"],
])("起動は断られる: %s", async (attack, told) => {
  await selfCheck(platform.database.sql);
  await admin.unsafe(attack);
  await expect(selfCheck(platform.database.sql)).rejects.toThrow(told);
  await admin.unsafe(attack.replace(/^grant/, "revoke").replace(/ to (\w+)$/, " from $1"));
  await selfCheck(platform.database.sql);
});
