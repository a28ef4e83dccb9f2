import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithPeople, denied } from "./support.ts";

const { city, as, openNumber, housemateNumber, hiddenNumber } = await cityWithPeople();
const { admin } = city;

/** The 事務 that needs somebody, for a case at an office, made behind the curtain: cases move by events alone. */
const program = "single-parent-medical";
const caseOf = async (of: string, office: string) => {
  const [made] = await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    return sql<{ id: string }[]>`
      with made as (
        insert into cases.case (number, program, kind, machine_version, person_number, office_code, state, received_on, opened_by, opening_key)
        select ${randomUUID()}, ${of}, ${of}, 1, ${openNumber}, ${office}, 'received', '2026-11-20', min(id), ${randomUUID()} from access.staff
        returning id)
      insert into cases.member (case_id, person_number, role, from_revision)
      select id, x.number, x.role, 1 from made, (values (${openNumber}, 'subject'), (${housemateNumber}, 'supporter')) x(number, role)
      returning case_id as id`;
  });
  return made?.id ?? "";
};
const importOf = async (kind: string, state: string) => {
  const [made] = await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    return sql<{ id: string }[]>`
      insert into feeds.import (kind, layout, file_name, file_date, extent, sequence, state, prepared_by, committed_by)
      select ${kind}, 'x', 'x', '2026-11-20', 'diff', 1, ${state}, min(id), min(id) + 1 from access.staff returning id`;
  });
  return made?.id ?? "";
};
const look =
  (number: string, kind = "tax") =>
  (sql: TransactionSql) =>
    sql`select * from vault.look_at_feed_records(${kind}, ${[number]}::text[], null, null)`;
const write = (importId: string, number: string) => (sql: TransactionSql) =>
  sql`select vault.write_feed_records(${importId}::uuid, ${[number]}::text[], '{1}', '{2026-06-01}',
    array['x'::bytea], array['x'::bytea])`;
const announce =
  (caseId: string | null, number: string, of = program, kind = "tax") =>
  (sql: TransactionSql) =>
    sql`select people.announce_need(${of}, ${kind}, ${caseId}::uuid, ${[number]}::text[])`;
const inProgram = { "app.program": program };
const looks = async (number: string) =>
  Number(
    (
      await admin`select count(*) as n from audit.record
                   where action = 'person.look' and items = '{tax}' and person_number = ${number}`
    )[0]?.n,
  );

let caseId: string;
let tax: string;

beforeAll(async () => {
  caseId = await caseOf(program, "431010");
  await as("clerk1", announce(caseId, openNumber));
  tax = await importOf("tax", "committing");
  await as("supervisor1", write(tax, openNumber));
});

describe("税情報と福祉情報", () => {
  test("は、表から直接読むことも書くこともできない", async () => {
    for (const who of ["clerk1", "supervisor1", "operator1", "system"] as const)
      for (const statement of [
        "select * from vault.feed_record",
        "insert into vault.feed_record (kind) values ('tax')",
        "update vault.feed_record set told_on = '2020-01-01'",
        "delete from vault.feed_record",
        "truncate vault.feed_record",
      ])
        await expect(
          as(who, (sql) => sql.unsafe(statement)),
          `${who}: ${statement}`,
        ).rejects.toMatchObject(denied);
  });

  test("は、事務が必要としている方のものだけが読め、読めば必ず記録が残る", async () => {
    const before = await looks(openNumber);
    const rows = await as("clerk1", look(openNumber), inProgram);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.sealed).not.toBeNull();
    expect(await looks(openNumber)).toBe(before + 1);
    await expect(as("clerk1", look(housemateNumber), inProgram)).rejects.toMatchObject(denied);
    const both = (sql: TransactionSql) =>
      sql`select * from vault.look_at_feed_records('tax', ${[openNumber, housemateNumber]}::text[], null, null)`;
    await expect(as("clerk1", both, inProgram)).rejects.toMatchObject(denied);
    expect(await looks(housemateNumber)).toBe(0);
  });

  test("は、別の事務を名乗っても、事務を名乗らなくても読めない", async () => {
    for (const other of ["", "child-medical", "vaccination", "feeds", "nothing"])
      await expect(
        as("clerk1", look(openNumber), { "app.program": other }),
        other,
      ).rejects.toMatchObject(denied);
  });

  test("は、税が必要でも福祉は読めず、知らない種類の名でも読めない", async () => {
    await expect(as("clerk1", look(openNumber, "welfare"), inProgram)).rejects.toMatchObject(
      denied,
    );
    for (const kind of ["protected", "individual-number", "", "tax' or true --"])
      await expect(as("clerk1", look(openNumber, kind), inProgram), kind).rejects.toThrow();
  });

  test("は、権限のない職務と、目的のない処理には読めない", async () => {
    const without: TestStaff[] = [
      "operator1",
      "scheme1",
      "auditor1",
      "admin1",
      "approver1",
      "nobody",
    ];
    for (const who of without)
      await expect(as(who, look(openNumber), inProgram), who).rejects.toMatchObject(denied);
    await expect(
      as("clerk1", look(openNumber), { ...inProgram, "app.purpose": "" }),
    ).rejects.toMatchObject(denied);
  });

  test("は、反映中のファイルの種類としてだけ、必要としている方についてだけ書ける", async () => {
    const attempts: [TestStaff, string, string][] = [
      ["clerk1", tax, openNumber],
      ["operator1", tax, openNumber],
      ["supervisor1", tax, housemateNumber],
      ["supervisor1", randomUUID(), openNumber],
      ["supervisor1", await importOf("tax", "reviewed"), openNumber],
      ["supervisor1", await importOf("tax", "committed"), openNumber],
      ["supervisor1", await importOf("welfare", "committing"), openNumber],
    ];
    for (const [who, file, number] of attempts)
      await expect(as(who, write(file, number)), `${who} ${file}`).rejects.toMatchObject(denied);
    await expect(
      as("supervisor1", write(await importOf("residents", "committing"), openNumber)),
    ).rejects.toThrow();
  });

  test("は、取込みの突合では中身を出さず、窓口の職員には突合もできない", async () => {
    const match = (sql: TransactionSql) =>
      sql`select * from vault.match_feed_records('tax', '{1}')`;
    const [row] = await as("operator1", match);
    expect(Object.keys(row ?? {}).toSorted()).toEqual([
      "fingerprint",
      "person_number",
      "subject",
      "told_on",
    ]);
    await expect(as("clerk1", match)).rejects.toMatchObject(denied);
  });
});

