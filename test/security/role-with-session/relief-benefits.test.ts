import type { TransactionSql } from "postgres";
import { beforeAll, expect, test } from "vitest";
import { moveCase } from "#test/support/case-sql.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { keyedBenefits, keyedPension, reliefBenefitsOf } from "#test/support/relief-benefits.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { amountOn } from "#workflows/vaccination/relief/amounts.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const relief = reliefBenefitsOf(city);
const notWhole = { code: "MD019" };
const zero = "00000000-0000-0000-0000-000000000000";
const run = <T>(who: TestStaff, of: (sql: TransactionSql) => Promise<T>) =>
  as(who, of, { "app.purpose": "case", "app.program": "vaccination" });

beforeAll(() => relief.payments.setUp());

async function keyed() {
  const { person, at } = await relief.recognised(["medical-cost", "medical-allowance"]);
  return {
    person,
    at: await relief.step("clerk1", "enterBenefits", at, { input: keyedBenefits(person) }),
  };
}

async function pension() {
  const { person, at } = await relief.recognised(["disability-pension"], {}, "1988-04-02");
  const entered = await relief.step("clerk1", "enterBenefits", at, {
    input: {
      visits: [],
      allowanceMonths: [],
      disabilityMonths: 0,
      benefits: [keyedPension(person)],
    },
  });
  await relief.step("supervisor1", "approve", await relief.step("clerk2", "propose", entered));
  const [row] = await city.admin<{ id: string }[]>`
    select id from relief_benefits.pension where case_id = ${at.caseId}`;
  return { person, id: row?.id ?? "" };
}

test("給付・起案・年金・支払の行は、段階のほかでは書けず、変えられず、消せない", async () => {
  const { at, person } = await keyed();
  for (const statement of [
    "update relief_benefits.visit set paid = 1",
    "delete from relief_benefits.claimed",
    "update relief_benefits.pension set state = 'paying'",
    "update relief_benefits.pension_line set amount = 1",
    "insert into relief_benefits.pension_month (line_id) values (gen_random_uuid())",
    `insert into relief_benefits.entry (case_id, sealed_id) values ('${at.caseId}', gen_random_uuid())`,
    `insert into relief_benefits.claimed (case_id, number, benefit, month, payee_number) values ('${at.caseId}', 9, 'medical-cost', '2024-05', '${person}')`,
    `insert into relief_benefits.proposed (approval_id, case_id, number, outcome, amount, basis) values ('${zero}', '${at.caseId}', 1, 'granted', 5, '{}')`,
    `insert into relief_benefits.award (approval_id) values ('${zero}')`,
    `select relief_benefits.carry_out('${at.caseId}')`,
    `select relief_benefits.paid_of('${zero}', '2024-05-01')`,
    `select payments.enter_payable('vaccination', 'relief', '${zero}', '${at.caseId}', '${person}', 5, 'transfer')`,
  ])
    for (const who of ["clerk1", "supervisor1", "operator1"] as const)
      await expect(
        run(who, (sql) => sql.unsafe(statement)),
        statement,
      ).rejects.toMatchObject(denied);
});

test("負担した額と違う医療費、額と合わない内訳は、データベースが断る", async () => {
  const { at } = await keyed();
  const attempt = (cost: number, step: number) =>
    run("clerk2", async (sql) => {
      await moveCase(sql, at, "propose", "approval");
      for (const [number, amount] of [
        [1, cost],
        [2, 36_900],
      ] as const) {
        await sql`insert into relief_benefits.proposed (approval_id, case_id, number, outcome, amount, basis)
          values (${zero}, ${at.caseId}, ${number}, 'granted', ${amount}, '{}')`;
        await sql`insert into relief_benefits.proposed_step (approval_id, case_id, number, position, label, amount)
          values (${zero}, ${at.caseId}, ${number}, 1, '額', ${number === 1 ? step : amount})`;
      }
    });
  await expect(attempt(3_001, 3_001)).rejects.toMatchObject(notWhole);
  await expect(attempt(3_000, 1)).rejects.toMatchObject(notWhole);
  // Nothing is said of what is claimed.
  await expect(
    run("clerk2", (sql) => moveCase(sql, at, "propose", "approval")),
  ).rejects.toMatchObject(notWhole);
});

