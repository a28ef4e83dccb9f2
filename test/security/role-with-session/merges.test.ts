import { beforeAll, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { denied, staffSql } from "./support.ts";

// 番号の統合と分離を、画面を通らずSQLで直に起案し、決裁しようとする。

const city = await openTestPlatform();
const as = staffSql(city);
const reason = Buffer.alloc(40, 7);
const stands = { code: "MD024" };
let numbers: string[] = [];

beforeAll(async () => {
  const records = Array.from({ length: 4 }, () => {
    const { individualNumber: _, ...record } = invented();
    return record;
  });
  numbers = await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
    writePeople(
      work,
      [...records, invented(), invented()].map((record) => ({ record })),
    ),
  );
});

const propose = (
  who: TestStaff,
  merged = "",
  canonical = "",
  ground = "same-person",
  why = reason,
) =>
  as(
    who,
    (sql) =>
      sql<
        { id: number }[]
      >`select people.propose_merge(${merged}, ${canonical}, ${ground}, ${why}) as id`,
  );
const decide = (who: TestStaff, id: number, seen: number, how: string) =>
  as(who, (sql) => sql`select people.decide_merge(${id}, ${seen}, ${how})`);
const propose2 = (who: TestStaff, id: number, seen: number, owners: string[] = []) =>
  as(
    who,
    (sql) =>
      sql`select people.propose_unmerge(${id}, ${seen}, ${reason}, ${owners.map(() => "note")}::text[], ${owners.map(() => "x")}::text[], ${owners}::text[])`,
  );
const decide2 = (who: TestStaff, id: number, seen: number, how: string) =>
  as(who, (sql) => sql`select people.decide_unmerge(${id}, ${seen}, ${how})`);

test("権限なしにも、一人でも、理由なしにも、統合も分離もできない", async () => {
  const [a = "", b = "", c = "", , e = "", f = ""] = numbers;
  for (const who of ["operator1", "auditor1", "cashier1"] as const)
    await expect(propose(who, a, b), who).rejects.toMatchObject(denied);
  await expect(propose("clerk1", a, "9999999999")).rejects.toMatchObject(denied);
  await expect(propose("clerk1", a, b, "individual-number")).rejects.toMatchObject({
    code: "22023",
  });
  await expect(propose("clerk1", a, b, "same-person", Buffer.alloc(3))).rejects.toMatchObject({
    code: "22023",
  });
  await expect(propose("clerk1", a, a)).rejects.toMatchObject(stands);
  await expect(propose("clerk1", e, f)).rejects.toMatchObject(stands);
  const [made] = await propose("supervisor1", a, b);
  const id = made?.id ?? 0;
  await expect(decide("supervisor1", id, 1, "merged")).rejects.toMatchObject(denied);
  await expect(decide("clerk2", id, 1, "merged")).rejects.toMatchObject(denied);
  await expect(decide("clerk2", id, 1, "withdrawn")).rejects.toMatchObject(denied);
  await expect(decide("supervisor2", id, 1, "unmerged")).rejects.toMatchObject(denied);
  await expect(decide("supervisor2", id, 2, "merged")).rejects.toMatchObject({ code: "MD014" });
  await decide("supervisor2", id, 1, "merged");
  await expect(decide("supervisor1", id, 2, "refused")).rejects.toMatchObject({ code: "MD014" });
  await expect(propose("clerk1", c, a)).rejects.toMatchObject(stands);
  // Under a number that is followed to another nothing is begun.
  await expect(
    as(
      "clerk1",
      (sql) =>
        sql`select cases.open('child-medical/application', ${a}, '431010', '2026-11-20', 'k', '{}')`,
      {
        "app.program": "child-medical",
      },
    ),
  ).rejects.toMatchObject({ code: "MD025" });

  await expect(propose2("operator1", id, 2)).rejects.toMatchObject(denied);
  await expect(propose2("clerk1", id, 2, [c])).rejects.toMatchObject({ code: "22023" });
  await expect(propose2("clerk1", id, 2, [a])).rejects.toMatchObject({ code: "MD019" });
  await propose2("supervisor1", id, 2);
  await expect(decide2("supervisor1", id, 3, "unmerged")).rejects.toMatchObject(denied);
  await expect(decide2("clerk2", id, 3, "unmerged")).rejects.toMatchObject(denied);
  await expect(decide2("supervisor2", id, 3, "waiting")).rejects.toMatchObject(denied);
  await decide2("supervisor2", id, 3, "unmerged");
  await expect(
    as("clerk1", (sql) => sql`select people.settle_line(${id}, 'note', 'x')`),
  ).rejects.toMatchObject({ code: "MD014" });
});

test("2人の職員が同時に、逆向きの統合を起案しても、輪にはならない", async () => {
  const [, , c = "", d = ""] = numbers;
  const both = await Promise.allSettled([propose("clerk1", c, d), propose("clerk2", d, c)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("表にも、データベースだけの関数にも、直には触れない", async () => {
  for (const attack of [
    "select * from people.merge",
    "insert into people.merge (merged, canonical, ground, preview) values ('1', '2', 'individual-number', '{}')",
    "update people.unmerge_line set settled = true",
    "select * from people.outsider_match",
    "select people.canonical('1')",
    "select people.join_by_number('1', '2')",
    "select people.note_match('1', '2')",
    "select people.forget_links('{1}')",
    "select * from people.things('{1}')",
    "select * from people.thing_of_cases",
    "select people.preview('1', '2')",
    "select vault.contradict('1', '2')",
  ])
    await expect(
      as("supervisor1", (sql) => sql.unsafe(attack)),
      attack,
    ).rejects.toMatchObject(denied);
  expect(
    await as("supervisor1", (sql) => sql`select * from people.merges_of('9999999999')`),
  ).toEqual([]);
});
