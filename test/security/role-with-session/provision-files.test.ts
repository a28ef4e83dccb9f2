import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { decideFile, previewFile, takeFile } from "#src/platform/provision/index.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const counter = householdCounterOf(city);
const run = <Row extends object = Record<string, unknown>>(who: TestStaff, statement: string) =>
  as(who, (sql) => sql.unsafe<Row[]>(statement));

const family = await counter.household([
  { birthDate: "2015-05-10" },
  { birthDate: "2018-07-07", protection: { from: "2026-04-01" } },
]);
const [child = "", hidden = ""] = family.children;
const other = "{name,birth-date,recipient-number,entitled-from,entitled-to,entitlement-status}";
const propose = (items = other, program = "'single-parent-medical'", applicants = "null") =>
  `select provision.propose_rule('見本の課', '見本条例第4条', '保護の決定', '${items}', 'paper', null, '2026-04-01', null, '評価書 II-5', ${program}, ${applicants}) as id`;
const approve = async (statement: string) => {
  const [row] = await run<{ id: number }>("scheme1", statement);
  await run("privacy1", `select provision.decide_rule(${row?.id}, 'approved')`);
  return row?.id ?? 0;
};
const prepare = (rule: number, items: string, numbers = `{${family.mother}}`) =>
  `select * from provision.prepare_file(${rule}, '2026-10-01', '2026-11-20', '${items}', '${numbers}')`;
interface Prepared {
  file_id: number;
  outcome: string;
  why_not: string | null;
}

await counter.step(
  "supervisor1",
  "approve",
  await counter.toApproval(family.mother, householdApplication(family), [keyed(family.mother)]),
);

test("提供ファイルは、表の項目だけで準備され、表にないものは拒否として残り、直接には書けない", async () => {
  for (const wrong of [
    propose("{recipient-number}", "null"),
    propose("{name}"),
    propose("{name,individual-number}"),
  ])
    await expect(run("scheme1", wrong), wrong).rejects.toMatchObject(denied);
  const rule = await approve(propose());
  const [extra] = await run<Prepared>("supervisor1", prepare(rule, "{name,address}"));
  expect(extra).toMatchObject({ outcome: "refused", why_not: "items" });
  const [nobody] = await run<Prepared>("supervisor1", prepare(rule, "{name}", "{}"));
  expect(nobody).toMatchObject({ outcome: "refused", why_not: "nobody" });
  const [made] = await run<Prepared>("supervisor1", prepare(rule, other));
  expect(made).toMatchObject({ outcome: "waiting" });
  const people = await city.admin`
    select person_number as number, outcome from provision.file_person where file_id = ${made?.file_id ?? 0} order by 1`;
  expect(people).toEqual(
    [
      { number: family.mother, outcome: "withheld" },
      { number: child, outcome: "withheld" },
      { number: hidden, outcome: "withheld" },
    ].toSorted((a, b) => (a.number < b.number ? -1 : 1)),
  );
  for (const who of ["clerk1", "scheme1", "privacy1"] as const)
    await expect(run(who, prepare(rule, other)), who).rejects.toMatchObject(denied);
  for (const statement of [
    `insert into provision.file default values`,
    `update provision.file set state = 'approved'`,
    `update provision.file_person set outcome = 'given'`,
    `delete from provision.file_person`,
    `select provision.people_for(${rule}, '2026-10-01', '2026-11-20', '{}')`,
    `select vault.homes_of('{${family.mother}}')`,
  ])
    await expect(run("supervisor1", statement), statement).rejects.toMatchObject(denied);
  // What a request for one person may ask is the register alone, whatever a rule for files lists.
  const [asked] = await run<{ outcome: string; why_not: string }>(
    "supervisor1",
    `select * from provision.ask('見本の課', '見本条例第4条', '${child}', '{recipient-number}')`,
  );
  expect(asked).toMatchObject({ outcome: "refused", why_not: "items" });
});

