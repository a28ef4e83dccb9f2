import type { TransactionSql } from "postgres";
import { beforeAll, expect, test } from "vitest";
import type { TestStaff } from "#test/support/database.ts";
import { addressOf, cityWithPeople, denied, staffSql } from "./support.ts";

// 住登外者を、画面を通らずSQLで直に登録し、訂正し、確認しようとする。

const { city, openNumber } = await cityWithPeople();
const as = staffSql(city);
const bytes = (n: number) => Buffer.alloc(n, 7);
const refused = { code: "22023" };

interface Given {
  program?: string;
  office?: string;
  number?: string;
  birth?: string | null;
  told?: string | null;
  seenOn?: string | null;
  evidence?: string | null;
  details?: Buffer;
  differs?: string[];
}
const open = async (sql: TransactionSql, given: Given = {}) => {
  const { program = "child-medical", office = "431010", birth = "1970-03-09", told = null } = given;
  const { seenOn = "2026-11-20", evidence = "passport", details = bytes(40), differs = [] } = given;
  const [reserved] = given.number
    ? [{ n: given.number }]
    : await sql<
        { n: string }[]
      >`select vault.reserve_person_number(${program}, ${office}, null) as n`;
  const number = reserved?.n ?? "";
  await sql`select vault.open_outsider(${program}, null, ${office}, ${number}, ${birth}, ${told}, 'male', 'jp', '1000001', null, null,
    ${bytes(40)}, ${bytes(40)}, ${bytes(32)}, '{11,12}', '{}'::text[], ${bytes(40)}, ${evidence}, ${seenOn}, ${details}, ${differs}::text[], null, null, null)`;
  return number;
};
const opened = (who: TestStaff, given: Given = {}) => as(who, (sql) => open(sql, given));
const decide = (who: TestStaff, number: string, seen = 1, how = "confirmed") =>
  as(who, (sql) => sql`select vault.decide_outsider(${number}, ${seen}, ${how}, ${bytes(40)})`);
let number = "";

beforeAll(async () => {
  number = await opened("clerk1");
});

test("権限のない職員・ほかの区・与えられていない番号・紙を見ない登録・ありえない日は、断られる", async () => {
  await expect(opened("operator1")).rejects.toMatchObject(denied);
  await expect(opened("auditor1")).rejects.toMatchObject(denied);
  await expect(opened("clerk1", { number: "9999999999" })).rejects.toMatchObject(denied);
  await expect(opened("clerk1", { number: openNumber })).rejects.toMatchObject(denied);
  // Reserved in one transaction, taken in another.
  const earlier = await as(
    "clerk1",
    (sql) =>
      sql<
        { n: string }[]
      >`select vault.reserve_person_number('child-medical', '431010', null) as n`,
  );
  await expect(opened("clerk1", { number: earlier[0]?.n ?? "" })).rejects.toMatchObject(denied);
  for (const given of [
    { evidence: null },
    { seenOn: null },
    { seenOn: "2026-11-21" },
    { seenOn: "1969-01-01" },
    { birth: "2026-11-21" },
    { birth: null },
    { told: "1970" },
    { birth: null, told: "1970-02-30" },
    { details: bytes(3) },
  ])
    await expect(opened("clerk1", given), JSON.stringify(given)).rejects.toMatchObject(refused);
  await expect(opened("clerk1", { evidence: "friend" })).rejects.toMatchObject({ code: "23514" });
});

test("登録した本人も、訂正した本人も、権限のない職員も確認できず、住民は住登外者として扱えない", async () => {
  await expect(decide("clerk1", number)).rejects.toMatchObject(denied);
  await expect(decide("operator1", number)).rejects.toMatchObject(denied);
  await expect(decide("clerk2", openNumber)).rejects.toMatchObject(denied);
  await expect(decide("clerk2", number, 1, "opened")).rejects.toMatchObject(denied);
  await expect(decide("clerk2", number, 2)).rejects.toMatchObject({ code: "MD014" });
  const correct = (who: TestStaff, of = number, protect: string | null = null) =>
    as(
      who,
      (
        sql,
      ) => sql`select vault.correct_outsider(${of}, 1, '1970-03-10', null, null, 'male', 'jp', '1000001', ${protect}, null,
        ${bytes(40)}, ${bytes(40)}, ${bytes(32)}, '{11}', '{}'::text[], 'passport', '2026-11-20', ${bytes(40)}, '{}')`,
    );
  await expect(correct("operator1")).rejects.toMatchObject(denied);
  await expect(correct("clerk2", openNumber)).rejects.toMatchObject(denied);
  await correct("clerk2", number, "2026-11-01");
  await expect(decide("clerk2", number, 2)).rejects.toMatchObject(denied);
  // 支援措置 that holds is ended only by those who may see the address.
  const end = (who: TestStaff) =>
    as(
      who,
      (
        sql,
      ) => sql`select vault.correct_outsider(${number}, 2, '1970-03-10', null, null, 'male', 'jp', '1000001', null, null,
        ${bytes(40)}, ${bytes(40)}, ${bytes(32)}, '{11}', '{}'::text[], 'passport', '2026-11-20', ${bytes(40)}, '{}')`,
    );
  await expect(end("clerk1")).rejects.toMatchObject(denied);
  expect(await as("clerk1", addressOf(number))).toMatchObject({
    sealed_address: null,
    postal_code: null,
  });
  const steps = await as(
    "clerk1",
    (sql) =>
      sql<
        { sealed_details: Buffer | null }[]
      >`select sealed_details from vault.outsider_steps(${number})`,
  );
  expect(steps.every((row) => row.sealed_details === null)).toBe(true);
  await decide("supervisor1", number, 2);
});

