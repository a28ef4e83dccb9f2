import fc from "fast-check";
import type { TransactionSql } from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { type Duty, duties } from "#src/platform/access/index.ts";
import { sealRecords } from "#src/platform/audit/index.ts";
import { writePeople } from "#src/platform/people/index.ts";
import { putSealed } from "#src/platform/vault/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";

// Somebody who can send any SQL as the program's role with the session of a member of staff.

const city = await openTestPlatform();
const { admin, platform } = city;
const denied = { code: "42501" };

const hidden = invented({ householdNumber: "H-HIDDEN", protection: { from: "2026-06-01" } });
const housemate = invented({ householdNumber: "H-HIDDEN" });
const open = invented();
let hiddenNumber = "";
let housemateNumber = "";
let openNumber = "";
let paper = "";

beforeAll(async () => {
  const system = await city.system();
  [hiddenNumber = "", housemateNumber = "", openNumber = ""] = await runWork(
    platform,
    system,
    { purpose: "feed" },
    (work) => writePeople(work, [{ record: hidden }, { record: housemate }, { record: open }]),
  );
  paper = await runWork(
    platform,
    system,
    { purpose: "scheduled", program: "child-medical" },
    (work) =>
      putSealed(work, {
        holder: hiddenNumber,
        program: "child-medical",
        kind: "document",
        data: new Uint8Array([1]),
      }),
  );
});

/** Any SQL in the name of somebody, the settings of the transaction at will. */
async function as<T>(
  who: TestStaff | "system",
  run: (sql: TransactionSql) => Promise<T>,
  settings: Record<string, string> = {},
): Promise<T> {
  const { sessionToken } = who === "system" ? await city.system() : await city.actor(who);
  return platform.database.sql.begin(async (sql) => {
    const all = {
      "app.session_token": sessionToken,
      "app.business_date": "2026-11-20",
      "app.purpose": "counter",
      ...settings,
    };
    for (const [name, value] of Object.entries(all))
      await sql`select set_config(${name}, ${value}, true)`;
    return run(sql);
  }) as Promise<T>;
}

const addressOf =
  (number: string, items = "{facts,name,address}") =>
  async (sql: TransactionSql) =>
    (
      await sql`select sealed_address, town_code, postal_code from vault.look(${[number]}::text[], ${items}::text[])`
    )[0];
const nothing = { sealed_address: null, town_code: null, postal_code: null };

describe("支援措置の対象者の住所", () => {
  it("は、どの職務でも、権限がなければ何を言っても出てこない", async () => {
    const without: TestStaff[] = ["clerk1", "clerk3", "number1", "operator1"];
    for (const who of without) {
      expect(await as(who, addressOf(hiddenNumber)), who).toEqual(nothing);
      expect(await as(who, addressOf(housemateNumber)), who).toEqual(nothing);
    }
    for (const program of ["", "child-medical", "vaccination", "feeds", "nothing"])
      expect(await as("clerk1", addressOf(hiddenNumber), { "app.program": program })).toEqual(
        nothing,
      );
    expect((await as("clerk1", addressOf(openNumber)))?.sealed_address).not.toBeNull();
    expect((await as("supervisor1", addressOf(hiddenNumber)))?.sealed_address).not.toBeNull();
  });

  it("は、町名で検索して当てることもできない", async () => {
    const found = (town: string, number: string) => (sql: TransactionSql) =>
      sql`select * from vault.find(null, null, null, null, ${town}, ${number}, null, null, null)`;
    const town = hidden.address.townCode;
    expect(await as("clerk1", found(town, hiddenNumber))).toHaveLength(0);
    expect(await as("clerk1", found(town, housemateNumber))).toHaveLength(0);
    expect(await as("clerk1", found(town, openNumber))).toHaveLength(1);
    expect(await as("supervisor1", found(town, hiddenNumber))).toHaveLength(1);
  });

  it("は、一括発送の抽出にも町や郵便番号として現れない", async () => {
    const rows = await as(
      "operator1",
      (sql) => sql<
        { person_number: string; town_code: string | null; postal_code: string | null }[]
      >`
        select * from vault.select_people('{2020-05-10}'::date[], '{2020-05-10}'::date[], null)`,
    );
    const of = (number: string) => rows.find((row) => row.person_number === number);
    expect(of(openNumber)?.town_code).toBe(open.address.townCode);
    for (const number of [hiddenNumber, housemateNumber])
      expect(of(number)).toMatchObject({ town_code: null, postal_code: null });
  });

  it("は、発行済みの文書からも読めない", async () => {
    const read = (sql: TransactionSql) => sql`select * from vault.get_sealed(${[paper]}::uuid[])`;
    await expect(as("clerk1", read)).rejects.toMatchObject(denied);
    expect(await as("supervisor1", read)).toHaveLength(1);
  });

  it("は、業務日付を偽っても出てこない（時計を進められる環境を除く）", async () => {
    const [day] = await admin<
      { today: string }[]
    >`select (now() at time zone 'Asia/Tokyo')::date::text as today`;
    await admin`delete from access.played_clock`;
    try {
      for (const date of ["2026-05-31", "2020-01-01", "2030-01-01"])
        await expect(
          as("clerk1", addressOf(hiddenNumber), { "app.business_date": date }),
        ).rejects.toMatchObject(denied);
      expect(
        await as("clerk1", addressOf(hiddenNumber), { "app.business_date": day?.today ?? "" }),
      ).toEqual(nothing);
    } finally {
      await admin`insert into access.played_clock default values`;
    }
  });
});

