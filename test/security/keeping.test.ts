import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { erasureWork } from "#src/platform/keeping/erasure.ts";
import { getErasure, moveErasure, searchErasable } from "#src/platform/keeping/index.ts";
import { eraseRun } from "#src/platform/keeping/jobs.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { openKeyRing, seal, unseal } from "#src/platform/vault/index.ts";
import { recordPlace } from "#src/platform/vault/places.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { denied, staffSql } from "./role-with-session/support.ts";

// KEP-1: 転出・死亡から5年を過ぎた方の記録は、二人の判断で消去され、その前に作られた控えからも読めない。

const city = await openTestPlatform();
const { platform, admin } = city;
const as = staffSql(city);
const system = await city.system();
const people: Record<string, string> = {};
let copy: postgres.Sql;

const movedOut = (to: string) =>
  invented({
    residence: { from: "2010-04-01", fromReason: "move-in", to, toReason: "move-out" } as never,
  });
const died = (on: string) =>
  invented({
    diedOn: on as never,
    residence: { from: "1980-04-01", fromReason: "move-in", to: on, toReason: "death" } as never,
  });

beforeAll(async () => {
  const records = {
    lives: invented(),
    left2020: movedOut("2020-03-31"),
    died2019: died("2019-12-31"),
    lastDay: movedOut("2021-11-20"),
    tooYoung: movedOut("2021-11-21"),
    diedLately: died("2025-05-05"),
    openCase: movedOut("2018-01-01"),
    lateShot: movedOut("2018-01-01"),
    begins: movedOut("2018-01-01"),
    asks: movedOut("2018-01-01"),
  };
  const numbers = await runWork(platform, system, { purpose: "feed" }, (work) =>
    writePeople(
      work,
      Object.values(records).map((record) => ({ record })),
    ),
  );
  for (const [at, name] of Object.keys(records).entries()) people[name] = numbers[at] ?? "";
  await keepRecord(number("died2019"), "消える内容");
  await openCase("R2-900001", number("openCase"), "received");
  await openCase("R2-900002", number("left2020"), "rejected");
  await admin`
    insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
    values (${number("lateShot")}, 'mr1', 1, '2022-01-01', 'feed', 1), (${number("died2019")}, 'mr1', 1, '2016-01-01', 'feed', 1)`;
  await admin`
    insert into oversight.subject_request (kind, person_number, asker, method, documents, mandate_seen, received_on, due_on, opened_by)
    select 'disclosure', ${number("asks")}, 'self', 'number-card', '{}', false, '2026-11-01', '2026-12-01', min(id) from access.staff`;
  copy = await copyBeside();
}, 120_000);

const number = (name: string) => people[name] ?? "";

/** A sealed record of somebody, as one that a case left behind. */
async function keepRecord(person: string, text: string): Promise<void> {
  const [row] = await admin<{ wrapped_key: Buffer }[]>`
    select wrapped_key from vault.holder_key where holder = ${person}`;
  const id = crypto.randomUUID();
  const key = platform.keys.unwrap(row?.wrapped_key ?? Buffer.alloc(0));
  await admin`insert into vault.sealed_record (id, holder, program, kind, sealed, entered_by)
    values (${id}, ${person}, 'vaccination', 'note', ${seal(key, recordPlace(person, id), text)}, 1)`;
}

/** A case as it stands after its last step, written past the door of the cases. */
const openCase = (caseNumber: string, person: string, state: string) =>
  admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    const [made] = await sql`
      insert into cases.case (number, program, kind, machine_version, person_number, office_code, state, received_on, opened_by, opening_key)
      select ${caseNumber}, 'child-medical', 'child-medical/application', 1, ${person}, '431010', ${state}, '2018-01-01', min(id), ${caseNumber} from access.staff
      returning id`;
    await sql`insert into cases.member (case_id, person_number, role, from_revision) values (${made?.id}, ${person}, 'subject', 1)`;
    await sql`insert into cases.event (case_id, revision, type, act, from_state, to_state, business_date, idempotency_key)
      values (${made?.id}, 1, 'open', 'open', '', ${state}, '2018-01-01', ${caseNumber})`;
  });

/** A copy of the whole database file by file, as a snapshot of the server's disk has it. */
async function copyBeside(): Promise<postgres.Sql> {
  const root = postgres(
    Object.assign(new URL(city.administratorUrl), { pathname: "/postgres" }).href,
    {
      max: 1,
      onnotice: () => {},
    },
  );
  const from = new URL(city.administratorUrl).pathname.slice(1);
  const to = `${from}_copy`;
  await root`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${from}`;
  await root.unsafe(`create database ${to} template ${from} strategy file_copy`);
  const sql = postgres(Object.assign(new URL(city.administratorUrl), { pathname: `/${to}` }).href, {
    max: 1,
    onnotice: () => {},
  });
  afterAll(async () => {
    await sql.end();
    await root.unsafe(`drop database ${to} with (force)`);
    await root.end();
  });
  return sql;
}

