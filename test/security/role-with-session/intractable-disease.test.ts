import { beforeAll, expect, test } from "vitest";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { patientApplication, patientCounterOf, recordOf } from "#test/support/patient-counter.ts";
import { denied, staffSql } from "./support.ts";

// What 指定難病 alone has: codes of its applications, 個人票, the list of 指定医, and the terms of its entitlements.

const city = await openTestPlatform();
const { admin } = city;
const as = staffSql(city);
const counter = patientCounterOf(city);
const patient = async () => (await counter.household()).mother;
beforeAll(() => counter.listDoctors());

const values =
  "'2026-11-05', '一般所得Ⅰ', null, false, 0, 0, false, false, false, false, false, 2026, null, '54439997', '{6}'";
const columns =
  "valid_from, tier, tier_before, meal_exempt, full_cap, cap, apportioned, long_high_cost, ventilator, mild_high_cost, income_unconfirmed, tax_year, limit_category, payer_number, diseases";

test("支給認定の内容は、起案のとおりに、別の職員の決裁だけで決まり、直接には書けない", async () => {
  const at = await counter.toApproval(await patient());
  const proposed = `insert into intractable_disease.proposed_terms (case_id, ${columns}) values ('${at.caseId}', ${values})`;
  for (const who of ["clerk2", "supervisor1", "system"] as const) {
    await expect(as(who, (sql) => sql.unsafe(proposed))).rejects.toMatchObject(denied);
    await expect(
      as(who, (sql) => sql`select intractable_disease.set_terms(${at.caseId})`),
    ).rejects.toMatchObject(denied);
  }
  const decided = await counter.step("supervisor1", "approve", at);
  const [row] =
    await admin`select entitlement_id from intractable_disease.terms where case_id = ${decided.caseId}`;
  for (const statement of [
    `insert into intractable_disease.terms (entitlement_id, case_id, ${columns}, recorded_by) values ('${row?.entitlement_id}', '${at.caseId}', ${values}, 1)`,
    "update intractable_disease.terms set cap = 0",
    "delete from intractable_disease.terms",
    "update intractable_disease.proposed_terms set cap = 0",
    "update intractable_disease.applied set sort = 'renewal'",
    "update intractable_disease.clinical_record set denied = true",
    "delete from intractable_disease.designated_doctor",
    "update intractable_disease.arrival set arrived_on = '2026-11-01'",
  ])
    for (const who of ["clerk2", "supervisor1"] as const)
      await expect(
        as(who, (sql) => sql.unsafe(statement)),
        statement,
      ).rejects.toMatchObject(denied);
  // What was set once is not set again by the same decision.
  await expect(
    as("supervisor1", (sql) => sql`select intractable_disease.set_terms(${at.caseId})`),
  ).rejects.toMatchObject(denied);
});

test("見えるのは、その申請を見られる職員だけである", async () => {
  const at = await counter.toCertified(await patient());
  const seen = (who: TestStaff, table: string) =>
    as(who, (sql) =>
      sql.unsafe(`select from intractable_disease.${table} where case_id = '${at.caseId}'`),
    );
  for (const table of ["applied", "clinical_record", "proposed_terms", "terms"]) {
    expect(await seen("clerk2", table), table).toHaveLength(1);
    expect(await seen("nobody", table), table).toHaveLength(0);
  }
  expect(
    await as("nobody", (sql) => sql`select from intractable_disease.designated_doctor`),
  ).toHaveLength(0);
});

test("個人票は、その段階の外では書けず、指定医でない方のものは書けない", async () => {
  const at = await counter.toExamination(
    await patient(),
    patientApplication({ records: [recordOf()] }),
  );
  const record = (doctor: string) =>
    `insert into intractable_disease.clinical_record (case_id, disease_number, main, denied, doctor_number, doctor_from, written_on, source)
       values ('${at.caseId}', 7, false, false, '${doctor}', '2023-01-01', '2026-11-10', 'paper')`;
  await expect(as("clerk1", (sql) => sql.unsafe(record("T0001")))).rejects.toMatchObject(denied);
  await expect(as("clerk1", (sql) => sql.unsafe(record("T0002")))).rejects.toMatchObject(denied);
});

test("指定医の一覧と本庁受領は、権限のある職員が、その手続きの中でだけ書く", async () => {
  const at = await counter.toExamination(
    await patient(),
    patientApplication({ reception: "branch" }),
  );
  await expect(
    as(
      "clerk2",
      (sql) =>
        sql`select intractable_disease.record_arrival(${at.caseId}, '2026-11-20', '2026-11-20')`,
    ),
  ).rejects.toMatchObject(denied);
  await expect(
    as(
      "nobody",
      (sql) => sql`
      select intractable_disease.keep_doctors('{X0001}', '{2023-01-01}', '{2027-12-31}', '{試験}', '{内科}', '{見本}', '{designated}')`,
    ),
  ).rejects.toMatchObject(denied);
  for (const nulls of ["null, null, null", `'${at.caseId}', null, null`])
    await expect(
      as("clerk2", (sql) => sql.unsafe(`select intractable_disease.record_arrival(${nulls})`)),
    ).rejects.toMatchObject(denied);
  await expect(
    as("clerk2", (sql) => sql`select intractable_disease.set_terms(null)`),
  ).rejects.toMatchObject(denied);
});