describe("別の区の申請に封じたもの", () => {
  it("は、その区の権限がなければ、番号を知っていても読めず、加えることもできない", async () => {
    // Cases move by events alone; behind the curtain the triggers are switched off.
    const [made] = await admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      return sql<{ id: string }[]>`
        insert into cases.case (number, program, kind, machine_version, person_number, office_code, state, received_on, opened_by, opening_key)
        select 'R8-999999', 'child-medical', 'child-medical', 1, ${openNumber}, '431010', 'received', '2026-11-20', min(id), 'x' from access.staff
        returning id`;
    });
    const caseId = made?.id ?? "";
    const system = await city.system();
    const options = { purpose: "scheduled", program: "child-medical", caseId } as const;
    const sealed = await runWork(platform, system, options, (work) =>
      putSealed(work, {
        holder: openNumber,
        program: "child-medical",
        kind: "comment",
        caseId,
        data: "x",
      }),
    );
    const office = (code: string | null) =>
      admin.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`update access.duty_grant set office_code = ${code} where staff_id = (select id from access.staff where login_name = 'clerk3')`;
      });
    const read = (sql: TransactionSql) => sql`select * from vault.get_sealed(${[sealed]}::uuid[])`;
    const write = (sql: TransactionSql) =>
      sql`select vault.put_sealed(array[gen_random_uuid()], ${[openNumber]}::text[], 'child-medical', 'comment', ${caseId}::uuid, array['x'::bytea])`;
    await office("431028");
    try {
      await expect(as("clerk3", read)).rejects.toMatchObject(denied);
      await expect(as("clerk3", write)).rejects.toMatchObject(denied);
      await office("431010");
      expect(await as("clerk3", read)).toHaveLength(1);
      await as("clerk3", write);
    } finally {
      await office(null);
    }
  });
});

describe("個人番号", () => {
  it("は、その権限を持つ職務のほかには、見ることも、番号で探すこともできない", async () => {
    const [row] = await admin<
      { token: string }[]
    >`select token::text from vault.individual_number limit 1`;
    const look = (sql: TransactionSql) =>
      sql`select sealed_individual_number from vault.look(${[openNumber]}::text[], '{individual-number}')`;
    const find = (sql: TransactionSql) =>
      sql`select * from vault.find(null, null, null, null, null, null, null, ${row?.token ?? ""}, null)`;
    const all: (TestStaff | "system")[] = [
      "clerk1",
      "supervisor1",
      "operator1",
      "scheme1",
      "auditor1",
      "admin1",
      "approver1",
      "nobody",
      "system",
    ];
    for (const who of all) {
      await expect(as(who, look), who).rejects.toMatchObject(denied);
      await expect(as(who, find), who).rejects.toMatchObject(denied);
    }
    expect(await as("number1", look)).toHaveLength(1);
    expect(await as("number1", find)).toHaveLength(1);
  });
});

