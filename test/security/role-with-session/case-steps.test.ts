import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { fireDeadlines, syncMachines } from "#src/platform/cases/index.ts";
import { moveCase, openCaseBySql, type SeenCase, seal } from "#test/support/case-sql.ts";
import { inventedApplication } from "#test/support/counter.ts";
import { unguarded } from "#test/support/unguarded-machine.ts";
import { cityWithCases, noSuchStep, notWhole } from "./case-support.ts";
import { denied } from "./support.ts";

const { city, admin, as, counter, personOf, comment, approve } = await cityWithCases();
const { family, open, step, toExamination, toApproval, toIssued } = counter;
const stale = { code: "MD014" };
const noComment = { code: "MD016" };
const notYet = { code: "MD017" };

const stateOf = async ({ caseId }: SeenCase) =>
  (await admin`select state, revision from cases.case where id = ${caseId}`)[0];

test("申請は、受付の段階で、本人の区でしか開けない。段階も番号も版も選べない", async () => {
  const person = await family();
  const tries: [string, Parameters<typeof openCaseBySql>[1]][] = [
    ["先の日付", { person, received: "2026-11-21" }],
    ["出生前の日付", { person, received: "2026-05-09" }],
    ["日付なし", { person, received: null }],
    ["ほかの区", { person, office: "431028" }],
    ["区なし", { person, office: null }],
    ["いない人", { person: "9999999999" }],
    ["人なし", { person: null }],
    ["内容が項目でない", { person, detail: "[]" }],
  ];
  for (const [what, given] of tries)
    await expect(
      as("clerk1", (sql) => openCaseBySql(sql, given)),
      what,
    ).rejects.toMatchObject(denied);
  for (const kind of ["child%/application", "none/application", "child-medical/none", "x", ""])
    await expect(
      as("clerk1", (sql) => openCaseBySql(sql, { person, kind })),
      kind,
    ).rejects.toMatchObject(noSuchStep);
  for (const who of ["auditor1", "operator1", "nobody", "east1"] as const)
    await expect(
      as(who, (sql) => openCaseBySql(sql, { person })),
      who,
    ).rejects.toMatchObject(denied);
  await expect(
    as("clerk1", (sql) => openCaseBySql(sql, { person, key: null })),
  ).rejects.toMatchObject({ code: "23502" });

  const people = [person, await family()];
  const numbers: string[] = [];
  for (let n = 0; n < 2; n++) {
    const id = await as("clerk1", (sql) => openCaseBySql(sql, { person: people[n] ?? "" }));
    const [row] = await admin`select number, state, revision from cases.case where id = ${id}`;
    expect(row).toMatchObject({ state: "received", revision: 1 });
    numbers.push(row?.number);
  }
  expect(Number(numbers[1]?.slice(3)) - Number(numbers[0]?.slice(3))).toBe(1);
  await expect(as("clerk1", (sql) => openCaseBySql(sql, { person }))).rejects.toMatchObject({
    code: "MD020",
  });
});

test("変更届は、何についてのものかを同じ処理の中で言わなければ開けない", async () => {
  const person = await family();
  await expect(
    as("clerk1", (sql) => openCaseBySql(sql, { person, kind: "child-medical/change" })),
  ).rejects.toMatchObject(notWhole);
});