test("似た方がいると言わずには登録できず、表には直に触れない", async () => {
  const whole = ["{11,12}"];
  const alike = (who: TestStaff) =>
    as(
      who,
      (sql) =>
        sql`select * from vault.similar_people('child-medical', '431010', null, ${whole}::text[], '{}'::text[], '1970-03-09', null, null)`,
    );
  await opened("clerk1", { birth: "1970-03-09" });
  expect((await alike("clerk1")).length).toBeGreaterThan(1);
  await expect(alike("operator1")).rejects.toMatchObject(denied);
  const same = (sql: TransactionSql, differs: string[]) =>
    sql<
      { n: string }[]
    >`select vault.reserve_person_number('child-medical', '431010', null) as n`.then(
      ([row]) =>
        sql`select vault.open_outsider('child-medical', null, '431010', ${row?.n ?? ""}, '1970-03-09', null, 'male', 'jp', '', null, null,
        ${bytes(40)}, ${bytes(40)}, ${bytes(32)}, '{11,12}', ${whole}::text[], ${bytes(40)}, 'passport', '2026-11-20', ${bytes(40)}, ${differs}::text[], null, null, null)`,
    );
  await expect(as("clerk1", (sql) => same(sql, []))).rejects.toMatchObject({ code: "MD022" });
  await expect(as("clerk1", (sql) => same(sql, ["*"]))).rejects.toMatchObject({ code: "MD022" });
  for (const attack of [
    "select * from vault.outsider",
    "select * from vault.outsider_step",
    "insert into vault.reserved_number (person_number, staff_id) values ('1', 1)",
    "update vault.outsider set state = 'confirmed'",
    "select vault.unconfirmed('{}')",
    "select vault.alike('{}', '{}', null, '1970', null, true)",
    "select * from vault.outsiders_in_use()",
    "select * from vault.outsiders_waiting()",
    "select people.require_confirmed('{}')",
  ])
    await expect(
      as("supervisor1", (sql) => sql.unsafe(attack)),
      attack,
    ).rejects.toMatchObject(denied);
});

test("自動の仕事や監査の担当は、確認を待つ方の一覧を見られない", async () => {
  for (const who of ["auditor1", "operator1"] as const)
    await expect(
      as(who, (sql) => sql`select * from vault.list_outsiders(false, 0, 10)`),
    ).rejects.toMatchObject(denied);
});

test("確認された住登外者も、確認されていない番号に統合されれば、確認を待つ", async () => {
  const sure = await opened("clerk1", { birth: "1980-01-05" });
  const unsure = await opened("clerk1", { birth: "1990-01-06" });
  await decide("clerk2", sure);
  const unconfirmed = async () => {
    const [row] = await as(
      "clerk1",
      (sql) => sql<{ of: string[] }[]>`select people.unconfirmed(array[${sure}]) as of`,
    );
    return row?.of;
  };
  expect(await unconfirmed()).toEqual([]);
  const [made] = await as(
    "clerk1",
    (sql) => sql<{ id: number }[]>`
      select people.propose_merge(${sure}, ${unsure}, 'same-person', ${bytes(40)}) as id`,
  );
  await as("supervisor2", (sql) => sql`select people.decide_merge(${made?.id ?? 0}, 1, 'merged')`);
  expect(await unconfirmed()).toEqual([sure]);
  await decide("clerk2", unsure);
  expect(await unconfirmed()).toEqual([]);
});