describe("どの権利の組み合わせでも", () => {
  const needed: Record<string, string[]> = {
    "vault.look('{x}', '{name}')": ["person.read"],
    "vault.household_of('x')": ["person.read"],
    "vault.find(null, '2020-05-10', null, null, null, null, null, null, null)": ["person.search"],
    "vault.select_people('{2020-05-10}', '{2020-05-10}', null)": ["mailing.prepare", "system.run"],
    "vault.match_sources('{1}', '{}')": ["feed.import", "feed.commit", "system.run"],
    "vault.present_sources(0, 1)": ["feed.import", "feed.commit", "system.run"],
    "vault.new_sequence_numbers(1)": ["feed.commit", "system.run"],
    "vault.erase_person('x', 'x')": ["system.run"],
    "audit.looks_at('x', 1)": ["person.read"],
    "vaccination.take_numbers(1)": ["mailing.prepare", "mailing.approve", "document.print"],
    "access.register_staff('x1', 'x', 'contractor', null, '2027-03-31', 'x', 'x')": [
      "staff.manage",
    ],
  };

  it("住民の情報に触れる関数は、要る権利がなければ断り、目的がなければ断る", {
    timeout: 120_000,
  }, async () => {
    const rights = [...new Set(Object.values(duties).flatMap((duty) => duty.rights))];
    await city.actor("clerk3");
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(rights),
        fc.constantFrom(...Object.keys(needed)),
        async (held, call) => {
          await admin`delete from access.duty_right where duty = 'clerk'`;
          if (held.length > 0)
            await admin`insert into access.duty_right (duty, "right") select 'clerk', unnest(${held}::text[])`;
          const tried = as("clerk3", async (sql) => {
            await sql.unsafe(`select * from ${call}`);
            throw new Error("undone");
          });
          const may = needed[call]?.some((right) => held.some((one) => one === right));
          if (may) await expect(tried, `${call} with ${held}`).rejects.toThrow("undone");
          else await expect(tried, `${call} with ${held}`).rejects.toMatchObject(denied);
          if (call.startsWith("vault"))
            await expect(
              as("clerk3", (sql) => sql.unsafe(`select * from ${call}`), { "app.purpose": "" }),
            ).rejects.toMatchObject(denied);
        },
      ),
      { numRuns: 150 },
    );
    await admin`delete from access.duty_right where duty = 'clerk'`;
    await admin`insert into access.duty_right (duty, "right") select 'clerk', unnest(${[...duties.clerk.rights]}::text[])`;
  });
});

