import { describe, expect, test } from "vitest";
import { systemSecret } from "#src/platform/access/tokens.ts";
import { sealRecords } from "#src/platform/audit/index.ts";
import { purposeTitles } from "#src/platform/work.ts";
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

  test("封印は、鍵を持つものだけが書け、その手に入れても順番と続きが合わなければ受け付けない", async () => {
    await sealRecords(platform);
    await as(
      "clerk1",
      (sql) => sql`select audit.write('event', 'attack.sealed', null, null, null)`,
    );
    for (const who of ["clerk1", "auditor1", "admin1"] as const)
      for (const call of [
        "audit.next_seal(sha256('x'), 1000)",
        "audit.last_seal(sha256('x'))",
        "audit.waits_since(sha256('x'))",
        "audit.note_changed(sha256('x'), '{1}')",
        "audit.write_seal(sha256('x'), 2, sha256('x'), now(), '{1}', sha256('y'), sha512('z'))",
      ])
        await expect(
          as(who, (sql) => sql.unsafe(`select * from ${call}`)),
          `${who}: ${call}`,
        ).rejects.toMatchObject(denied);
    const secret = systemSecret(platform.keys);
    await as("clerk1", async (sql) => {
      const rows = await sql<
        { number: string; previous: Buffer; record_id: string; sealed_at: string }[]
      >`select number, previous, record_id, sealed_at from audit.next_seal(${secret}, 1000)`;
      const [due] = rows;
      if (!due) throw new Error("nothing waits");
      const { number, previous, sealed_at: at } = due;
      const ids = rows.map(({ record_id }) => record_id);
      const digest = Buffer.alloc(32, 1);
      const wrong: [unknown, Buffer, string, string[], Buffer][] = [
        [Number(number) + 1, previous, at, ids, digest],
        [number, Buffer.alloc(32), at, ids, digest],
        [number, previous, at, ids, Buffer.alloc(31)],
        [number, previous, "2026-01-01", ids, digest],
        [number, previous, at, ["1"], digest],
        [number, previous, at, [], digest],
        [number, previous, at, [...ids, ...ids], digest],
      ];
      for (const [n, before, when, some, hash] of wrong)
        await expect(
          sql.savepoint(
            (inner) => inner`select audit.write_seal(${secret}, ${n as string}, ${before}, ${when},
                       ${some}::bigint[], ${hash}, ${Buffer.alloc(64)})`,
          ),
        ).rejects.toMatchObject(denied);
    });
  });

  test("封印は、プログラムのロールが何を掴んでいても止まらない", async () => {
    await as("clerk1", async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtext('audit.seal'))`;
      for (const statement of [
        "select from audit.sealer for update",
        "lock table audit.unsealed in share mode",
        "lock table audit.seal in exclusive mode",
      ])
        await expect(
          sql.savepoint((inner) => inner.unsafe(statement)),
          statement,
        ).rejects.toMatchObject(denied);
      await city.admin`select audit.append('event', 'attack.held', null, null, null, null, null)`;
      expect(await sealRecords(platform)).toBeGreaterThan(0);
    });
  });

  test("目的は一覧にあるもの、申請はあるものだけが名指せる", async () => {
    const look = (settings: Record<string, string>) =>
      as("clerk1", (sql) => sql`select * from vault.look(${[openNumber]}, '{name}')`, settings);
    expect(await look({ "app.purpose": "counter" })).toHaveLength(1);
    for (const settings of [
      { "app.purpose": "好奇心" },
      { "app.purpose": "" },
      { "app.case_id": "00000000-0000-4000-8000-000000000000" },
    ])
      await expect(look(settings), JSON.stringify(settings)).rejects.toMatchObject(denied);
    const codes = await admin<{ code: string }[]>`select code from audit.purpose order by code`;
    expect(codes.map(({ code }) => code)).toEqual(Object.keys(purposeTitles).sort());
  });
});
