import { describe, expect, test } from "vitest";
import { copyCase } from "#test/support/copies.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const { family, open, toIssued } = counterOf(city);
await copyCase(city.admin, (await open("clerk1", await family())).id, 12);
await toIssued(await family());

const received = (office: string | null) =>
  `select received from statistics.cases_by_month('child-medical/application', ${office ? `'${office}'` : "null"},
     '2026-04-01', '2027-03-31', false, '{2000-01-01}', '{30}') where bucket is null`;
const run = (who: TestStaff, statement: string) => as(who, (sql) => sql.unsafe(statement));

describe("統計", () => {
  test("は、記録を見られる人には正確な数を、見られない人には10の位に丸めた数を返す", async () => {
    expect(await run("clerk1", received(null))).toEqual([{ received: 14 }]);
    expect(await run("scheme1", received(null))).toEqual([{ received: 10 }]);
    const people =
      "select people from statistics.entitled_on('child-medical', null, '2026-11-20', '{0}') where dimension = 'all'";
    expect(await run("clerk1", people)).toEqual([{ people: 1 }]);
    expect(await run("scheme1", people)).toEqual([{ people: 0 }]);
  });

  test("の担当別は、記録を見られる人だけに返る", async () => {
    const holders =
      "select cases from statistics.open_cases('child-medical', null) where dimension = 'holder'";
    expect(await run("clerk1", holders)).toEqual([{ cases: 13 }]);
    expect(await run("scheme1", holders)).toEqual([]);
  });

  test("は、区の権限しかない人には、その区の分だけを返し、ほかの区を断る", async () => {
    expect(await run("east1", received(null))).toEqual([{ received: 0 }]);
    await expect(run("east1", received("431010"))).rejects.toMatchObject(denied);
  });

  test("は、権限のない人には返らない", async () => {
    for (const who of ["nobody", "auditor1", "admin1"] as const)
      await expect(run(who, received(null)), who).rejects.toMatchObject(denied);
  });

  test("のために、生年月日をまとめて引く関数は、プログラムからは呼べない", async () => {
    await expect(run("clerk1", "select * from vault.births_of('{}')")).rejects.toMatchObject(
      denied,
    );
  });
});
