import { describe, expect, test } from "vitest";
import { sealRecords } from "#src/platform/audit/index.ts";
import { cityWithPeople, denied } from "./support.ts";

const { city, as, housemateNumber, openNumber } = await cityWithPeople();
const { admin, platform } = city;

describe("見た記録", () => {
  const counted = async (action: string) =>
    Number((await admin`select count(*) as n from audit.record where action = ${action}`)[0]?.n);

  test.each([
    ["person.look", "clerk1", "vault.look($1::text[], '{name}')", 2],
    ["person.household", "clerk1", "vault.household_of(($1::text[])[1])", 1],
    [
      "person.search",
      "clerk1",
      "vault.find(null, '2020-05-10', null, null, null, ($1::text[])[1], null, null, null)",
      1,
    ],
    [
      "person.select",
      "operator1",
      "vault.select_people('{2020-05-10}', '{2020-05-10}', null) where $1::text[] is not null",
      1,
    ],
    [
      "person.present",
      "operator1",
      "vault.present_sources(-9223372036854775808, 10) where $1::text[] is not null",
      1,
    ],
  ] as const)("%s は、%s が読めば必ず残る", async (action, who, call, records) => {
    const before = await counted(action);
    await as(who, (sql) => sql.unsafe(`select * from ${call}`, [[openNumber, housemateNumber]]));
    expect(await counted(action)).toBe(before + records);
  });

  test("取込みの突合で住所と氏名が出るのは、違いのある人だけで、一人ずつ残る", async () => {
    const sources = await admin<{ t: string; n: string }[]>`
      select source_token::text as t, person_number as n from vault.person order by person_number`;
    const fingerprints = await admin<
      { f: string }[]
    >`select '\\x' || encode(fingerprint, 'hex') as f from vault.person order by person_number`;
    const saying = fingerprints.map(({ f }, n) => (sources[n]?.n === openNumber ? "\\x00" : f));
    const before = await counted("person.compared");
    const rows = await as(
      "operator1",
      (sql) => sql<{ person_number: string; sealed_name: Buffer | null }[]>`
        select * from vault.match_sources(${sources.map(({ t }) => t)}::bigint[], ${saying}::text[]::bytea[])`,
    );
    expect(rows.filter((row) => row.sealed_name).map((row) => row.person_number)).toEqual([
      openNumber,
    ]);
    expect(rows).toHaveLength(sources.length);
    expect(await counted("person.compared")).toBe(before + 1);
  });
});

describe("監査記録と封印", () => {
  test("は、誰にも書き換えられず、他人の名でもサインインの名でも書けない", async () => {
    for (const who of ["auditor1", "clerk1", "admin1", "system"] as const)
      for (const statement of [
        "update audit.record set staff_id = 1",
        "delete from audit.record",
        "truncate audit.record",
        "insert into audit.record (kind, action) values ('look', 'x')",
        "delete from audit.seal",
        "delete from audit.unsealed",
        "select audit.append('sign-in', 'sign-in.done', null, null, null, 1, null)",
        "select audit.write('sign-in', 'sign-in.done', null, null, null)",
        "alter table audit.record disable trigger all",
      ])
        await expect(
          as(who, (sql) => sql.unsafe(statement)),
          `${who}: ${statement}`,
        ).rejects.toMatchObject(denied);
    await as(
      "clerk1",
      (sql) => sql`select audit.write('event', 'attack.mark', null, null, '{"staff_id": 1}')`,
      {
        "app.staff_id": "1",
        "app.user": "admin1",
      },
    );
    const [row] =
      await admin`select s.login_name from audit.record r join access.staff s on s.id = r.staff_id where r.action = 'attack.mark'`;
    expect(row?.login_name).toBe("clerk1");
  });

  test("は、所有者にも変えられない", async () => {
    for (const statement of [
      "update audit.record set action = 'x'",
      "delete from audit.record",
      "truncate audit.seal",
    ])
      await expect(
        admin.begin(async (sql) => {
          await sql`set local role madoguchi_owner`;
          await sql.unsafe(statement);
        }),
      ).rejects.toMatchObject(denied);
  });

  test("順番でない封印、中身の違う封印は受け付けない", async () => {
    await sealRecords(platform);
    await as(
      "clerk1",
      (sql) => sql`select audit.write('event', 'attack.sealed', null, null, null)`,
    );
    const signature = Buffer.alloc(64);
    await as("clerk1", async (sql) => {
      const [due] = await sql<
        { number: string; previous: Buffer; record_ids: string[]; digest: Buffer }[]
      >`
        select * from audit.next_seal(1000)`;
      if (!due) throw new Error("nothing waits");
      const { number, previous, record_ids: ids, digest } = due;
      const wrong: [unknown, Buffer, string[], Buffer][] = [
        [Number(number) + 1, previous, ids, digest],
        [number, Buffer.alloc(32), ids, digest],
        [number, previous, ids, Buffer.alloc(32)],
        [number, previous, ["1"], digest],
        [number, previous, [], digest],
        [number, previous, [...ids, ...ids], digest],
      ];
      for (const [n, before, some, hash] of wrong)
        await expect(
          sql.savepoint(
            (inner) =>
              inner`select audit.write_seal(${n as string}, ${before}, ${some}::bigint[], ${hash}, ${signature})`,
          ),
        ).rejects.toMatchObject(denied);
    });
  });
});
