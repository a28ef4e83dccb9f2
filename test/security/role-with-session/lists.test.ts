import { expect, test } from "vitest";
import { moveCase } from "#test/support/case-sql.ts";
import { cityWithCases } from "./case-support.ts";
import { denied } from "./support.ts";

const { admin, as, counter } = await cityWithCases();
const { family, open, toApproval } = counter;
const staffOf = async (who: string): Promise<number> =>
  (await admin`select id from access.staff where login_name = ${who}`)[0]?.id;

test("担当は、働ける本人が自分に、割り振る権限のある人が働ける人にだけ付けられ、記録は消せない", async () => {
  const { id } = await open("clerk1", await family());
  const [clerk1, clerk2, auditor] = [
    await staffOf("clerk1"),
    await staffOf("clerk2"),
    await staffOf("auditor1"),
  ];
  const assign = (who: Parameters<typeof as>[0], had: number | null, to: number | null) =>
    as(who, (sql) => sql`select cases.assign(${id}, ${had}, ${to})`);
  await expect(assign("clerk1", null, clerk2)).rejects.toMatchObject(denied);
  await expect(assign("auditor1", null, auditor)).rejects.toMatchObject(denied);
  await expect(assign("supervisor1", null, auditor)).rejects.toMatchObject(denied);
  await expect(assign("east1", null, await staffOf("east1"))).rejects.toMatchObject(denied);
  await assign("clerk1", null, clerk1);
  await expect(assign("clerk2", null, clerk2)).rejects.toMatchObject({ code: "MD014" });
  await expect(assign("clerk2", clerk1, null)).rejects.toMatchObject(denied);
  await assign("clerk2", clerk1, clerk2);
  for (const attack of [
    "update cases.case set assigned_to = null",
    "insert into cases.assignment (case_id, assigned_by, at) select id, 1, now() from cases.case",
    "update cases.assignment set assigned_by = 1",
    "delete from cases.assignment",
  ])
    await expect(as("supervisor1", (sql) => sql.unsafe(attack))).rejects.toMatchObject(denied);
  const rows = await admin`
    select from_staff, to_staff, assigned_by from cases.assignment where case_id = ${id} order by id`;
  expect(
    rows.map(({ from_staff, to_staff, assigned_by }) => [from_staff, to_staff, assigned_by]),
  ).toEqual([
    [null, clerk1, clerk1],
    [clerk1, clerk2, clerk2],
  ]);
  expect(await as("east1", (sql) => sql`select from cases.assignment`)).toHaveLength(0);
});

test("一括決裁は、決裁の権限のある人だけが始め、始めた人だけが見て進め、決裁していないものを済みにできない", async () => {
  const at = await toApproval(await family());
  const begin = (who: Parameters<typeof as>[0], subject = "grant") =>
    as(who, async (sql) => {
      const [row] = await sql<{ id: string }[]>`
        select approvals.begin_bulk('child-medical/application', ${subject}, ${[at.caseId]}::uuid[]) as id`;
      return row?.id ?? "";
    });
  await expect(begin("clerk2")).rejects.toMatchObject(denied);
  await expect(begin("supervisor1", "rejection")).rejects.toMatchObject(denied);
  const bulk = await begin("supervisor1");
  const confirm = (who: Parameters<typeof as>[0]) =>
    as(who, (sql) => sql`select approvals.confirm_bulk(${bulk}, 'x v1 -')`);
  await expect(confirm("supervisor1")).rejects.toMatchObject({ code: "MD019" });
  const check = (who: Parameters<typeof as>[0], seen: number) =>
    as(who, (sql) => sql`select approvals.check_bulk(${bulk}, ${at.caseId}, ${seen}, '', null)`);
  await expect(check("supervisor2", at.revision)).rejects.toMatchObject(denied);
  await expect(check("supervisor1", at.revision - 1)).rejects.toMatchObject({ code: "MD014" });
  await check("supervisor1", at.revision);
  await expect(confirm("supervisor2")).rejects.toMatchObject(denied);
  await confirm("supervisor1");
  const settle = (who: Parameters<typeof as>[0]) =>
    as(who, (sql) => sql`select approvals.settle_bulk(${bulk}, ${at.caseId}, 'done', null)`);
  await expect(settle("supervisor1")).rejects.toMatchObject(denied);
  expect(await as("supervisor2", (sql) => sql`select from approvals.bulk`)).toHaveLength(0);
  for (const attack of [
    "update approvals.bulk set confirmed_at = now()",
    "update approvals.bulk_item set outcome = 'done'",
    "insert into approvals.bulk (program, kind, subject, started_by, started_at) values ('x', 'x', 'x', 1, now())",
    "delete from approvals.bulk_item",
  ])
    await expect(as("supervisor1", (sql) => sql.unsafe(attack))).rejects.toMatchObject(denied);
  // The step itself stays what it is: somebody who prepared it decides nothing, in bulk or not.
  await expect(
    as("clerk2", (sql) => moveCase(sql, at, "approve", "certified")),
  ).rejects.toMatchObject({ code: "MD011" });
});

