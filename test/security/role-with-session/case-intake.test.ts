import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { syncMachines } from "#src/platform/cases/index.ts";
import { moveCase, openCaseBySql, seal } from "#test/support/case-sql.ts";
import { unguarded } from "#test/support/unguarded-machine.ts";
import { cityWithCases } from "./case-support.ts";
import { denied } from "./support.ts";

const { city, admin, as, counter, personOf } = await cityWithCases();
const { family, open, toExamination } = counter;

test("保険者の名は、入力を確認する手続きの中でだけ覚えられ、直接には書けない", async () => {
  const at = await toExamination(await family());
  const learn = (sql: TransactionSql) =>
    sql`select intake.learn_insurers(${at.caseId}, array['01430016', 'x', '01430016'], array['覚えた組合', '名', ''])`;
  await expect(as("clerk2", learn)).rejects.toMatchObject(denied);
  for (const write of [
    `insert into intake.insurer values ('01430016', '偽の組合', '2026-11-20')`,
    `update intake.insurer set name = '偽の組合'`,
    `delete from intake.insurer`,
  ])
    await expect(as("clerk2", (sql) => sql.unsafe(write))).rejects.toMatchObject(denied);
  await as("clerk2", async (sql) => {
    await moveCase(sql, at, "confirm", "examination");
    await learn(sql);
  });
  expect(await as("clerk1", (sql) => sql`select number, name from intake.insurer`)).toEqual([
    { number: "01430016", name: "覚えた組合" },
  ]);
});

test("所得は、その手続きの中で、所得を見る人について、自分の名で残り、入力した本人には確認できない", async () => {
  await syncMachines(admin, [unguarded("toy/application")]);
  const [person, child] = [await family(), await family()];
  const caseId = await as("clerk1", (sql) =>
    openCaseBySql(sql, { person, kind: "toy/application" }),
  );
  const program = "toy";
  await as("clerk1", async (sql) => {
    await moveCase(sql, { caseId, revision: 1 }, "enter", "received");
    const sealedId = await seal(sql, { caseId, person, kind: "application", program });
    await sql`select cases.set_members(${caseId}, ${[person, child]}::text[], ${["applicant", "child"]}::text[])`;
    await sql`insert into approvals.entry (case_id, person_number, revision, sealed_id) values (${caseId}, ${person}, 1, ${sealedId})`;
  });
  interface Recorded {
    of?: string;
    source?: string;
    kind?: string;
    sealedBy?: "clerk2";
    event?: string | null;
  }
  const record = async (revision: number, given: Recorded = {}) => {
    const { of = person, source = "keyed", kind = "income", event = "recordIncome" } = given;
    const record = { caseId, person: of, kind, program };
    const other = given.sealedBy && (await as(given.sealedBy, (sql) => seal(sql, record)));
    return as("clerk1", async (sql) => {
      if (event) await moveCase(sql, { caseId, revision }, event, "received");
      const sealedId = other ?? (await seal(sql, record));
      return sql`insert into intake.income (case_id, person_number, income_year, source, sealed_id, recorded_by, recorded_at, confirmed_by, confirmed_at)
        values (${caseId}, ${of}, 2025, ${source}, ${sealedId}, 1, '2020-01-01', 2, '2020-01-01')
        returning recorded_by, confirmed_by, recorded_at > now() - interval '1 minute' as now`;
    });
  };
  for (const given of [
    { event: null },
    { event: "confirmIncome" },
    { of: child },
    { of: await family() },
    { kind: "comment" },
    { sealedBy: "clerk2" },
  ] as const)
    await expect(record(2, given), JSON.stringify(given)).rejects.toMatchObject(denied);
  await expect(record(2, { source: "told" })).rejects.toMatchObject({ code: "23514" });
  const { staffId } = await city.actor("clerk1");
  expect((await record(2))[0]).toEqual({ recorded_by: staffId, confirmed_by: null, now: true });
  const confirm = (who: "clerk1" | "clerk2", event: string | null) =>
    as(who, async (sql) => {
      if (event) await moveCase(sql, { caseId, revision: 3 }, event, "received");
      await sql`select intake.confirm_incomes(${caseId})`;
    });
  await expect(confirm("clerk2", null)).rejects.toMatchObject(denied);
  await expect(confirm("clerk1", "confirmIncome")).rejects.toMatchObject({
    constraint_name: "income_two_people",
  });
  await confirm("clerk2", "confirmIncome");
});