test("決裁の段階で支払を起こさなければ、決裁は成り立たない", async () => {
  const { at } = await keyed();
  const proposed = await relief.step("clerk2", "propose", at);
  await expect(
    run("supervisor1", (sql) => moveCase(sql, proposed, "approve", "granted")),
  ).rejects.toMatchObject(notWhole);
});

test("年金は、一人では額を改められず、終わらせられず、道にない段階へ進めない", async () => {
  const { id } = await pension();
  const move = (who: TestStaff, event: string, target: string) =>
    run(
      who,
      (sql) => sql`select relief_benefits.move_pension(${id}, 1, ${event}, ${target}, null,
      '2024-01-01', 1, true, 0, 'death', '2024-01-01', null)`,
    );
  await expect(move("supervisor1", "approve-change", "paying")).rejects.toMatchObject({
    code: "MD011",
  });
  await expect(move("supervisor1", "ask-end", "ended")).rejects.toMatchObject({ code: "MD011" });
  await expect(move("clerk2", "ask-change", "change-asked")).rejects.toMatchObject({
    code: "MD016",
  });
  await expect(move("operator1", "ask-change", "change-asked")).rejects.toMatchObject(denied);
});

test("定期支払は、準備した者も、権利のない者も承認できない", async () => {
  await pension();
  const rates = JSON.stringify([]);
  const prepare = (who: TestStaff) =>
    run(
      who,
      (sql) =>
        sql<
          { id: string }[]
        >`select relief_benefits.prepare_run('2027-01-01', ${rates}::text::jsonb) as id`,
    );
  await expect(prepare("clerk1")).rejects.toMatchObject(denied);
  const [made] = await prepare("operator1");
  const approve = (who: TestStaff) =>
    run(
      who,
      (sql) => sql`select relief_benefits.move_run(${made?.id ?? ""}, 1, 'approve', 'approved')`,
    );
  await expect(approve("clerk1")).rejects.toMatchObject(denied);
  // Without amounts nothing of it is payable, and it is not taken for nothing.
  const [line] = await city.admin`
    select held from relief_benefits.pension_line where run_id = ${made?.id ?? ""} limit 1`;
  expect(line).toEqual({ held: "amount-missing" });
  await expect(approve("supervisor1")).rejects.toMatchObject({ code: "MD011" });
});

test("定期支払の額は、定められた額のほかにできず、一つの月に二つの額を持てない", async () => {
  await pension();
  await city.admin`update relief_benefits.pension_run set state = 'cancelled'`;
  const rate = {
    class: "A",
    benefit: "disability-pension",
    grade: 2,
    from_month: "2023-05-01",
    to_month: "2024-03-01",
    yearly: 4_138_800,
    care: 564_200,
    basis: "予防接種法施行令",
  };
  const prepare = (...rates: object[]) =>
    run(
      "operator1",
      (sql) =>
        sql`select relief_benefits.prepare_run('2027-01-01', ${JSON.stringify(rates)}::text::jsonb)`,
    );
  for (const wrong of [
    { yearly: 4_138_801 },
    { care: 0 },
    { care: 564_201 },
    // Nobody registered an amount of these.
    { to_month: "2024-04-01" },
    { class: "city" },
    { benefit: "survivor-pension", grade: 1 },
    { class: "B", benefit: "survivor-pension", grade: 1, yearly: 2_594_400, care: 0 },
    { from_month: "2023-05-15" },
    { from_month: "2023-03-01" },
  ])
    await expect(prepare({ ...rate, ...wrong }), JSON.stringify(wrong)).rejects.toMatchObject(
      denied,
    );
  await expect(
    prepare(rate, { ...rate, from_month: "2023-06-01", to_month: "2023-06-01" }),
  ).rejects.toMatchObject(denied);
  await relief.setAmounts("A", "2024-04-01", { disability2: 4_224_000 });
  const later = { ...rate, from_month: "2024-04-01", to_month: "2026-12-01", care: 0 };
  await expect(prepare(rate, { ...later, yearly: 4_224_001 })).rejects.toMatchObject(denied);
  await expect(
    prepare(rate, { ...later, yearly: 4_224_000, to_month: "2027-01-01" }),
  ).rejects.toMatchObject(denied);
  await prepare(rate, { ...later, yearly: 4_224_000 });
});