test("写しは、申請した人には承認できず、承認がなければ誰も受け取れず、記録は書き換えられない", async () => {
  const request = (who: Parameters<typeof as>[0], why = "会議の資料として使う") =>
    as(who, async (sql) => {
      const [row] = await sql<{ id: number }[]>`
        select documents.request_copy('child-medical', 'csv', '{}', 1, ${why}, '申請一覧', 'すべて', '2026-11-30') as id`;
      return row?.id ?? 0;
    });
  await expect(request("auditor1")).rejects.toMatchObject(denied);
  await expect(request("clerk1", "  要  ")).rejects.toMatchObject(denied);
  const copy = await request("supervisor1");
  const decide = (who: Parameters<typeof as>[0]) =>
    as(who, (sql) => sql`select documents.decide_copy(${copy}, 'approved')`);
  const take = (who: Parameters<typeof as>[0]) =>
    as(who, (sql) => sql`select documents.take_copy(${copy}, 1, null)`);
  await expect(take("supervisor1")).rejects.toMatchObject(denied);
  await expect(decide("supervisor1")).rejects.toMatchObject(denied);
  await expect(decide("clerk1")).rejects.toMatchObject(denied);
  await decide("supervisor2");
  await expect(decide("supervisor2")).rejects.toMatchObject(denied);
  await expect(take("clerk1")).rejects.toMatchObject(denied);
  const erased = (who: Parameters<typeof as>[0]) =>
    as(who, (sql) => sql`select documents.enter_erased_copy(${copy})`);
  await expect(erased("supervisor1")).rejects.toMatchObject(denied);
  await take("supervisor1");
  for (const who of ["supervisor2", "clerk1", "auditor1"] as const)
    await expect(erased(who)).rejects.toMatchObject(denied);
  await erased("supervisor1");
  await expect(erased("supervisor1")).rejects.toMatchObject(denied);
  await expect(take("supervisor1")).rejects.toMatchObject(denied);
  for (const attack of [
    "update documents.list_copy set decision = 'approved'",
    "insert into documents.copy_taken (copy_id, lines, taken_at) values (1, 1, now())",
    "delete from documents.copy_taken",
  ])
    await expect(as("supervisor1", (sql) => sql.unsafe(attack))).rejects.toMatchObject(denied);
  expect(await as("clerk1", (sql) => sql`select from documents.list_copy`)).toHaveLength(0);
});

test("アクセス記録の写しは監査担当だけが申請し、個人情報保護担当だけが承認する", async () => {
  const request = (who: Parameters<typeof as>[0], until = "2026-11-30") =>
    as(who, async (sql) => {
      const [row] = await sql<{ id: number }[]>`
        select documents.request_copy('audit', 'csv', '{"of":"log"}', 1, '外部監査に渡すため', 'アクセス記録', 'すべて', ${until}) as id`;
      return row?.id ?? 0;
    });
  for (const who of ["clerk1", "supervisor1", "admin1"] as const)
    await expect(request(who)).rejects.toMatchObject(denied);
  for (const until of ["2026-11-19", "2028-01-01"])
    await expect(request("auditor1", until)).rejects.toMatchObject(denied);
  const copy = await request("auditor1");
  const decide = (who: Parameters<typeof as>[0]) =>
    as(who, (sql) => sql`select documents.decide_copy(${copy}, 'approved')`);
  for (const who of ["auditor1", "supervisor2", "clerk1"] as const)
    await expect(decide(who)).rejects.toMatchObject(denied);
  expect(
    await as("supervisor1", (sql) => sql`select from documents.list_copy where id = ${copy}`),
  ).toHaveLength(0);
  await decide("privacy1");
  await as("auditor1", (sql) => sql`select documents.take_copy(${copy}, 1, null)`);
});
