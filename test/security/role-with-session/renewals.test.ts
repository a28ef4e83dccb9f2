import { beforeAll, expect, test } from "vitest";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";
import { seasonOf } from "#test/support/renewal-season.ts";
import { taxFacts, tellTaxes } from "#test/support/tell-taxes.ts";
import { denied, staffSql } from "./support.ts";

// Somebody who can send any SQL with one session, against the yearly renewal.

const city = await openTestPlatform();
const as = staffSql(city);
const counter = householdCounterOf(city);
const season = seasonOf(city);
const run = (who: TestStaff | "system", statement: string, on = "2026-11-20") =>
  as(who, (sql) => sql.unsafe(statement), {
    "app.business_date": on,
    "app.program": season.program,
  });
let id = "";
const mothers: string[] = [];
const householdNumbers: string[] = [];
beforeAll(async () => {
  for (let n = 0; n < 2; n += 1) {
    const home = await counter.household([{ birthDate: "2015-05-10" }], {
      grandfather: { householdNumber: `H-APART-${n}` },
    });
    await counter.toIssued(home.mother, householdApplication(home), [keyed(home.mother)]);
    mothers.push(home.mother);
    householdNumbers.push(home.householdNumber);
  }
  await tellTaxes(city, [
    { personNumber: mothers[0] ?? "", facts: taxFacts({ incomeYear: 2025 }) },
  ]);
  id = await season.opened();
}, 120_000);
const of = (at: number) => season.of(id, mothers[at] ?? "");
const refused = { code: expect.stringMatching(/^(42501|22023|MD011|MD014|MD016)$/) };

test("更新の表は、だれの権限でも直接には書けず、中の関数は呼べない", async () => {
  for (const who of ["clerk1", "supervisor1", "operator1", "system"] as const) {
    for (const table of ["season", "answer", "answer_event", "letter", "income", "carried_out"]) {
      await expect(
        run(who, `insert into renewals.${table} default values`),
        table,
      ).rejects.toMatchObject(denied);
      await expect(run(who, `delete from renewals.${table}`), table).rejects.toMatchObject(denied);
    }
    await expect(run(who, "update renewals.answer set state = 'renewed'")).rejects.toMatchObject(
      denied,
    );
    await expect(run(who, "update renewals.season set state = 'open'")).rejects.toMatchObject(
      denied,
    );
    for (const call of [
      "renewals.advance('{}', '{}', 'approve-renewal', null)",
      "renewals.one(gen_random_uuid(), 1, 'clear', null)",
      "renewals.restore('{}')",
      "renewals.end_entitlements('{}')",
      "renewals.follow_up('{}', '{}')",
      "renewals.enter_answers(null)",
      "renewals.log('clear', '{}')",
    ])
      await expect(run(who, `select ${call}`), call).rejects.toMatchObject(denied);
  }
});

test("期は、一つの区だけの職員も、起案した人も、始められない", async () => {
  const plan = (who: TestStaff) =>
    run(
      who,
      `select renewals.plan('${season.program}', 2027, '2027-10-20', '2028-01-01', '2027-11-10', '2027-11-11', '2027-11-20', '2027-11-28', 2026, 'lost', 'lost')`,
    );
  for (const who of ["east1", "operator1", "auditor1"] as const)
    await expect(plan(who)).rejects.toMatchObject(denied);
  const [made] = await plan("supervisor1");
  await expect(
    run("supervisor1", `select renewals.move_season('${made?.plan}', 1, 'open')`),
  ).rejects.toMatchObject({ code: "MD011" });
  await expect(
    run("supervisor2", `select renewals.move_season('${made?.plan}', 2, 'open')`),
  ).rejects.toMatchObject({ code: "MD014" });
  await expect(
    run("supervisor2", `select renewals.move_season('${made?.plan}', 1, 'close')`),
  ).rejects.toMatchObject({ code: "MD011" });
  await expect(
    run(
      "east1",
      `select renewals.receive('${(await of(0)).id}', 1, '2026-11-20', 'window', false, '{}', null)`,
    ),
  ).rejects.toMatchObject(denied);
});

test("所得の分からない世帯も、受け付けていない世帯も、起案できない", async () => {
  await season.receive(id, mothers[0] ?? "");
  await season.receive(id, mothers[1] ?? "");
  const [known, unknown] = [await of(0), await of(1)];
  const judge = (answer: { id: string; revision: number }) =>
    run(
      "clerk2",
      `select * from renewals.judge(array['${answer.id}']::uuid[], array[${answer.revision}], array[''], '{}', '{}', '{}')`,
    );
  expect(await judge(unknown)).toEqual([]);
  expect(await judge(known)).toEqual([]);
  const unclear = { state: "exception", findings: ["income-missing"] };
  expect(await of(1)).toMatchObject(unclear);
  // Somebody else's tax record does not count for this household, and nobody's is taken for somebody who is no member.
  await run(
    "clerk2",
    `select * from renewals.judge(array['${unknown.id}']::uuid[], array[${unknown.revision}], array[''], array['${unknown.id}']::uuid[], array['${mothers[0]}'], array[1]::bigint[])`,
  ).catch((error) => expect(error).toMatchObject(refused));
  expect(await of(1)).toMatchObject(unclear);
  await expect(
    run(
      "clerk2",
      `select renewals.move('${known.id}', ${known.revision}, 'propose-renewal', null, null, '{}', null, null)`,
    ),
  ).rejects.toMatchObject(refused);
  await expect(
    run(
      "clerk2",
      `select renewals.move('${known.id}', ${known.revision}, 'approve-renewal', null, null, '{}', null, null)`,
    ),
  ).rejects.toMatchObject(denied);
});

