import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { putSealed } from "#src/platform/vault/index.ts";
import { runWork } from "#src/platform/work.ts";
import { bareCase } from "#test/support/bare-case.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { denied, staffSql } from "./support.ts";

// A case is no pretext: whoever looks in its name gets to its people alone.

const city = await openTestPlatform();
const { admin, platform } = city;
const as = staffSql(city);
const [child = "", parent = "", guardian = "", former = "", stranger = "", elsewhere = ""] =
  await runWork(platform, await city.system(), { purpose: "feed" }, (work) =>
    writePeople(work, [
      { record: invented({ householdNumber: "H-CASE" }) },
      { record: invented({ householdNumber: "H-CASE" }) },
      { record: invented() },
      { record: invented() },
      { record: invented() },
      { record: invented({ officeCode: "431028" }) },
    ]),
  );
const caseId = await bareCase(admin, child);
await admin`insert into cases.member (case_id, person_number, role, from_revision, to_revision)
  values (${caseId}, ${guardian}, 'guardian', 1, null), (${caseId}, ${former}, 'guardian', 1, 2)`;

const inTheName = { "app.program": "child-medical", "app.case_id": caseId, "app.purpose": "case" };
const look = (number: string, items: string) => (sql: TransactionSql) =>
  sql`select person_number from vault.look(${[number]}::text[], ${items}::text[])`;
const looksOf = async (number: string) =>
  (
    await admin<{ n: number }[]>`
      select count(*)::int as n from audit.record where person_number = ${number} and kind = 'look'`
  )[0]?.n;

test("申請を名乗る閲覧は、その申請の人と、その世帯の人だけに届く", async () => {
  for (const who of ["clerk1", "supervisor1"] as const) {
    for (const number of [child, parent, guardian, former])
      expect(await as(who, look(number, "{name,address}"), inTheName)).toHaveLength(1);
    const before = await looksOf(stranger);
    for (const attack of [
      look(stranger, "{name}"),
      look(stranger, "{facts,address}"),
      (sql: TransactionSql) =>
        sql`select from vault.look(${[child, stranger]}::text[], '{facts,name}')`,
      (sql: TransactionSql) => sql`select from vault.household_of(${stranger})`,
    ])
      await expect(as(who, attack, inTheName)).rejects.toMatchObject(denied);
    expect(await looksOf(stranger)).toBe(before);
  }
});

test("打ち込まれた番号を確かめる基本の事実だけは、申請に入る前の人についても見え、記録される", async () => {
  const before = (await looksOf(stranger)) ?? 0;
  expect(await as("clerk1", look(stranger, "{facts}"), inTheName)).toHaveLength(1);
  expect(await looksOf(stranger)).toBe(before + 1);
});

test("封じた記録も、その申請の人のものでなければ開けない", async () => {
  const paper = await runWork(
    platform,
    await city.system(),
    { purpose: "scheduled", program: "child-medical" },
    async (work) =>
      putSealed(work, {
        holder: stranger,
        program: "child-medical",
        kind: "document",
        caseId: await bareCase(admin, stranger),
        data: new Uint8Array([1]),
      }),
  );
  const open = (sql: TransactionSql) => sql`select from vault.get_sealed(${[paper]}::uuid[])`;
  await expect(as("clerk1", open, inTheName)).rejects.toMatchObject(denied);
  expect(await as("clerk1", open, { ...inTheName, "app.case_id": "" })).toHaveLength(1);
});

test("ない申請は名乗れない", async () => {
  const none = { ...inTheName, "app.case_id": "00000000-0000-4000-8000-000000000000" };
  await expect(as("clerk1", look(child, "{facts}"), none)).rejects.toMatchObject(denied);
});

test("誰がその人を見たかは、その人に届く職員だけに見える", async () => {
  const looksAt = (number: string) => (sql: TransactionSql) =>
    sql`select action from audit.looks_at(${number}, 60)`;
  expect((await as("clerk1", looksAt(child))).length).toBeGreaterThan(0);
  expect(await as("east1", looksAt(child))).toHaveLength(0);
  await as("east1", look(elsewhere, "{name}"));
  expect(await as("east1", looksAt(elsewhere))).toContainEqual(
    expect.objectContaining({ action: "person.look" }),
  );
  await expect(as("auditor1", looksAt(child))).rejects.toMatchObject(denied);
});
