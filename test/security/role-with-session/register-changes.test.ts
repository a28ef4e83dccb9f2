import { expect, test } from "vitest";
import { matchSources } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const at = { "app.purpose": "counter" };

const record = invented({ protection: { from: "2026-06-01" } });
const number = await runWork(
  city.platform,
  await city.system(),
  { purpose: "feed" },
  async (work) => {
    const [written = ""] = await writePeople(work, [{ record }]);
    const known = (await matchSources(work, [record.sourceId])).get(record.sourceId);
    const address = { ...record.address, block: "９丁目９番９号" };
    await writePeople(work, [
      { record: { ...record, address }, personNumber: written, key: known?.key },
    ]);
    return written;
  },
);
const days = (who: TestStaff, settings = at) =>
  as(who, (sql) => sql`select what, revision from vault.register_days(${number})`, settings);
const look = (who: TestStaff, settings = at, revisions: number[] | null = [1]) =>
  as(
    who,
    (sql) => sql`select * from vault.look_at_register_changes(${number}, ${revisions})`,
    settings,
  );

test("住民記録の変更は、住民を見る権限と目的がなければ、日も中身も出ない", async () => {
  for (const who of ["nobody", "auditor1", "scheme1"] as const) {
    await expect(days(who), who).rejects.toMatchObject(denied);
    await expect(look(who), who).rejects.toMatchObject(denied);
  }
  await expect(days("clerk1", { "app.purpose": "" })).rejects.toMatchObject(denied);
  await expect(look("clerk1", { "app.purpose": "" })).rejects.toMatchObject(denied);
  expect((await days("clerk1")).map(({ what }) => what)).toContain("changed");
  await expect(
    as("clerk1", (sql) => sql`select from vault.person_history`, at),
  ).rejects.toMatchObject(denied);
});

test("支援措置の方の前後の住所は、見てよい職員にだけ渡り、見た記録が残る", async () => {
  const [masked] = await look("clerk1");
  expect([masked?.address_before, masked?.address_after]).toEqual([null, null]);
  expect(masked?.name_before).toBeTruthy();
  const [open] = await look("supervisor1");
  expect(open?.address_before).toBeTruthy();
  const rows = await city.admin`
    select items from audit.record where person_number = ${number} and action = 'person.look' order by id`;
  expect(rows.map(({ items }) => items)).toEqual([
    ["register", "name"],
    ["register", "name", "address", "details"],
  ]);
  expect(await look("clerk1", at, null)).toHaveLength(0);
  expect(await look("clerk1", at, [2, 99])).toHaveLength(0);
});
