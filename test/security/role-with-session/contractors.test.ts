import { describe, expect, test } from "vitest";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const run = (who: TestStaff, statement: string) => as(who, (sql) => sql.unsafe(statement));
const [one] = await city.admin<{ id: number }[]>`
  insert into access.staff (login_name, display_name, kind, valid_to) values ('itaku1', '委託 一子', 'contractor', '2026-12-31') returning id`;
const contractor = one?.id;

describe("委託先の従事者", () => {
  test("のIDには終わりの日があり、なくすことも職員に変えることもできない", async () => {
    await expect(
      city.admin`insert into access.staff (login_name, display_name, kind) values ('itaku2', '委託 二郎', 'contractor')`,
    ).rejects.toMatchObject(denied);
    await expect(
      run("admin1", `update access.staff set valid_to = null where id = ${contractor}`),
    ).rejects.toMatchObject(denied);
    await expect(
      city.admin`update access.staff set kind = 'employee' where id = ${contractor ?? 0}`,
    ).rejects.toMatchObject(denied);
  });

  test("の職務は、決めることも個人番号を見ることもなく、事務を定め、IDの終わりの日まで", async () => {
    const grant = (duty: string, program = "'child-medical'", to = "2026-12-31") =>
      run(
        "admin1",
        `insert into access.duty_grant (staff_id, duty, program, valid_from, valid_to, reason, requested_by)
         values (${contractor}, '${duty}', ${program}, '2026-11-20', '${to}', '入力の委託', access.staff_id())`,
      );
    for (const duty of [
      "supervisor",
      "number-officer",
      "auditor",
      "administrator",
      "access-approver",
      "privacy-officer",
      "scheme-officer",
    ])
      await expect(grant(duty), duty).rejects.toMatchObject(denied);
    await expect(grant("clerk", "null")).rejects.toMatchObject(denied);
    await expect(grant("clerk", "'child-medical'", "2027-01-31")).rejects.toMatchObject(denied);
    await grant("clerk");
    await grant("batch-operator");
  });
});

describe("再委託の記録", () => {
  test("は、直接には書けず、記入した人には許諾できず、一度だけ決まる", async () => {
    const [made] = await city.admin<{ id: number }[]>`
      insert into mailings.contractor (name, contract_from, contract_to, public_key, registered_by)
      values ('見本印刷', '2026-04-01', '2027-03-31', ${`age1${"q".repeat(58)}`}, 1) returning id`;
    const request = (to = "2027-03-31") =>
      `select oversight.request_re_entrustment(${made?.id}, '例示封入', '封入の一部、繁忙期のため', '2026-12-01', '${to}') as id`;
    for (const who of ["privacy1", "scheme1", "admin1"] as const)
      for (const statement of [
        "insert into oversight.re_entrustment default values",
        "update oversight.re_entrustment set decision = 'approved'",
        "delete from oversight.re_entrustment",
      ])
        await expect(run(who, statement), `${who} ${statement}`).rejects.toMatchObject(denied);
    await expect(run("clerk1", request())).rejects.toMatchObject(denied);
    await expect(run("scheme1", request("2027-04-01"))).rejects.toMatchObject(denied);
    const [row] = await run("scheme1", request());
    const decide = `select oversight.decide_re_entrustment(${row?.id}, 'approved') as decided`;
    await expect(run("scheme1", decide)).rejects.toMatchObject(denied);
    await city.admin`insert into access.duty_right (duty, "right") values ('scheme-officer', 're-entrustment.approve')`;
    await expect(run("scheme1", decide)).rejects.toMatchObject(denied);
    await city.admin`delete from access.duty_right where duty = 'scheme-officer' and "right" = 're-entrustment.approve'`;
    expect(await run("privacy1", decide)).toEqual([{ decided: true }]);
    expect(await run("privacy2", decide)).toEqual([{ decided: false }]);
    expect(await run("clerk1", "select id from oversight.re_entrustment")).toHaveLength(0);
  });
});