const inErasures = <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
  city.actor(who).then((actor) => runWork(platform, actor, erasureWork, run));

/** What today's keys open of somebody in the copy: name, 個人番号, and every sealed record. */
async function openedInCopy(person: string, keys = platform.keys): Promise<string[]> {
  const [row] = await copy`
    select p.sealed_name, k.wrapped_key, i.sealed, i.wrapped_key as number_key from vault.person p
      join vault.holder_key k on k.holder = p.person_number
      join vault.individual_number i on i.person_number = p.person_number where p.person_number = ${person}`;
  const records = await copy`select id, sealed from vault.sealed_record where holder = ${person}`;
  const tries = [
    () => unseal(keys.unwrap(row?.wrapped_key), `${person}|name`, row?.sealed_name),
    () =>
      unseal(
        keys.unwrap(row?.number_key, "individual-number"),
        `${person}|individual-number`,
        row?.sealed,
      ),
    ...records.map(
      ({ id, sealed }) =>
        () =>
          unseal(keys.unwrap(row?.wrapped_key), recordPlace(person, id), sealed),
    ),
  ];
  return tries.flatMap((open) => {
    try {
      return [open().toString()];
    } catch {
      return [];
    }
  });
}

describe("保存期間を過ぎた方の記録", () => {
  let runId = "";

  test("は、転出・死亡から5年を過ぎ、申請も利用も続いていない方だけが抽出される", async () => {
    runId = await inErasures("admin1", searchErasable);
    const rows = await admin<{ person_number: string; reason: string }[]>`
      select person_number, reason from keeping.erasure_person where run_id = ${runId}`;
    const found = Object.entries(people).flatMap(([name, one]) =>
      rows.some(({ person_number }) => person_number === one) ? [name] : [],
    );
    expect(found).toEqual(["left2020", "died2019", "lastDay", "begins"]);
    expect(rows.find(({ person_number }) => person_number === number("died2019"))?.reason).toBe(
      "death",
    );
  });

  test("は、終わっていない消去があるうちは、二度目の抽出をしない", async () => {
    await expect(inErasures("admin1", searchErasable)).rejects.toMatchObject({ status: 409 });
  });

  test("の消去は、起案した本人には承認できず、権限のない職員にはデータベースも動かせない", async () => {
    const step = (event: "propose" | "approve") => async (work: Work) =>
      moveErasure(work, await getErasure(work, runId), event);
    await inErasures("admin1", step("propose"));
    await admin`insert into access.duty_right (duty, "right") values ('administrator', 'keeping.approve')`;
    await expect(inErasures("admin1", step("approve"))).rejects.toMatchObject({ status: 403 });
    await expect(
      as("admin1", (sql) => sql`select keeping.move_erasure(${runId}, 'approve')`),
    ).rejects.toMatchObject(denied);
    await admin`delete from access.duty_right where duty = 'administrator' and "right" = 'keeping.approve'`;
    for (const who of ["clerk1", "supervisor1", "auditor1"] as const)
      for (const call of [
        `keeping.move_erasure('${runId}', 'approve')`,
        `keeping.erase_next('${runId}', 10)`,
        `vault.erase_person('${number("lives")}', 'x')`,
      ])
        await expect(
          as(who, (sql) => sql.unsafe(`select ${call}`)),
          `${who} ${call}`,
        ).rejects.toMatchObject(denied);
    for (const call of [
      `select keeping.erase_next('${runId}', 10)`,
      `select vault.erase_person('${number("left2020")}', 'x')`,
      `update keeping.erasure_run set state = 'erasing', decided_by = 1`,
      `insert into keeping.erasure_person (run_id, person_number, reason, ended_on) values ('${runId}', '${number("lives")}', 'death', '2000-01-01')`,
      `update keeping.keep_years set years = 1`,
    ])
      await expect(
        as("system", (sql) => sql.unsafe(call)),
        call,
      ).rejects.toMatchObject(denied);
    await inErasures("approver1", step("approve"));
  });

  test("は、承認の後に消去され、抽出の後に申請のあった方は残る", async () => {
    expect(await openedInCopy(number("died2019"))).toContain("消える内容");
    expect(await openedInCopy(number("died2019"))).toHaveLength(3);
    await openCase("R8-900003", number("begins"), "received");
    const erase = (signal: AbortSignal) =>
      eraseRun({
        platform,
        actor: system,
        options: { purpose: "scheduled", program: "keeping" },
        subjectId: runId,
        signal,
      });
    // Stopped at once, it goes on when it is called again.
    await expect(erase(AbortSignal.abort())).rejects.toThrow();
    await erase(new AbortController().signal);
    const rows = await admin<{ person_number: string }[]>`select person_number from vault.person`;
    const left = Object.entries(people).flatMap(([name, one]) =>
      rows.some(({ person_number }) => person_number === one) ? [name] : [],
    );
    expect(left).toEqual([
      "lives",
      "tooYoung",
      "diedLately",
      "openCase",
      "lateShot",
      "begins",
      "asks",
    ]);
  });

  test("は、消去の前に丸ごと写したデータベースからも、今の鍵では読めない", async () => {
    const later = await openKeyRing(join(platform.dataFolder, "keys"));
    for (const name of ["left2020", "died2019", "lastDay"])
      for (const keys of [platform.keys, later])
        expect([name, await openedInCopy(number(name), keys)]).toEqual([name, []]);
  });

  test("は、何を、何件、いつ、だれが消したかの記録になって残る", async () => {
    const run = await inErasures("auditor1", (work) => getErasure(work, runId));
    expect(run).toMatchObject({
      state: "erased",
      people: 4,
      proposer: "管理 一郎",
      decider: "承認 一子",
      keyEpoch: 1,
    });
    const counts = await admin`
      select kind, records::int from keeping.erasure_count where run_id = ${runId} order by kind`;
    expect(counts).toEqual([
      { kind: "individual-number", records: 3 },
      { kind: "note", records: 1 },
      { kind: "person", records: 3 },
    ]);
    const [told] = await admin`
      select count(*)::int as n from audit.record where kind = 'erase' and action = 'person.erased'`;
    expect(told?.n).toBe(3);
  });

  test("ではない方は、消去の後もそのまま読める", async () => {
    const kept = await runWork(
      platform,
      await city.actor("number1"),
      { purpose: "counter" },
      (work) =>
        lookAtPeople(work, [number("lives"), number("openCase")], ["name", "individual-number"]),
    );
    expect(kept.map(({ name }) => name?.kanji)).toEqual(["試験　花子", "試験　花子"]);
    expect(kept.every(({ individualNumber }) => individualNumber?.length === 12)).toBe(true);
  });
});

