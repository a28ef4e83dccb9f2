import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";
import { denied, staffSql } from "./support.ts";

// 対象者抽出を、画面を通らずSQLで直に書こうとする。

const city = await openTestPlatform();
const as = staffSql(city);
const { child } = recordsOf(city);
const nobody: string[] = [];

test("抽出の表には、だれも直に書けない", async () => {
  for (const table of [
    "definition",
    "person_list",
    "listed",
    "extraction",
    "found",
    "notice",
    "session",
    "seat",
    "piece_result",
  ])
    for (const statement of [
      `delete from targets.${table}`,
      `insert into targets.${table} default values`,
    ])
      await expect(
        as("operator1", (sql) => sql.unsafe(statement)),
        statement,
      ).rejects.toMatchObject(denied);
  await expect(
    as("operator1", (sql) => sql`select * from targets.gather('{}')`),
  ).rejects.toMatchObject(denied);
  await expect(
    as(
      "operator1",
      (sql) =>
        sql`select * from vault.target_people('{}', '{}', '{}', null, null, null, null, '2026-01-01')`,
    ),
  ).rejects.toMatchObject(denied);
});

test("送る準備をしない人は、抽出も名簿の登録もできない", async () => {
  for (const statement of [
    "select * from targets.groups('{}')",
    `select targets.begin_extraction('${randomUUID()}', null, '試験', '{}', 'coupon', '2026-11-26')`,
    "select targets.keep_definition(null, null, '試験', '{}', 'coupon', false)",
    "select * from targets.keep_list('試験', '{1}')",
    "select targets.settle_extraction(gen_random_uuid(), 'discarded')",
    "select targets.seat_session(gen_random_uuid(), '会場', '2027-01-01', '13:00', 1, 1, '{1}', '{mr1:1}')",
    "select targets.note_results(gen_random_uuid(), '{1}', '{posted}', '2026-11-26')",
  ])
    await expect(
      as("clerk1", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
});

test("ほかの人の抽出や、閉じた抽出に、人を足せない", async () => {
  const id = randomUUID();
  await as("operator1", async (sql) => {
    await sql`select targets.begin_extraction(${id}, null, '試験', '{}', 'coupon', '2026-11-26')`;
    await sql`select targets.end_extraction(${id})`;
  });
  const add = (sql: Parameters<Parameters<typeof as>[1]>[0]) =>
    sql`select targets.keep(${id}, '{}', ${nobody}::date[], ${nobody}, ${nobody}, ${nobody}, ${nobody}, ${nobody}, ${nobody}, ${nobody}, ${nobody}, ${nobody}::date[], ${nobody}::date[])`;
  await expect(as("operator1", add)).rejects.toMatchObject(denied);
});

test("作成中の一括発送でない番号で、送ったことにはできない", async () => {
  const person = await child();
  await expect(
    as(
      "operator1",
      (sql) => sql`
    select targets.note_sent(array['0000000000'], array[${person}], array['mr1:1'], array['1回目'], array['2026-11-26']::date[], array['2027-03-31']::date[], 'postcard', 'vaccination/reminder-postcard v2', null, '2026-11-26', ${randomUUID()})`,
    ),
  ).rejects.toMatchObject(denied);
  await expect(
    as(
      "operator1",
      (sql) => sql`
    select targets.seat_session(${randomUUID()}, '会場', '2027-01-01', '13:00', 1, 1, array[${person}], array['mr1:1'])`,
    ),
  ).rejects.toMatchObject({ code: "22023" });
});

test("支援措置の方や転出した方を、送る対象として残せない", async () => {
  const hidden = await child();
  const gone = await child();
  const lives = await child();
  await city.admin`update vault.person set protected_from = '2026-06-01' where person_number = ${hidden}`;
  await city.admin`update vault.person set resident_to = '2026-11-01', to_reason = 'move-out' where person_number = ${gone}`;
  const asked = {
    vaccine: "pcv",
    on: "2026-11-20",
    series: ["pcv"],
    own: ["pcv"],
    live: [],
    most: 4,
    births: [{ from: "2026-05-10", to: "2026-05-10" }],
    conditions: [],
    output: "coupon",
    noticesFrom: "2026-01-01",
    goneSince: "2026-01-01",
  };
  const kept = async (
    outcomeOf: (standing: string) => string,
    { subject = "pcv:1:", until = "2027-05-09" } = {},
  ) => {
    const id = randomUUID();
    await as("operator1", async (sql) => {
      await sql`select targets.begin_extraction(${id}, null, '試験', '{}', 'coupon', '2026-11-20')`;
      const text = JSON.stringify(asked);
      const groups = await sql<
        { born: string; sex: string; standing: string; history: string; sent: string }[]
      >`select born::text, sex, standing, history, sent from targets.groups(${text}::text::jsonb)`;
      const of = (value: (group: (typeof groups)[number]) => string) => groups.map(value);
      await sql`select targets.keep(${id}, ${text}::text::jsonb, ${of(({ born }) => born)}::text[]::date[], ${of(({ sex }) => sex)}::text[],
        ${of(({ standing }) => standing)}::text[], ${of(() => "")}::text[], ${of(({ history }) => history)}::text[], ${of(({ sent }) => sent)}::text[],
        ${of(({ standing }) => outcomeOf(standing))}::text[], ${of(() => subject)}::text[], ${of(() => "1回目")}::text[],
        ${of(() => "2026-11-20")}::text[]::date[], ${of(() => until)}::text[]::date[])`;
    });
    return id;
  };
  await expect(kept(() => "included")).rejects.toMatchObject({ code: "22023" });
  await expect(
    kept((standing) => (standing === "lives" ? "included" : "protected")),
  ).rejects.toMatchObject({ code: "22023" });
  // Nor is somebody sent another vaccine, days that are over, what was sent already, or the next dose of a complete course.
  await city.admin`insert into vaccination.coupon (number, person_number, vaccine, dose, label, usable_from, usable_to, issued_on)
    values ('9000000009', ${lives}, 'pcv', 2, '2回目', '2026-11-20', '2027-05-09', '2026-11-20')`;
  for (const wrong of [{ subject: "vzv:1:" }, { until: "2026-11-19" }, { subject: "pcv:2:" }])
    await expect(
      kept((standing) => (standing === "lives" ? "included" : "moved-out"), wrong),
      JSON.stringify(wrong),
    ).rejects.toMatchObject({ code: "22023" });
  const id = await kept((standing) =>
    standing === "lives" ? "included" : standing === "protected" ? "protected" : "moved-out",
  );
  const found = await city.admin<{ person_number: string; outcome: string }[]>`
    select person_number, outcome from targets.found where extraction_id = ${id} and person_number = any(${[hidden, gone, lives]})`;
  expect(Object.fromEntries(found.map((row) => [row.person_number, row.outcome]))).toEqual({
    [hidden]: "protected",
    [gone]: "moved-out",
    [lives]: "included",
  });
  const seat = (who: string) =>
    as(
      "operator1",
      (sql) =>
        sql`select targets.seat_session(${id}, '会場', '2026-12-01', '13:00', 1, 5, array[${who}], array['pcv:1:'])`,
    );
  await city.admin`update vault.person set protected_from = '2026-06-01' where person_number = ${lives}`;
  await expect(seat(lives)).rejects.toMatchObject({ code: "22023" });
  await city.admin`update vault.person set protected_from = null where person_number = ${lives}`;
  await seat(lives);
});

test("窓口で刷ったことにできるのは、自分の区の、住民の番号の人だけ", async () => {
  const person = await child();
  const note = (who: "east1" | "clerk1", day: string, of: string) =>
    as(
      who,
      (sql) =>
        sql`select targets.note_sent(array['9000000001'], array[${of}], array['pcv:1:'], array['1回目'], array['2026-11-20']::date[], array['2027-03-31']::date[], 'letter', 'vaccination/target-letter v1', null, ${day}, null)`,
    );
  await expect(note("east1", "2026-11-20", person)).rejects.toMatchObject(denied);
  await expect(note("clerk1", "2026-11-20", "0000000000")).rejects.toMatchObject(denied);
  await note("clerk1", "2026-11-20", person);
  // Printed again at the counter: one at a time, of people of one's own office, of what was not withdrawn; otherwise by a run that is being made.
  const again = (who: "east1" | "clerk1" | "operator1", numbers: string[], run: string | null) =>
    as(who, (sql) => sql`select targets.note_reprinted(${numbers}::text[], 'lost', ${run}::uuid)`);
  await expect(again("east1", ["9000000001"], null)).rejects.toMatchObject(denied);
  await expect(again("clerk1", ["9000000001", "9000000001"], null)).rejects.toMatchObject(denied);
  await expect(again("operator1", ["9000000001"], randomUUID())).rejects.toMatchObject(denied);
  await expect(again("clerk1", ["9000000002"], null)).rejects.toMatchObject({ code: "MD019" });
  await again("clerk1", ["9000000001"], null);
  await expect(
    as("clerk1", (sql) => sql`select targets.withdraw_reprinted(${randomUUID()})`),
  ).rejects.toMatchObject(denied);
  await expect(
    as("clerk1", (sql) => sql`delete from targets.notice_event where number = '9000000001'`),
  ).rejects.toMatchObject(denied);
  await city.admin`update targets.notice set state = 'withdrawn' where number = '9000000001'`;
  await expect(again("clerk1", ["9000000001"], null)).rejects.toMatchObject({ code: "MD019" });
});

test("名簿の人についての問いは、作らずに件数だけ見ても、だれについてかが記録に残る", async () => {
  const person = await child();
  await as("operator1", async (sql) => {
    const [kept] = await sql<
      { list_id: number }[]
    >`select list_id from targets.keep_list('試験', array[${person}])`;
    const asked = {
      vaccine: "pcv",
      on: "2026-11-20",
      series: ["pcv"],
      own: ["pcv"],
      live: [],
      most: 4,
      births: [{ from: "2026-05-10", to: "2026-05-10" }],
      conditions: [],
      output: "coupon",
      noticesFrom: "2026-01-01",
      goneSince: "2026-01-01",
      list: kept?.list_id,
    };
    expect(
      await sql`select * from targets.groups(${JSON.stringify(asked)}::text::jsonb)`,
    ).toHaveLength(1);
  });
  const looks = await city.admin`
    select from audit.record where action = 'targets.asked' and person_number = ${person}`;
  expect(looks).toHaveLength(1);
});