test("データベースが知る法令の年金の額は、規則の表と同じである", async () => {
  const names = [
    "childCare1",
    "childCare2",
    "disability1",
    "disability2",
    "disability3",
    "careAddition1",
    "careAddition2",
    "survivorPension",
  ] as const;
  const known = await city.admin<
    { class: "A"; name: (typeof names)[number]; on: IsoDate; yen: number }[]
  >`
    select c as class, n as name, m::date::text as on, relief_benefits.law_figure(c, n, m::date)::integer as yen
      from unnest(array['A', 'B', 'city']) c, unnest(${[...names]}::text[]) n,
           generate_series('2020-01-01'::timestamp, '2030-12-01'::timestamp, interval '1 month') m`;
  const ruled = (of: "A" | "B" | "city", name: (typeof names)[number], on: IsoDate) => {
    try {
      return amountOn(of, name, on).amount;
    } catch (error) {
      if (error instanceof MissingParameterError) return null;
      throw error;
    }
  };
  expect(known.filter(({ yen }) => yen !== null)).toHaveLength(7 * 12 + 12);
  for (const { class: of, name, on, yen } of known)
    expect(yen, `${of} ${name} ${on}`).toBe(ruled(of, name, on));
});

test("支払う先は、請求した人か、順位のある遺族のほかにできない", async () => {
  const { at } = await keyed();
  const stranger = await relief.person();
  const attempt = (benefit: string, rank: string | null) =>
    run("clerk1", async (sql) => {
      const revision = await moveCase(sql, at, "enterBenefits", "recognised");
      return sql`insert into relief_benefits.claimed (case_id, revision, number, benefit, month, payee_number, rank)
        values (${at.caseId}, ${revision}, 1, ${benefit}, '2024-05', ${stranger}, ${rank})`;
    });
  await expect(attempt("medical-cost", null)).rejects.toMatchObject(denied);
  await expect(attempt("medical-cost", "spouse")).rejects.toMatchObject(denied);
  await expect(attempt("funeral", null)).rejects.toMatchObject(denied);
});

test("給付を決める決裁のついでに、決裁者が別の支払を起こすことはできない", async () => {
  const { at, person } = await keyed();
  const proposed = await relief.step("clerk2", "propose", at);
  await expect(
    run("supervisor1", async (sql) => {
      await moveCase(sql, proposed, "approve", "granted");
      await sql`select relief_benefits.carry_out(${at.caseId})`;
      await sql`select payments.owe('vaccination', 'relief-extra', ${zero}, ${at.caseId}, ${person}, 900000, 'cash')`;
    }),
  ).rejects.toMatchObject(notWhole);
  await relief.step("supervisor1", "approve", proposed);
});

test("統合した番号で支払った月の医療費は、統合先の番号で請求しても二度は支払われない", async () => {
  const one = await keyed();
  const two = await keyed();
  await relief.step("supervisor1", "approve", await relief.step("clerk2", "propose", one.at));
  await city.admin`
    insert into people.merge (merged, canonical, ground, state, preview, decided_at)
    values (${one.person}, ${two.person}, 'individual-number', 'merged', '{}', now())`;
  const found = await run(
    "clerk2",
    (sql) => sql<{ code: string }[]>`
    select code from relief_benefits.found_against(${two.at.caseId})`,
  );
  expect(found.map(({ code }) => code)).toContain("claimed-elsewhere");
});
