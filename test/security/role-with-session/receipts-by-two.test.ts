import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { bareCase } from "#test/support/bare-case.ts";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithPeople, denied } from "./support.ts";

const { city, as, openNumber } = await cityWithPeople();
const { admin } = city;
const run = (who: TestStaff | "system", statement: string) =>
  as(who, (sql) => sql.unsafe(statement), { "app.program": "receipts", "app.purpose": "feed" });
await admin`insert into receipts.institution (code, name, named_in) values ('4311234567', '見本医院', '2026-10')`;

/** A file that operator1 took in, of one lot of one receipt. */
async function aFile(state: "judging" | "committed") {
  const [file] = await admin`
    insert into receipts.file (format, channel, claim_month, payment_month, file_name, state, lot_count, receipt_count, prepared_by, committed_by)
    select 'uke', 'federation', '2026-10', '2026-12', 'a.uke', ${state}, 1, 1, o.id, case when ${state} = 'committed' then s.id end
      from access.staff o, access.staff s where o.login_name = 'operator1' and s.login_name = 'supervisor1' returning id`;
  await admin`insert into receipts.lot (file_id, number, first_row, row_count, sealed_id) values (${file?.id}, 1, 1, 1, ${randomUUID()})`;
  return String(file?.id);
}

test("点検の結果は、取り込んだ人と定時処理だけが書け、負の額や桁外れの額は書けない", async () => {
  const file = await aFile("judging");
  const keep = (subsidy: number) =>
    `select receipts.keep_lot('${file}', 1, '[{"row": 1, "line": 2, "institution": "4311234567", "institutionName": "見本医院", "otherFunds": [],
      "points": 100, "totalCost": 1000, "insured": 700, "highCost": 0, "additionalBenefit": 0, "otherPublic": 0, "subsidy": ${subsidy}, "patientPays": 0,
      "copayStated": 0}]', '[]')`;
  for (const who of ["operator2", "supervisor1", "clerk1"] as const)
    await expect(run(who, keep(300)), who).rejects.toMatchObject(denied);
  for (const subsidy of [-300, 10_000_000_000_000])
    await expect(run("operator1", keep(subsidy)), String(subsidy)).rejects.toMatchObject(denied);
  await run("system", keep(300));
  const kept = await admin`select subsidy from receipts.receipt where file_id = ${file}`;
  expect(kept).toEqual([{ subsidy: "300" }]);
});

test("取り戻した給付は、取戻しの前に求めた再審査の承認でもう一度は支払われない", async () => {
  const file = await aFile("committed");
  const caseId = await bareCase(admin, openNumber);
  await admin`insert into receipts.receipt (file_id, row, lot, line, posted, person_number) values (${file}, 1, 1, 2, true, ${openNumber})`;
  const benefit = async (kind: string, origin: number | null, sign: number) => {
    const [made] = await admin`
      insert into receipts.benefit (kind, origin_id, program, person_number, recipient_number, entitlement_id, office_code, file_id, row, channel, claim_month,
        treatment_month, payment_month, institution, care, payer_number, other_funds, points, total_cost, insured, high_cost, additional_benefit, other_public,
        subsidy, patient_pays, remarks, recorded_by)
      values (${kind}, ${origin}, 'child-medical', ${openNumber}, '0000001', ${caseId}, '431010', ${file}, 1, 'federation', '2026-10', '2026-09', '2026-12',
        '4311234567', 'outpatient', '80430001', '{}', ${100 * sign}, ${1000 * sign}, ${700 * sign}, 0, 0, 0, ${300 * sign}, 0, '{}', 1) returning id`;
    return Number(made?.id);
  };
  const original = await benefit("original", null, 1);
  const [asked] = await admin`
    insert into receipts.adjustment (benefit_id, kind, channel, settled_in, reason_code, points, subsidy, patient_pays, asked_by)
    select ${original}, 're-examination', 'federation', '2026-11', '01', 90, 270, 0, s.id from access.staff s where s.login_name = 'clerk1' returning id`;
  await benefit("taken-back", original, -1);
  const decide = (approve: boolean) =>
    `select receipts.decide_adjustment(${asked?.id}, ${approve})`;
  await expect(run("supervisor1", decide(true))).rejects.toMatchObject(denied);
  const [sum] =
    await admin`select sum(subsidy)::integer as yen from receipts.benefit where file_id = ${file}`;
  expect(sum?.yen).toBe(0);
  await run("supervisor1", decide(false));
});

test("レセプトを動かした人は、SQLで行っても記録に残る", async () => {
  const file = await aFile("judging");
  const since = (await admin`select coalesce(max(id), 0) as id from audit.record`)[0]?.id;
  await run("operator1", `select receipts.move('${file}', 1, 'cancel', 'cancelled', '取消')`);
  const [reason] = await run(
    "operator1",
    "select receipts.ask_adjustment_reason('federation', '77', '見本の事由', '2026-04-01', null) as id",
  );
  await run("supervisor1", `select receipts.decide_adjustment_reason(${reason?.id}, true)`);
  const [stated] = await run(
    "operator1",
    "select receipts.ask_statement('direct', '2026-10', 0, 0, 0, null) as id",
  );
  await run("supervisor1", `select receipts.decide_statement(${stated?.id}, false)`);
  const records = await admin`
    select s.login_name || ' ' || r.action as did from audit.record r join access.staff s on s.id = r.staff_id
     where r.id > ${since} and r.action like 'receipt%' and r.kind = 'event' order by r.id`;
  expect(records.map(({ did }) => did)).toEqual([
    "operator1 receipt-file.cancelled",
    "operator1 receipt-reason.entered",
    "supervisor1 receipt-reason.approved",
    "operator1 receipt-statement.entered",
    "supervisor1 receipt-statement.refused",
  ]);
});