describe("見た記録", () => {
  const counted = async (action: string) =>
    Number((await admin`select count(*) as n from audit.record where action = ${action}`)[0]?.n);

  it.each([
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

  it("取込みの突合で住所と氏名が出るのは、違いのある人だけで、一人ずつ残る", async () => {
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
  it("は、誰にも書き換えられず、他人の名でもサインインの名でも書けない", async () => {
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

  it("は、所有者にも変えられない", async () => {
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

  it("順番でない封印、中身の違う封印は受け付けない", async () => {
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

describe("権限の付与", () => {
  const give = (who: TestStaff, values: Record<string, unknown>, settings = {}) =>
    as(
      who,
      async (sql) => {
        const [staff] = await sql<{ id: number }[]>`select access.staff_id() as id`;
        return sql`insert into access.duty_grant ${sql({
          duty: "clerk",
          program: "child-medical",
          valid_from: "2026-11-20",
          valid_to: "2027-03-31",
          reason: "試験",
          requested_by: staff?.id ?? 0,
          ...values,
        })}`;
      },
      settings,
    );
  const idOf = async (login: TestStaff) =>
    Number((await admin`select id from access.staff where login_name = ${login}`)[0]?.id);

  it("は、他人の名で、年度を越えて、定時処理の職務で、または決定済みとして申請できない", async () => {
    const staff_id = await idOf("nobody");
    for (const values of [
      { staff_id, valid_to: "2027-04-01" },
      { staff_id, valid_to: "2099-12-31" },
      { staff_id, duty: "system" },
      { staff_id, requested_by: (await idOf("admin1")) + 1 },
      {
        staff_id,
        decision: "approved",
        decided_by: await idOf("approver1"),
        decided_at: "2026-11-20",
      },
    ])
      await expect(give("admin1", values), JSON.stringify(values)).rejects.toMatchObject(denied);
    await expect(give("clerk1", { staff_id })).rejects.toMatchObject(denied);
  });

  it("は、決まった後に延ばすことも、決め直すことも、自分の分を決めることもできない", async () => {
    const staff_id = await idOf("nobody");
    await give("admin1", { staff_id });
    const decide = (set: string) =>
      as("approver1", async (sql) => {
        const [me] = await sql<{ id: number }[]>`select access.staff_id() as id`;
        return sql.unsafe(
          `update access.duty_grant set decided_by = ${me?.id}, decided_at = now(), ${set} where staff_id = ${staff_id} returning id`,
        );
      });
    await expect(decide("decision = 'approved', valid_to = '2030-01-01'")).rejects.toMatchObject(
      denied,
    );
    expect(await decide("decision = 'refused'")).toHaveLength(1);
    await expect(decide("decision = 'approved'")).rejects.toMatchObject(denied);
    await expect(decide("valid_to = '2027-02-01'")).rejects.toMatchObject(denied);
    await give("admin1", { staff_id: await idOf("approver1") });
    await expect(
      as("approver1", async (sql) => {
        const [me] = await sql<{ id: number }[]>`select access.staff_id() as id`;
        return sql`update access.duty_grant set decision = 'approved', decided_by = ${me?.id ?? 0}, decided_at = now()
          where staff_id = ${me?.id ?? 0} and decision is null`;
      }),
    ).rejects.toMatchObject({ code: "23514" });
  });

  it("は、ある事務だけの申請者・承認者には、その事務の分しか扱えない", async () => {
    const only = (duty: Duty, program: string | null) =>
      admin.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`update access.duty_grant set program = ${program} where duty = ${duty} and decision = 'approved'`;
      });
    const staff_id = await idOf("operator2");
    await only("administrator", "vaccination");
    await only("access-approver", "vaccination");
    try {
      await expect(give("admin1", { staff_id })).rejects.toMatchObject(denied);
      await expect(give("admin1", { staff_id, program: null })).rejects.toMatchObject(denied);
      await give("admin1", { staff_id, program: "vaccination" });
      await only("administrator", null);
      await give("admin1", { staff_id, program: "child-medical" });
      const approve = (program: string) =>
        as("approver1", async (sql) => {
          const [me] = await sql<{ id: number }[]>`select access.staff_id() as id`;
          return sql`update access.duty_grant set decision = 'approved', decided_by = ${me?.id ?? 0}, decided_at = now()
            where staff_id = ${staff_id} and program = ${program} and decision is null returning id`;
        });
      expect(await approve("child-medical")).toHaveLength(0);
      expect(await approve("vaccination")).toHaveLength(1);
    } finally {
      await only("administrator", null);
      await only("access-approver", null);
    }
  });

  it("は、承認者のパスワードを付け替えた申請者には、すぐには増えない", async () => {
    const [staff_id, approver] = [await idOf("operator1"), await idOf("approver1")];
    await give("admin1", { staff_id });
    const approve = () =>
      as(
        "approver1",
        (sql) =>
          sql`update access.duty_grant set decision = 'approved', decided_by = ${approver}, decided_at = now()
          where staff_id = ${staff_id} and decision is null returning id`,
      );
    await as("admin1", (sql) => sql`select access.reset_credential(${approver}, 'x', 'x')`);
    // The one who did it signs in with what was set; here the session that was ended stands for it.
    await admin`update access.session set ended_at = null where staff_id = ${approver}`;
    await expect(approve()).rejects.toMatchObject(denied);
    await admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update audit.record set at = now() - interval '8 days' where action = 'credential.reset'`;
    });
    expect(await approve()).toHaveLength(1);
  });

  it("は、登録の種別を偽っても増えない", async () => {
    for (const kind of ["system", "root", ""])
      await expect(
        as(
          "admin1",
          (sql) => sql`select access.register_staff('x-y', 'x', ${kind}, null, null, 'x', 'x')`,
        ),
      ).rejects.toMatchObject(denied);
    const [system] = await admin<
      { id: number }[]
    >`select id from access.staff where kind = 'system'`;
    await expect(
      as("admin1", (sql) => sql`select access.reset_credential(${system?.id ?? 0}, 'x', 'x')`),
    ).rejects.toMatchObject(denied);
    await expect(
      as("admin1", async (sql) => sql`select access.reset_credential(access.staff_id(), 'x', 'x')`),
    ).rejects.toMatchObject(denied);
  });
});

describe("セッション", () => {
  const session = (who: TestStaff, change: string) =>
    admin.unsafe(
      `update access.session set ${change} where ended_at is null and staff_id = (select id from access.staff where login_name = '${who}')`,
    );

  it("は、放置されたもの、ロックされたもの、期限の切れた職員のものでは、何も読めない", async () => {
    const look = addressOf(openNumber);
    const staff = (change: string) =>
      admin.unsafe(`update access.staff set ${change} where login_name = 'clerk2'`);
    expect(await as("clerk2", look)).toBeDefined();
    for (const [close, reopen] of [
      ["last_seen_at = now() - interval '16 minutes'", "last_seen_at = now()"],
      ["locked_at = now()", "locked_at = null"],
    ] as const) {
      await session("clerk2", close);
      await expect(as("clerk2", look), close).rejects.toMatchObject(denied);
      await session("clerk2", reopen);
    }
    await staff("valid_to = '2026-01-01'");
    await expect(as("clerk2", look)).rejects.toMatchObject(denied);
    await staff("valid_to = null");
    expect(await as("clerk2", look)).toBeDefined();
  });
});