test("表を直接書き換えて、段階・履歴・決裁・期限を変えることはできない", async () => {
  const { caseId } = await toApproval(await family());
  for (const statement of [
    "update cases.case set state = 'certified', revision = revision + 1",
    "update cases.case set office_code = '431028'",
    "insert into cases.case select * from cases.case",
    "delete from cases.case",
    "insert into cases.event (case_id, revision, type, from_state, to_state, business_date, idempotency_key) select case_id, 99, type, from_state, to_state, '2020-01-01', 'x' from cases.event",
    "update cases.event set staff_id = 1",
    "update cases.event set business_date = '2020-01-01'",
    "update cases.member set person_number = 'x'",
    "update cases.effect set done_at = now()",
    "update cases.deadline set closed_at = now()",
    "insert into cases.machine_transition select * from cases.machine_transition",
    "update cases.machine_transition set rights = '{case.enter}'",
    "update cases.counter set last = 0",
    "update approvals.entry set confirmed_by = 1, confirmed_at = now()",
    "update approvals.approval set decision = 'approved', seen_revision = 1, decided_by = 1, decided_at = now()",
    "truncate cases.event",
  ])
    await expect(
      as("supervisor2", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
  expect(await stateOf({ caseId, revision: 0 })).toMatchObject({ state: "approval" });
});

test("手続きの日付は、業務日付を偽っても、今日のほかにはならない", async () => {
  const at = await toApproval(await family());
  const [day] = await admin<{ hour: number; yesterday: string; today: string }[]>`
    select extract(hour from now() at time zone 'Asia/Tokyo')::int as hour,
           ((now() at time zone 'Asia/Tokyo')::date - 1)::text as yesterday, (now() at time zone 'Asia/Tokyo')::date::text as today`;
  await admin`delete from access.played_clock`;
  try {
    const decide = (date: string) =>
      as("supervisor1", (sql) => approve(sql, at), { "app.business_date": date });
    for (const date of ["2020-01-01", "2026-03-31", "2099-12-31"])
      await expect(decide(date), date).rejects.toMatchObject({ code: "MD001" });
    // Around midnight an hour of the neighbouring day is granted.
    if (day && day.hour > 0 && day.hour < 23)
      await expect(decide(day.yesterday)).rejects.toMatchObject({ code: "MD001" });
  } finally {
    await admin`insert into access.played_clock default values`;
  }
  expect(await stateOf(at)).toMatchObject({ state: "approval" });
});

test("自分が入力したものは確認できず、自分が起案または入力したものは決裁できない", async () => {
  let at = await toExamination(await family());
  const confirm = (who: "clerk1" | "supervisor1") =>
    as(who, (sql) => moveCase(sql, at, "confirm", "examination"));
  await expect(confirm("clerk1")).rejects.toMatchObject(noSuchStep);
  at = await step("supervisor2", "enter", at, { input: inventedApplication });
  at = await step("supervisor1", "confirm", at);
  at = await step("supervisor1", "propose", at);
  at = await step("supervisor1", "requestDecision", at);
  for (const who of ["supervisor1", "supervisor2"] as const)
    await expect(
      as(who, (sql) => approve(sql, at)),
      who,
    ).rejects.toMatchObject(noSuchStep);
  // Nor by calling one's own proposal a rejection, or sending it back to oneself.
  await expect(as("supervisor1", (sql) => approve(sql, at, "rejected"))).rejects.toMatchObject(
    noSuchStep,
  );
  await expect(
    as("supervisor1", async (sql) =>
      moveCase(sql, at, "remand", "examination", { comment: await comment(sql, at) }),
    ),
  ).rejects.toMatchObject(noSuchStep);

  const issued = await toIssued(await family());
  const revocation = await step("supervisor1", "proposeRevocation", issued, {
    input: { reason: "mistake" },
  });
  await expect(
    as("supervisor1", (sql) => moveCase(sql, revocation, "revoke", "revoked")),
  ).rejects.toMatchObject(noSuchStep);
});

test("機械が二人の条件を忘れても、入力した本人の確認、起案・入力した本人の決裁は残らない", async () => {
  await syncMachines(admin, [unguarded("toy/application")]);
  const person = await family();
  const caseId = await as("supervisor1", (sql) =>
    openCaseBySql(sql, { person, kind: "toy/application" }),
  );
  const move = (who: "supervisor1" | "supervisor2", revision: number, event: string, to: string) =>
    as(who, (sql) => moveCase(sql, { caseId, revision }, event, to));
  await as("supervisor1", async (sql) => {
    await moveCase(sql, { caseId, revision: 1 }, "enter", "received");
    const sealedId = await seal(sql, { caseId, person, kind: "application", program: "toy" });
    await sql`insert into approvals.entry (case_id, person_number, revision, sealed_id) values (${caseId}, ${person}, 1, ${sealedId})`;
  });
  await expect(move("supervisor1", 2, "confirm", "received")).rejects.toMatchObject({
    constraint_name: "entry_two_people",
  });
  await move("supervisor2", 2, "confirm", "received");
  await move("supervisor2", 3, "rejection", "proposed");
  await expect(move("supervisor2", 4, "approve", "done")).rejects.toMatchObject({
    constraint_name: "approval_two_people",
  });
  await expect(move("supervisor1", 4, "approve", "done")).rejects.toMatchObject({
    constraint_name: "approval_not_by_enterer",
  });
});

test("見ていない版の申請は進められない", async () => {
  const at = await toApproval(await family());
  for (const revision of [at.revision - 1, at.revision + 1, null as unknown as number])
    await expect(
      as("supervisor1", (sql) => approve(sql, { ...at, revision })),
    ).rejects.toMatchObject(stale);
});

test("コメントの要る手続きに、ほかの申請・ほかの職員・ほかの種類の記録をコメントとして付けることはできない", async () => {
  const at = await toApproval(await family());
  const person = await personOf(at.caseId);
  const other = await toApproval(await family());
  const foreign = [
    as("supervisor1", (sql) => comment(sql, other)),
    as("supervisor2", (sql) => comment(sql, at)),
    as("supervisor1", (sql) => seal(sql, { caseId: at.caseId, person, kind: "note" })),
  ];
  for (const id of [null, randomUUID(), ...(await Promise.all(foreign))])
    await expect(
      as("supervisor1", (sql) => moveCase(sql, at, "remand", "examination", { comment: id })),
    ).rejects.toMatchObject(noComment);
  // Nor where none is needed.
  await expect(
    as("supervisor1", (sql) =>
      moveCase(sql, at, "approve", "certified", { comment: randomUUID() }),
    ),
  ).rejects.toMatchObject(noComment);
});

test("手続きが残す仕事は機械の定めで、増やすことも省くことも、期限を過去にすることもできない", async () => {
  let at = await toExamination(await family());
  at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "missing" } });
  for (const until of [null, "2026-11-20", "2026-11-19"])
    await expect(
      as("clerk2", async (sql) =>
        moveCase(sql, at, "hold", "held", { until, comment: await comment(sql, at) }),
      ),
    ).rejects.toMatchObject(notYet);
  await as("clerk2", async (sql) =>
    moveCase(sql, at, "hold", "held", { until: "2026-12-04", comment: await comment(sql, at) }),
  );
  const left = await admin`
    select type, params from cases.effect where case_id = ${at.caseId}
    union all select event, jsonb_build_object('kind', kind, 'on', due_on) from cases.deadline where case_id = ${at.caseId}`;
  expect(left.map((row) => ({ ...row }))).toEqual([
    { type: "letter", params: { kind: "hold" } },
    { type: "expire", params: { kind: "hold", on: "2026-12-04" } },
  ]);
});