test("入力は、その手続きの中で、その申請の人の、自分が封じたものだけが、未確認で、自分の名で入る", async () => {
  const at = await toExamination(await family());
  const person = await personOf(at.caseId);
  const other = await toExamination(await family());
  const otherPerson = await personOf(other.caseId);
  const insert = (given: { person: string; sealed: string; caseId?: string; named?: true }) =>
    as("clerk1", async (sql) => {
      await moveCase(sql, at, "enter", "examination");
      if (given.named)
        await sql`select cases.set_members(${at.caseId}, ${[otherPerson]}::text[], ${["spouse"]}::text[])`;
      return sql`insert into approvals.entry
          (case_id, person_number, revision, sealed_id, entered_by, entered_at, confirmed_by, confirmed_at)
        values (${given.caseId ?? at.caseId}, ${given.person}, 1, ${given.sealed}, 1, '2020-01-01', 2, '2020-01-01')
        returning revision, entered_by, confirmed_by, entered_at > now() - interval '1 minute' as now`;
    });
  const sealed = (who: "clerk1" | "clerk2", caseId: string, holder: string, kind = "application") =>
    as(who, (sql) => seal(sql, { caseId, person: holder, kind }));
  const own = await sealed("clerk1", at.caseId, person);
  for (const given of [
    { person: otherPerson, sealed: await sealed("clerk1", at.caseId, otherPerson) },
    { person, sealed: await sealed("clerk1", at.caseId, otherPerson) },
    { person, sealed: await sealed("clerk1", at.caseId, otherPerson), named: true as const },
    { person, sealed: await sealed("clerk1", other.caseId, person) },
    { person, sealed: await sealed("clerk2", at.caseId, person) },
    { person, sealed: await sealed("clerk1", at.caseId, person, "comment") },
    { person, sealed: randomUUID() },
    { person: otherPerson, caseId: other.caseId, sealed: own },
  ])
    await expect(insert(given), JSON.stringify(given)).rejects.toMatchObject(denied);
  const [row] = await insert({ person, sealed: own });
  expect(row).toEqual({
    revision: at.revision + 1,
    entered_by: (await city.actor("clerk1")).staffId,
    confirmed_by: null,
    now: true,
  });
});

test("申請の人として、住民にいない人や、役割のない人は名指せず、対象者は外せない", async () => {
  const at = await toExamination(await family());
  const person = await personOf(at.caseId);
  const other = await family();
  const name = (persons: (string | null)[] | null, roles: (string | null)[] | null) =>
    as("clerk1", async (sql) => {
      await moveCase(sql, at, "enter", "examination");
      await sql`select cases.set_members(${at.caseId}, ${persons}::text[], ${roles}::text[])`;
      const rows = await sql`
        select person_number, role from cases.member where case_id = ${at.caseId} and to_revision is null order by id`;
      throw Object.assign(new Error("undone"), { rows: rows.map((row) => ({ ...row })) });
    });
  for (const [persons, roles] of [
    [["9999999999"], ["spouse"]],
    [
      [other, null],
      ["spouse", "spouse"],
    ],
    [[other], ["spouse", "spouse"]],
    [[other], null],
    [null, null],
  ] as const)
    await expect(name(persons as never, roles as never)).rejects.toMatchObject(denied);
  await expect(name([other], [null])).rejects.toMatchObject({ code: "23502" });
  const subject = { person_number: person, role: "subject" };
  await expect(name([], [])).rejects.toMatchObject({ rows: [subject] });
  await expect(name([other, other, other], ["subject", "spouse", "spouse"])).rejects.toMatchObject({
    rows: [subject, { person_number: other, role: "spouse" }],
  });
  await expect(
    as(
      "clerk1",
      (sql) =>
        sql`select cases.set_members(${at.caseId}, ${[other]}::text[], ${["spouse"]}::text[])`,
    ),
  ).rejects.toMatchObject(denied);
});

test("本人確認と書類の確認は、その手続きの中でだけ、決められた種類でだけ残る", async () => {
  const opened = { caseId: (await open("clerk1", await family())).id, revision: 1 };
  const check = (
    given: Partial<Record<"subject" | "method" | "documents", string>> & { mandate?: boolean },
    inStep = true,
  ) =>
    as("clerk1", async (sql) => {
      if (inStep) await moveCase(sql, opened, "recordIdentity", "identity");
      const { subject = "applicant", method = "number-card", documents = "{}" } = given;
      await sql`insert into intake.identity_check (case_id, subject, method, documents, mandate_seen, checked_on, checked_by)
        values (${opened.caseId}, ${subject}, ${method}, ${documents}::text::text[], ${given.mandate ?? false}, '2020-01-01', 1)`;
    });
  await expect(check({}, false)).rejects.toMatchObject(denied);
  for (const given of [
    { subject: "nobody" },
    { method: "none" },
    { subject: "agent" },
    { method: "notification-card" },
    { method: "notification-card", documents: "{null}" },
    { method: "two-documents", documents: "{pension,pension}" },
    { method: "two-documents", documents: "{pension,null}" },
  ])
    await expect(check(given), JSON.stringify(given)).rejects.toMatchObject({ code: "23514" });
  await check({ subject: "agent", mandate: true });
  const [row] = await admin`
    select checked_on::text, checked_by from intake.identity_check where case_id = ${opened.caseId}`;
  expect(row).toEqual({
    checked_on: "2026-11-20",
    checked_by: (await city.actor("clerk1")).staffId,
  });

  const at = { ...opened, revision: 2 };
  const record = (codes: string, statuses: string, { inStep = true, dates = "{null}" } = {}) =>
    as("clerk1", async (sql) => {
      if (inStep) await moveCase(sql, at, "recordDocuments", "identity");
      await sql`select intake.record_documents(${at.caseId}, ${codes}::text::text[], ${statuses}::text::text[], ${dates}::text::date[])`;
    });
  await expect(record("{insurance-proof}", "{seen}", { inStep: false })).rejects.toMatchObject(
    denied,
  );
  await expect(record("{insurance-proof}", "{complete}")).rejects.toMatchObject({ code: "23514" });
  for (const dates of ["{2026-11-21}", "{}"])
    await expect(
      record("{insurance-proof}", "{seen}", { dates }),
      "その日はまだ来ていない、又は足りない",
    ).rejects.toMatchObject(denied);
  for (const statuses of ["{null}", "{}"])
    await expect(record("{insurance-proof}", statuses)).rejects.toMatchObject({ code: "23502" });
});