describe("亡くなった方の記録", () => {
  test("は、生きている方と同じ権利がなければ見られず、見れば記録に残る（KEP-4）", async () => {
    const dead = number("diedLately");
    const look = (items: string) => (sql: postgres.TransactionSql) =>
      sql`select sealed_name, sealed_individual_number from vault.look(${[dead]}::text[], ${items}::text[])`;
    await expect(as("nobody", look("{name}"))).rejects.toMatchObject(denied);
    await expect(as("clerk1", look("{individual-number}"))).rejects.toMatchObject(denied);
    expect(await as("clerk1", look("{name}"))).toHaveLength(1);
    const [told] = await admin`
      select count(*)::int as n from audit.record where action = 'person.look' and person_number = ${dead}`;
    expect(told?.n).toBe(1);
  });

  test("は、支援措置があれば、亡くなった後も住所が伏せられる（KEP-4）", async () => {
    const record = {
      ...died("2026-02-02"),
      householdNumber: "H-DEAD",
      protection: { from: "2025-01-01" as const },
    };
    const [dead = ""] = await runWork(platform, system, { purpose: "feed" }, (work) =>
      writePeople(work, [{ record }]),
    );
    const [row] = await as(
      "clerk1",
      (sql) =>
        sql`select address_masked, sealed_address, town_code from vault.look(${[dead]}::text[], '{address}')`,
    );
    expect(row).toEqual({ address_masked: true, sealed_address: null, town_code: null });
  });
});

describe("紙の申請書", () => {
  test("は、終わった年度から5年を過ぎると廃棄の一覧に出て、廃棄した日と職員が残る", async () => {
    const listed = () =>
      as(
        "admin1",
        (sql) => sql`select program, fiscal_year, applications from keeping.papers_to_destroy()`,
      );
    expect(await listed()).toEqual([
      { program: "child-medical", fiscal_year: 2017, applications: 1 },
    ]);
    const enter = (sql: postgres.TransactionSql) =>
      sql`select keeping.enter_destroyed('child-medical', 2017, '2026-11-19')`;
    await expect(as("clerk1", enter)).rejects.toMatchObject(denied);
    await as("admin1", enter);
    expect(await listed()).toEqual([]);
    const [row] = await admin`
      select applications, destroyed_on::text from keeping.destroyed_papers`;
    expect(row).toEqual({ applications: 1, destroyed_on: "2026-11-19" });
  });
});
