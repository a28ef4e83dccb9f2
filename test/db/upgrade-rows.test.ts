import type { Sql } from "postgres";
import { describe, expect, test } from "vitest";
import { listWork } from "#src/platform/cases/index.ts";
import { runWork } from "#src/platform/work.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { applicationsOf } from "#test/support/dump/applications.ts";
import { reportsOf } from "#test/support/dump/reports.ts";
import { expectedOf, openUpgraded } from "#test/support/load-dump.ts";
import { addRareRows, replaced, strangers } from "#test/support/upgrade-rare-rows.ts";

const release = "2026-11";
const { expected, at } = await expectedOf(release);

/** Where the rows of a table of the first release are now, if not in the table of the same name. */
const moved: Readonly<Record<string, string>> = {
  "child_medical.identity_check": "intake.identity_check",
  "child_medical.document_check": "intake.document_check",
  "child_medical.recipient": "entitlements.recipient",
  "child_medical.entitlement": "entitlements.entitlement",
  "child_medical.entitlement_record": "entitlements.record",
  "child_medical.certificate": "entitlements.certificate",
  "child_medical.change": "entitlements.change",
};

/** How many rows each table of ours has, but those of the program's own books. */
async function rowsOf(sql: Sql, tables: readonly string[]): Promise<Record<string, number>> {
  const counted = tables.map(async (table) => {
    const [row] = await sql.unsafe<{ rows: number }[]>(
      `select count(*)::int as rows from ${table}`,
    );
    return [table, row?.rows ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}

const tablesOf = async (sql: Sql) =>
  (
    await sql<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c
       where relkind = 'r' and relnamespace::regnamespace::text in ('cases', 'approvals', 'documents', 'child_medical', 'mailings',
             'vaccination', 'printing', 'vault', 'feeds') order by 1`
  ).map(({ name }) => name);

let before: Record<string, number> = {};
const old = await openUpgraded(release, "2026-11-20", async (admin) => {
  await addRareRows(admin, at("保険変更（反映済）").caseId);
  before = await rowsOf(admin, await tablesOf(admin));
});
const nowIn = (table: string) => moved[table] ?? table;
const after = await rowsOf(old.admin, Object.keys(before).map(nowIn));
const { view } = counterOf(old);

const movementsOf = (person: string) =>
  old.admin<{ type: string; occurs_on: string; status: string; valid_to: string }[]>`
    select m.type, m.occurs_on::text, m.status, m.valid_to::text
      from entitlements.movement m join entitlements.entitlement e on e.id = m.entitlement_id
     where e.person_number = ${person} order by m.id`;

describe("前の版の行は、新しい表に移っても", () => {
  test("一行も失われず、増えない", () => {
    const rows = Object.entries(before).map(([table, rows]) => [nowIn(table), rows]);
    expect(after).toEqual(Object.fromEntries(rows));
  });

  test("申請と届のどれにも対象者が一人いて、入力はその人のものである", async () => {
    const rows = await old.admin`
      select c.number from cases.case c
       where (select count(*) from cases.member m where m.case_id = c.id and m.role = 'subject'
                 and m.person_number = c.person_number and m.from_revision = 1 and m.to_revision is null) <> 1
          or (select count(*) from cases.member m where m.case_id = c.id) <> 1
          or exists (select from approvals.entry n where n.case_id = c.id and n.person_number <> c.person_number)`;
    expect(rows).toEqual([]);
  });

  test("履歴の一つ一つは、今の手続きの同じ操作として読める", async () => {
    const rows = await old.admin`
      select c.number, e.revision, e.type, e.act from cases.event e join cases.case c on c.id = e.case_id
       where e.act is distinct from case e.type when 'open' then 'open' else
             (select t.act from cases.machine_transition t where t.kind = c.kind and t.version = c.machine_version
                 and t.from_state = e.from_state and t.to_state = e.to_state and t.event = e.type limit 1) end
          or e.recorded_at <> e.at
          or (e.type <> 'open' and not exists (select from cases.machine_transition t where t.kind = c.kind
                and t.version = c.machine_version and t.from_state = e.from_state and t.to_state = e.to_state and t.event = e.type))`;
    expect(rows).toEqual([]);
  });

  test("資格には取得の、喪失と取消にはその異動が、決裁した職員と日とともに付く", async () => {
    const rows = await old.admin<{ type: string; number: string; by: string; on: string }[]>`
      select m.type, c.number, s.login_name as by, m.reported_on::text as on
        from entitlements.movement m join cases.case c on c.id = m.case_id join access.staff s on s.id = m.recorded_by
       where m.type <> 'acquired' and s.kind <> 'system' and c.number not like 'R7%' order by m.id`;
    expect(rows).toEqual([
      {
        type: "lost",
        number: expected.names["喪失（反映済）"],
        by: "supervisor1",
        on: "2026-11-10",
      },
      { type: "revoked", number: expected.names.職権取消, by: "supervisor2", on: "2026-11-02" },
    ]);
    const without = await old.admin`
      select e.id from entitlements.entitlement e
       where (select count(*) from entitlements.movement m where m.entitlement_id = e.id and m.type = 'acquired') <> 1`;
    expect(without).toEqual([]);
  });

  test("異動の最後の行は、いまの資格と同じことを言う", async () => {
    const rows = await old.admin`
      select e.id from entitlements.entitlement e
        join lateral (select * from entitlements.movement m where m.entitlement_id = e.id order by m.id desc limit 1) m on true
       where (m.status, m.valid_from, m.valid_to) is distinct from (e.status, e.valid_from, e.valid_to)`;
    expect(rows).toEqual([]);
  });
});

describe("手続きを経ずに入った行も失われない", () => {
  test("資格のない受給者番号が残る", async () => {
    const rows = await old.admin`
      select program, valid_to from entitlements.recipient where person_number = ${strangers.numbered}`;
    expect(rows).toEqual([{ program: "child-medical", valid_to: null }]);
  });

  test("決裁や届の記録がない資格にも、異動が付く", async () => {
    const acquired = {
      type: "acquired",
      occurs_on: "2026-04-01",
      status: "granted",
      valid_to: "2040-03-31",
    };
    expect(await movementsOf(strangers.granted)).toEqual([acquired]);
    expect(await movementsOf(strangers.lost)).toEqual([
      acquired,
      { type: "lost", occurs_on: "2026-10-01", status: "lost", valid_to: "2026-09-30" },
    ]);
    expect(await movementsOf(strangers.revoked)).toEqual([
      acquired,
      { type: "revoked", occurs_on: "2026-04-01", status: "revoked", valid_to: "2040-03-31" },
    ]);
  });

  test("入力し直された届は、最後の入力が反映されている", async () => {
    const rows = await old.admin<{ sealed_id: string }[]>`
      select r.sealed_id from entitlements.record r where r.case_id = ${at("保険変更（反映済）").caseId}`;
    const newest = await old.admin<{ sealed_id: string }[]>`
      select sealed_id from approvals.entry where case_id = ${at("保険変更（反映済）").caseId} order by revision desc limit 1`;
    expect([...rows]).toEqual([...newest]);
    expect(newest[0]?.sealed_id).not.toBe(replaced);
  });
});

describe("前の版の手続きは、新しい画面でも", () => {
  test("差し戻された起案が、その理由とともに起案した職員へ戻る", async () => {
    const returned = await runWork(
      old.platform,
      await old.actor("clerk2"),
      { purpose: "case", program: "child-medical" },
      (work) => listWork(work, { list: "returned" }),
    );
    expect(returned).toMatchObject([
      { number: expected.names["審査（差戻し）"], comment: expect.stringContaining("試験のため") },
    ]);
  });

  test("前の版で反映した変更より前の日からの変更を届けても、後の変更も届けた変更も残る", async () => {
    const about = at("証交付（変更届あり）");
    const { account } = inventedApplication;
    const reports = reportsOf(old, applicationsOf(old));
    const report = { subject: "account", occursOn: "2026-11-05" } as const;
    await reports.applied(about, report, { account: account && { ...account, number: "7654321" } });
    old.platform.clock.moveTo("2026-12-05");
    expect((await view(about.caseId)).current).toMatchObject({
      account: { number: "7654321" },
      insurance: { insurerName: "見本健康保険組合" },
      mailing: { name: "試験　祖母" },
    });
  });
});