describe("だれが必要かは", () => {
  test("表に直接書くことも、終わったものを戻すこともできない", async () => {
    for (const who of ["clerk1", "supervisor1", "operator1", "system"] as const)
      for (const statement of [
        `insert into people.needed (person_number, program, kind, since, announced_by) values ('${housemateNumber}', '${program}', 'tax', '2026-11-20', 1)`,
        "update people.needed set ended_on = null, ended_by = null",
        `update people.needed set person_number = '${housemateNumber}'`,
        "delete from people.needed",
      ])
        await expect(
          as(who, (sql) => sql.unsafe(statement)),
          `${who}: ${statement}`,
        ).rejects.toMatchObject(denied);
  });

  test("その事務の、自分の区の申請についてだけ言え、一人ずつ記録が残る", async () => {
    await expect(as("clerk1", announce(null, housemateNumber))).rejects.toMatchObject(denied);
    await expect(as("clerk1", announce(randomUUID(), housemateNumber))).rejects.toMatchObject(
      denied,
    );
    const otherProgram = await caseOf("child-medical", "431010");
    await expect(as("clerk1", announce(otherProgram, housemateNumber))).rejects.toMatchObject(
      denied,
    );
    for (const who of ["operator1", "auditor1", "admin1", "nobody"] as const)
      await expect(as(who, announce(caseId, housemateNumber)), who).rejects.toMatchObject(denied);
    await expect(
      as("clerk1", announce(caseId, housemateNumber, program, "individual-number")),
    ).rejects.toThrow();
    await admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update access.duty_grant set office_code = '431028'
        where staff_id = (select id from access.staff where login_name = 'clerk3')`;
    });
    await expect(as("clerk3", announce(caseId, housemateNumber))).rejects.toMatchObject(denied);
    // Only people of the case.
    await expect(as("clerk1", announce(caseId, hiddenNumber))).rejects.toMatchObject(denied);
    await as("clerk1", announce(caseId, housemateNumber));
    const [told] = await admin`select count(*)::int as n from audit.record
      where action = 'need.announced' and person_number = ${housemateNumber}`;
    expect(told?.n).toBe(1);
  });

  test("終えると、その方の税情報はもう読めない", async () => {
    const end = (sql: TransactionSql) =>
      sql`select people.end_need(${program}, 'tax', ${caseId}::uuid, ${[openNumber]}::text[])`;
    await expect(as("operator1", end)).rejects.toMatchObject(denied);
    await as("clerk1", end);
    await expect(as("clerk1", look(openNumber), inProgram)).rejects.toMatchObject(denied);
  });

  test("データベースのための関数は、プログラムからは呼べない", async () => {
    for (const call of [
      `people.all_needed('{${openNumber}}', 'tax', null)`,
      `people.require_need('{}', '${program}', null)`,
      `feeds.covered_on('${openNumber}', 'tax')`,
      `feeds.kind_in_commit('${tax}')`,
    ])
      await expect(
        as("clerk1", (sql) => sql.unsafe(`select ${call}`)),
        call,
      ).rejects.toMatchObject(denied);
  });
});
