import { describe, expect, test } from "vitest";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const insert = (values: string) =>
  `insert into access.phrase (office_code, program, use, words, valid_from) values (${values})`;
const own = "'431010', null, 'note', '折り返しを待ちます。', '2026-11-20'";

describe("定型文", () => {
  const run = (who: TestStaff, statement: string) => as(who, (sql) => sql.unsafe(statement));

  test("は、権限のない人には書けず、終わりにもできない", async () => {
    await run("supervisor1", insert(own));
    for (const who of ["clerk1", "operator1", "auditor1", "admin1", "nobody"] as const) {
      await expect(run(who, insert(own)), who).rejects.toMatchObject(denied);
      const ended = await run(who, "update access.phrase set valid_to = '2026-11-20' returning id");
      expect(ended, who).toHaveLength(0);
      await expect(run(who, "delete from access.phrase"), who).rejects.toMatchObject(denied);
    }
  });

  test("は、書き換えられず、過ぎた日に始まらず、過ぎた日に終わらず、他人の名でも書けない", async () => {
    for (const statement of [
      "update access.phrase set words = '書き換え'",
      "update access.phrase set office_code = '431028'",
      "update access.phrase set valid_to = '2026-11-19'",
      "update access.phrase set valid_to = null",
      "delete from access.phrase",
      insert("'431010', null, 'note', '昨日から', '2026-11-19'"),
      "insert into access.phrase (office_code, use, words, valid_from, written_by) values ('431010', 'note', '他人の名', '2026-11-20', 1)",
    ])
      await expect(run("supervisor1", statement), statement).rejects.toMatchObject(denied);
    await run("supervisor1", "update access.phrase set valid_to = '2026-11-20'");
    await expect(
      run("supervisor1", "update access.phrase set valid_to = '2027-11-20'"),
    ).rejects.toMatchObject(denied);
  });

  test("は、ほかの区の人には見えず、所属の区に限って権限を持つ人には、ほかの区のものを書けない", async () => {
    expect(await run("clerk1", "select words from access.phrase")).toHaveLength(1);
    expect(await run("east1", "select words from access.phrase")).toHaveLength(0);
    expect(await run("clerk3", "select words from access.phrase")).toHaveLength(0);
    // Clerks hold it now: those of the whole city everywhere, the one of 東区 there alone.
    await city.admin`insert into access.duty_right (duty, "right") values ('clerk', 'phrase.keep')`;
    await expect(run("east1", insert(own))).rejects.toMatchObject(denied);
    await run("east1", insert(own.replace("431010", "431028")));
    expect(await run("east1", "select office_code from access.phrase")).toEqual([
      { office_code: "431028" },
    ]);
  });
});