test("準備した職員は承認も解除もできず、別の職員が解除し承認したものだけが、一度だけ、数と要約値とともに取り出される", async () => {
  const rule = await approve(propose());
  const [made] = await run<Prepared>("supervisor1", prepare(rule, other));
  const id = made?.file_id ?? 0;
  const release = `select provision.release_in_file(${id}, '${child}', '本人の同意を確かめた') as done`;
  const take = `select provision.take_file(${id}, 1, '${"a".repeat(64)}')`;
  await expect(run("supervisor1", release)).rejects.toMatchObject(denied);
  await expect(
    run("supervisor1", `select provision.decide_file(${id}, 'approved', '')`),
  ).rejects.toMatchObject(denied);
  await expect(run("supervisor1", take)).rejects.toMatchObject(denied);
  expect(await run("supervisor2", release)).toEqual([{ done: true }]);
  // Whoever asked looks at the lines by no other way than this, and each look is in the log.
  const looks = () => city.admin`
    select person_number, kind from audit.record where action = 'provision-file.looked' and detail->>'number' = ${String(id)}`;
  expect(await looks()).toEqual([]);
  expect(await run("supervisor1", `select * from provision.rows_of_file(${id})`)).toHaveLength(1);
  expect(await looks()).toEqual([{ person_number: child, kind: "look" }]);
  await expect(
    run("supervisor1", `select * from provision.lines_of_file(${id})`),
  ).rejects.toMatchObject(denied);
  await counter.as("supervisor2", (work) => decideFile(work, id, "approved", ""));
  expect(await run("supervisor2", release)).toEqual([{ done: false }]);
  // Neither another number of lines nor somebody else takes it.
  await expect(
    run("supervisor1", `select provision.take_file(${id}, 2, '${"a".repeat(64)}')`),
  ).rejects.toMatchObject(denied);
  await expect(run("clerk1", take)).rejects.toMatchObject(denied);
  const table = await counter.as("supervisor1", (work) => takeFile(work, id));
  expect(table.columns).toEqual([
    "統合宛名番号",
    "氏名",
    "カナ",
    "生年月日",
    "受給者番号",
    "資格の始まる日",
    "資格の終わる日",
    "資格の状態",
  ]);
  expect(table.rows.map(([number, , , birth, , , , status]) => [number, birth, status])).toEqual([
    [child, "2015-05-10", "有効"],
  ]);
  const [kept] = await city.admin`select state, lines, sha256 from provision.file where id = ${id}`;
  expect(kept).toEqual({
    state: "provided",
    lines: 1,
    sha256: createHash("sha256").update(table.csv).digest("hex"),
  });
  const [logged] = await city.admin`
    select person_number, kind from audit.record where action = 'provision-file.provided' order by id desc limit 1`;
  expect(logged).toEqual({ person_number: child, kind: "export" });
  await expect(counter.as("supervisor1", (work) => takeFile(work, id))).rejects.toMatchObject({
    status: 409,
  });
  await expect(counter.as("supervisor1", (work) => previewFile(work, id))).rejects.toMatchObject(
    denied,
  );
});

test("一つの区に限られた職員は、全市の提供ファイルを準備できない", async () => {
  const rule = await approve(propose());
  const limit = (office: string | null) =>
    city.admin.begin(async (sql) => {
      await sql`alter table access.duty_grant disable trigger user`;
      await sql`update access.duty_grant set office_code = ${office}
        where duty = 'supervisor' and staff_id = (select id from access.staff where login_name = 'supervisor1')`;
      await sql`alter table access.duty_grant enable trigger user`;
    });
  await limit("431028");
  await expect(run("supervisor1", prepare(rule, other))).rejects.toMatchObject(denied);
  await limit(null);
  expect(await run<Prepared>("supervisor1", prepare(rule, other))).toMatchObject([
    { outcome: "waiting" },
  ]);
});

test("申請した世帯が対象の提供先では、番号を言えず、期間内に申請のあった世帯だけが載る", async () => {
  const rule = await approve(propose(other, "'single-parent-medical'", "'child-medical'"));
  await expect(run("supervisor1", prepare(rule, other))).rejects.toMatchObject(denied);
  const [none] = await run<Prepared>("supervisor1", prepare(rule, other, "{}"));
  expect(none).toMatchObject({ outcome: "refused", why_not: "nobody" });
});