test("期限の手続きは、期限が来ていなければ、定時処理でも進められず、期限は人には閉じられない", async () => {
  let at = await toExamination(await family());
  at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "missing" } });
  at = await step("clerk2", "hold", at, { until: "2026-12-04" });
  const expire = () => as("system", (sql) => moveCase(sql, at, "expire", "examination"));
  await expect(expire()).rejects.toMatchObject(notYet);
  const [row] = await admin`select id from cases.deadline where case_id = ${at.caseId}`;
  await expect(
    as("supervisor1", (sql) => sql`select cases.drop_deadline(${row?.id})`),
  ).rejects.toMatchObject(denied);
  await as("system", (sql) => sql`select cases.drop_deadline(${row?.id})`);
  expect(
    (await admin`select closed_at from cases.deadline where id = ${row?.id}`)[0]?.closed_at,
  ).toBeNull();
  // Without any deadline it is not fired either.
  await admin`update cases.deadline set closed_at = now() where case_id = ${at.caseId}`;
  await expect(expire()).rejects.toMatchObject(notYet);
});

test("定時処理が使う鍵を先に使っても、期限の手続きも職権の届も止められない", async () => {
  let at = await toExamination(await family());
  at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "missing" } });
  at = await step("clerk2", "hold", at, { until: "2026-12-04" });
  const [row] = await admin`select id from cases.deadline where case_id = ${at.caseId}`;
  at = await step("clerk1", "recordDocuments", at, {
    input: { "income-proof": "seen" },
    idempotencyKey: `deadline:${row?.id}`,
  });
  city.platform.clock.moveTo("2026-12-05");
  try {
    expect(await fireDeadlines(city.platform, await city.system())).toBeGreaterThan(0);
  } finally {
    city.platform.clock.moveTo("2026-11-20");
  }
  expect(await stateOf(at)).toMatchObject({ state: "examination" });

  const [person, other, third] = [await family(), await family(), await family()];
  const key = `register-loss:${randomUUID()}:2026-12-10`;
  const taken = await as("clerk1", (sql) => openCaseBySql(sql, { person, key }));
  const own = await as("system", (sql) => openCaseBySql(sql, { person: other, key }));
  expect(own).not.toBe(taken);
  // One person's key opens one case.
  await expect(
    as("clerk1", (sql) => openCaseBySql(sql, { person: third, key })),
  ).rejects.toMatchObject({ code: "23505" });
});