test("起案した人も、入力した人も、前の版を見た人も決裁できず、資格は変わらない", async () => {
  await season.judge(id, "exception");
  const proposed = await of(0);
  expect(proposed.state).toBe("renewal-proposed");
  const approve = (who: TestStaff, seen = proposed.revision) =>
    run(who, `select * from renewals.approve(array['${proposed.id}']::uuid[], array[${seen}])`);
  for (const who of ["clerk1", "clerk2", "operator1", "east1"] as const)
    expect(await approve(who), who).toEqual([]);
  expect(await approve("supervisor1", proposed.revision - 1)).toEqual([]);
  expect((await of(0)).state).toBe("renewal-proposed");
  // Without a warning nobody loses anything for want of an answer, whatever day it is.
  expect(
    await run("clerk2", `select renewals.propose_lapses('${id}', 2000)`, "2027-03-01"),
  ).toEqual([{ propose_lapses: 0 }]);
  expect(
    await city.admin`select distinct status from entitlements.entitlement where person_number = any(${mothers})`,
  ).toEqual([{ status: "granted" }]);
});

test("作成中でない発送では手紙を記録できず、ほかの種類の回も使えない", async () => {
  await expect(
    run("operator1", "select renewals.record_letters(gen_random_uuid(), array[1]::bigint[])"),
  ).rejects.toMatchObject(denied);
  await expect(
    run("operator1", "select renewals.withdraw_letters(gen_random_uuid())"),
  ).rejects.toMatchObject(denied);
  await expect(
    run("clerk1", `select * from renewals.due_letters('${id}', 'form', null)`),
  ).rejects.toMatchObject(denied);
  await expect(
    run("clerk1", `select renewals.follow_register('${season.program}')`),
  ).rejects.toMatchObject(denied);
  await expect(
    run("clerk1", `select renewals.held_of(1, '${season.program}')`),
  ).rejects.toMatchObject(denied);
});

test("所得は、封をした本人の記録でなければ入力できず、自分では確認できない", async () => {
  const { id: answer, revision } = await of(1);
  await expect(
    run(
      "clerk1",
      `select renewals.key_income('${answer}', ${revision}, '${mothers[1]}', gen_random_uuid())`,
    ),
  ).rejects.toMatchObject(denied);
  await expect(
    run("clerk1", `select renewals.confirm_incomes('${answer}', null)`),
  ).rejects.toMatchObject(refused);
});

test("ほかの区の職員には、世帯の一件も見えない", async () => {
  expect(await run("east1", "select id from renewals.answer")).toEqual([]);
  expect(await run("nobody", "select id from renewals.season")).toEqual([]);
  await expect(
    run("east1", `select * from vault.households_of(array['${mothers[0]}'])`),
  ).rejects.toMatchObject(denied);
});

test("何もないと判定しても、世帯に入った方や住民登録のなくなった受給者があれば、起案も決裁もされない", async () => {
  const { id: answer, revision } = await of(0);
  expect((await of(0)).state).toBe("renewal-proposed");
  // Somebody moves in after it was proposed: no decision, whatever the program says of it.
  const joined = await counter.join(householdNumbers[0] ?? "", { birthDate: "1985-01-01" });
  const approve = `select * from renewals.approve(array['${answer}']::uuid[], array[${revision}])`;
  expect(await run("supervisor1", approve)).toEqual([]);
  await season.step("supervisor1", id, mothers[0] ?? "", "send-back");
  const judged = async (at: number) => {
    const one = await of(at);
    const proposed = await run(
      "clerk2",
      `select * from renewals.judge(array['${one.id}']::uuid[], array[${one.revision}], array[''], '{}', '{}', '{}')`,
    );
    expect(proposed).toEqual([]);
    return of(at);
  };
  expect(await judged(0)).toMatchObject({ state: "exception", findings: ["household-changed"] });
  await counter.registerAnew(joined, {
    residence: { from: "1985-01-01", fromReason: "birth", to: "2026-11-10", toReason: "move-out" },
  });
  await counter.registerAnew(mothers[1] ?? "", {
    residence: { from: "1990-04-01", fromReason: "birth", to: "2026-11-10", toReason: "move-out" },
  });
  expect(await judged(1)).toMatchObject({ state: "exception", findings: ["not-resident"] });
  // What the program finds is the same.
  await season.judge(id, "exception");
  expect((await of(0)).state).toBe("renewal-proposed");
  expect((await of(1)).findings).toContain("not-resident");
  for (const call of ["renewals.hindered('{}')", "vault.living_with('{}')"])
    await expect(run("clerk2", `select ${call}`), call).rejects.toMatchObject(denied);
});