test("手続きだけを進めて、それに伴うはずの記録・認定・交付を残さないことはできない", async () => {
  const opened = { caseId: (await open("clerk1", await family())).id, revision: 1 };
  const identified = await step("clerk1", "recordIdentity", opened, {
    input: { subject: "applicant", method: "number-card", documents: [], mandateSeen: false },
  });
  const approval = await toApproval(await family());
  const certified = await step("supervisor1", "approve", await toApproval(await family()));
  const revocation = await step("clerk2", "proposeRevocation", await toIssued(await family()), {
    input: { reason: "fraud" },
  });
  const received = { caseId: (await open("clerk1", await family())).id, revision: 1 };
  for (const [who, at, event, target] of [
    ["clerk1", received, "recordIdentity", "identity"],
    ["clerk1", identified, "enter", "identity"],
    ["supervisor1", approval, "approve", "certified"],
    ["clerk1", certified, "issue", "issued"],
    ["supervisor1", revocation, "revoke", "revoked"],
  ] as const) {
    const before = await stateOf(at);
    await expect(
      as(who, (sql) => moveCase(sql, at, event, target)),
      event,
    ).rejects.toMatchObject(notWhole);
    expect(await stateOf(at)).toEqual(before);
  }
});

test("手続きの説明は、その処理の中で、本人が一度だけ付けられる", async () => {
  const at = await toExamination(await family());
  const say = (what: string) => (sql: Parameters<typeof moveCase>[0]) =>
    sql`select cases.describe(${at.caseId}, ${what}::text::jsonb)`;
  await expect(as("clerk1", say('{"reason":"later"}'))).rejects.toMatchObject(denied);
  await as("clerk2", async (sql) => {
    await moveCase(sql, at, "confirm", "examination");
    await say('{"reason":"first"}')(sql);
    await say('{"reason":"second"}')(sql);
  });
  const [row] = await admin`
    select detail from cases.event where case_id = ${at.caseId} order by revision desc limit 1`;
  expect(row?.detail).toEqual({ reason: "first" });
  const next = { ...at, revision: at.revision + 1 };
  for (const what of ["[]", "null", '"text"'])
    await expect(
      as("clerk2", async (sql) => {
        await moveCase(sql, next, "propose", "proposed");
        await say(what)(sql);
      }),
      what,
    ).rejects.toMatchObject(denied);
});

test("手続きを取り消したり、同じ処理で次に進めたりした後では、その手続きの名で書けない", async () => {
  const at = await toExamination(await family());
  const person = await personOf(at.caseId);
  const enter = async (sql: Parameters<typeof moveCase>[0]) => {
    const sealedId = await seal(sql, { caseId: at.caseId, person, kind: "application" });
    await sql`insert into approvals.entry (case_id, person_number, revision, sealed_id)
      values (${at.caseId}, ${person}, 1, ${sealedId})`;
  };
  const rolledBack = as("clerk1", async (sql) => {
    await sql
      .savepoint(async (inner) => {
        await moveCase(inner, at, "enter", "examination");
        throw new Error("back");
      })
      .catch(() => {});
    await enter(sql);
  });
  await expect(rolledBack).rejects.toMatchObject(denied);
  const moved = as("clerk1", async (sql) => {
    await moveCase(sql, at, "enter", "examination");
    await enter(sql);
    await moveCase(sql, { ...at, revision: at.revision + 1 }, "recordDocuments", "examination");
    await enter(sql);
  });
  await expect(moved).rejects.toMatchObject(denied);
});
