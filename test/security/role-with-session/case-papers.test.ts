import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { moveCase, type SeenCase, seal } from "#test/support/case-sql.ts";
import { cityWithCases } from "./case-support.ts";
import { denied } from "./support.ts";

const { city, admin, as, counter, personOf, comment, paper } = await cityWithCases();
const { family, step, toExamination, toApproval, toIssued } = counter;

const effectsOf = (caseId: string) =>
  admin<{ id: string; done: boolean; attempts: number }[]>`
    select id, done_at is not null as done, attempts from cases.effect where case_id = ${caseId} order by id`;
const finish = (sql: TransactionSql, id: string | undefined) =>
  sql`select cases.finish_effect(${id ?? null})`;

/** A case in 保留 that asks for its letter, as the one before it did. */
async function heldTwice(): Promise<SeenCase> {
  let at = await toExamination(await family());
  for (let n = 0; n < 2; n++) {
    at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "missing" } });
    at = await step("clerk2", "hold", at, { until: "2026-12-04" });
    if (n === 1) break;
    at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "seen" } });
    at = await step("clerk2", "resume", at);
  }
  return at;
}

test("通知書は、手続きが求めたものだけを、その申請の人に、封じた本人が、今日の日付で作れる", async () => {
  const at = await step("supervisor1", "approve", await toApproval(await family()));
  const { caseId } = at;
  const other = await toApproval(await family());
  const foreign = { caseId, person: await personOf(other.caseId) };
  const sealed = (caseOf: string, kind = "document") =>
    as("clerk2", async (sql) =>
      seal(sql, { caseId: caseOf, person: await personOf(caseOf), kind }),
    );
  const tries: [string, Parameters<typeof paper>[1]][] = [
    ["求められていない通知", { caseId, kind: "rejection" }],
    ["まだ決裁していない認定", { caseId: other.caseId, kind: "grant" }],
    ["交付でない受給者証", { caseId, kind: "certificate" }],
    ["ほかの人", { ...foreign, kind: "grant" }],
    ["ほかの職員が封じたもの", { caseId, kind: "grant", sealedId: await sealed(caseId) }],
    ["ほかの申請に封じたもの", { caseId, kind: "grant", sealedId: await sealed(other.caseId) }],
    ["コメント", { caseId, kind: "grant", sealedId: await sealed(caseId, "comment") }],
    ["ないもの", { caseId, kind: "grant", sealedId: randomUUID() }],
  ];
  for (const [what, given] of tries)
    await expect(
      as("clerk1", (sql) => paper(sql, given)),
      what,
    ).rejects.toMatchObject(denied);
  await expect(as("east1", (sql) => paper(sql, { caseId, kind: "grant" }))).rejects.toMatchObject(
    denied,
  );
  const id = await as("clerk1", (sql) => paper(sql, { caseId, kind: "grant" }));
  const [row] =
    await admin`select issued_on::text, issued_by, issued_at > now() - interval '1 minute' as now from documents.document where id = ${id}`;
  expect(row).toEqual({
    issued_on: "2026-11-20",
    issued_by: (await city.actor("clerk1")).staffId,
    now: true,
  });
});

test("文書番号は、その事務の番号簿が出したものだけで、先の番号も、証の番号も、ほかの年度の番号も使えない", async () => {
  const { caseId } = await step("supervisor1", "approve", await toApproval(await family()));
  for (const number of [
    "熊こ医第R8-000999号",
    "熊こ医証第R8-000001号",
    "熊こ医第R7-000001号",
    "熊こ医第H38-000001号",
    "熊こ医第R8-000001号の2",
    "熊こ医",
    "",
  ])
    await expect(
      as("clerk1", (sql) => paper(sql, { caseId, kind: "grant", number })),
      number,
    ).rejects.toMatchObject(denied);
});

test("番号は、その事務の申請を扱う職員が、今年度の、決まった番号簿からだけ取れる", async () => {
  const take = (series: string | null, year: number | null) => (sql: TransactionSql) =>
    sql`select cases.next_number(${series}, ${year})`;
  for (const [series, year] of [
    ["case", 2026],
    ["child-medical", 2026],
    ["child-medical.x", 2026],
    [".document", 2026],
    ["child-medical.document", 2025],
    ["child-medical.document", 2027],
    ["child-medical.document", null],
    [null, 2026],
  ] as const)
    await expect(as("clerk1", take(series, year)), `${series} ${year}`).rejects.toMatchObject(
      denied,
    );
  // Coupons have numbers of their own, which never run backwards, and no more than wait for one.
  await as("operator1", (sql) => sql`select vaccination.take_numbers(1)`);
  for (const many of [0, -1, -1_000, 2, 1_000_000, 2_147_483_647, null])
    await expect(
      as("operator1", (sql) => sql`select vaccination.take_numbers(${many})`),
      String(many),
    ).rejects.toMatchObject(denied);
  for (const who of ["auditor1", "nobody", "scheme1"] as const)
    await expect(as(who, take("child-medical.document", 2026)), who).rejects.toMatchObject(denied);
  await ofProgram("vaccination", async () => {
    await expect(as("number1", take("child-medical.document", 2026))).rejects.toMatchObject(denied);
    await as("number1", take("vaccination.document", 2026));
  });
});

test("通知書の仕事は、その通知書を作った処理でだけ、一通につき一つだけ済みになる", async () => {
  const at = await heldTwice();
  const [first, second] = await effectsOf(at.caseId);
  await expect(as("clerk1", (sql) => finish(sql, first?.id))).rejects.toMatchObject(denied);
  await expect(as("clerk1", (sql) => finish(sql, undefined))).rejects.toMatchObject(denied);
  const one = () =>
    as("clerk1", async (sql) => {
      await paper(sql, { caseId: at.caseId, kind: "hold" });
      await finish(sql, first?.id);
      await finish(sql, second?.id);
    });
  await expect(one()).rejects.toMatchObject(denied);
  await as("clerk1", async (sql) => {
    await paper(sql, { caseId: at.caseId, kind: "hold" });
    await finish(sql, first?.id);
  });
  await expect(as("clerk1", (sql) => finish(sql, second?.id))).rejects.toMatchObject(denied);
  // Nor by the letter of another case.
  const other = await heldTwice();
  await expect(
    as("clerk1", async (sql) => {
      await paper(sql, { caseId: other.caseId, kind: "hold" });
      await finish(sql, second?.id);
    }),
  ).rejects.toMatchObject(denied);
  expect((await effectsOf(at.caseId)).map(({ done }) => done)).toEqual([true, false]);
  // Nor by a letter of another kind.
  let both: SeenCase = await heldTwice();
  both = await step("clerk1", "recordDocuments", both, { input: { "account-proof": "seen" } });
  both = await step("clerk1", "resume", both);
  both = await step("clerk2", "confirm", both);
  both = await step("clerk2", "propose", both);
  both = await step("clerk2", "requestDecision", both);
  both = await step("supervisor1", "approve", both);
  const [older] = await effectsOf(both.caseId);
  await expect(
    as("clerk1", async (sql) => {
      await paper(sql, { caseId: both.caseId, kind: "grant" });
      await finish(sql, older?.id);
    }),
  ).rejects.toMatchObject(denied);
});

test("要る文書は、作らずに済ませることができない。要らなくなった文書は、誰が済ませたかが残る", async () => {
  let at: SeenCase = await heldTwice();
  const [first, second] = await effectsOf(at.caseId);
  const lapse = async (id: string | undefined) =>
    (await as("clerk1", (sql) => sql`select cases.lapse_effect(${id ?? null}) as lapsed`))[0]
      ?.lapsed;
  expect(await lapse(first?.id)).toBe(false);
  expect(await lapse(second?.id)).toBe(false);
  await expect(
    as(
      "clerk1",
      (sql) => sql`update cases.effect set done_at = now() where id = ${first?.id ?? null}`,
    ),
  ).rejects.toMatchObject(denied);
  at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "seen" } });
  expect(await lapse(first?.id)).toBe(true);
  expect(await lapse(first?.id)).toBe(false);
  at = await step("clerk1", "resume", at);
  at = await step("clerk2", "confirm", at);
  at = await step("clerk2", "propose", at);
  at = await step("clerk2", "requestDecision", at);
  await step("supervisor1", "approve", at);
  const grant = (await effectsOf(at.caseId)).at(-1);
  expect(await lapse(grant?.id)).toBe(false);
  const rows =
    await admin`select lapsed_by is not null as lapsed from cases.effect where id = ${first?.id ?? null}`;
  expect(rows[0]?.lapsed).toBe(true);
});

test("ほかの区・ほかの事務・権限のない職員には、残った仕事は取り出すことも、失敗にすることも、やり直すこともできない", async () => {
  const at = await heldTwice();
  const [first] = await effectsOf(at.caseId);
  const id = first?.id ?? "";
  const nothing = async (who: "east1" | "auditor1" | "number1") => {
    expect(await as(who, (sql) => sql`select * from cases.take_effect(${id})`), who).toHaveLength(
      0,
    );
    expect(await as(who, (sql) => sql`select * from cases.lock(${at.caseId})`), who).toHaveLength(
      0,
    );
    await as(who, (sql) => sql`select cases.fail_effect(${id}, 'x')`);
    await as(who, (sql) => sql`select cases.retry_effects(${at.caseId})`);
    await expect(
      as(who, (sql) => finish(sql, id)),
      who,
    ).rejects.toMatchObject(denied);
    const [row] = await as(who, (sql) => sql`select cases.lapse_effect(${id}) as lapsed`);
    expect(row?.lapsed, who).toBe(false);
    expect((await effectsOf(at.caseId))[0]).toMatchObject({ done: false, attempts: 0 });
  };
  await nothing("east1");
  await nothing("auditor1");
  await ofProgram("vaccination", () => nothing("number1"));
});

test("ほかの区・ほかの事務の職員には、設定をどう変えても、申請に付くものは一行も見えず、進められず、加えられない", async () => {
  const issued = await toIssued(await family());
  const { caseId } = issued;
  const person = await personOf(caseId);
  const attempt = async (who: "east1" | "number1", settings: Record<string, string>) => {
    for (const table of await tablesOfCases()) {
      const rows = await as(
        who,
        (sql) => sql.unsafe(`select * from ${table} where case_id = '${caseId}'`),
        settings,
      );
      expect(rows, `${who} ${table}`).toHaveLength(0);
    }
    await expect(
      as(who, (sql) => moveCase(sql, issued, "reissue", "issued"), settings),
    ).rejects.toMatchObject(denied);
    for (const kind of ["note", "attachment", "comment", "application", "document"])
      await expect(
        as(who, (sql) => seal(sql, { caseId, person, kind }), settings),
        kind,
      ).rejects.toMatchObject(denied);
  };
  const all = { "app.program": "child-medical", "app.case_id": caseId };
  await attempt("east1", {});
  await attempt("east1", all);
  await ofProgram("vaccination", async () => {
    await attempt("number1", {});
    await attempt("number1", { ...all, "app.program": "" });
  });
});

test("メモ・添付・照会は、その区の職員が、自分の名で、今日の日付で、その申請に封じたものだけを加えられる", async () => {
  const { caseId } = await toExamination(await family());
  const other = await toExamination(await family());
  const person = await personOf(caseId);
  const own = (kind: string, on = caseId, program = "child-medical") =>
    as("clerk1", async (sql) =>
      seal(sql, { caseId: on, person: await personOf(on), kind, program }),
    );
  const note = (who: "clerk1" | "clerk2" | "east1", sealed: string | null) =>
    as(
      who,
      (sql) => sql`insert into intake.note (case_id, sealed_id, written_by, written_at)
        values (${caseId}, ${sealed}, 1, '2020-01-01') returning written_by, written_at > now() - interval '1 minute' as now`,
    );
  const sealedNote = await own("note");
  const refused: [string, Parameters<typeof note>][] = [
    ["ほかの区", ["east1", sealedNote]],
    ["ほかの職員が封じたもの", ["clerk2", sealedNote]],
    ["ほかの種類", ["clerk1", await own("comment")]],
    ["ほかの申請", ["clerk1", await own("note", other.caseId)]],
    ["なし", ["clerk1", null]],
  ];
  for (const [what, given] of refused)
    await expect(note(...given), what).rejects.toMatchObject(denied);
  // Of another 事務 nothing can be sealed for it in the first place.
  await expect(own("note", caseId, "vaccination")).rejects.toMatchObject(denied);
  const mine = { now: true, written_by: (await city.actor("clerk1")).staffId };
  expect((await note("clerk1", sealedNote))[0]).toEqual(mine);

  const attach = (given: { type?: string; withdrawn?: number | null; sealed?: string }) =>
    as("clerk1", async (sql) => {
      const { type = "image/png", withdrawn = null } = given;
      const sealed = given.sealed ?? (await seal(sql, { caseId, person, kind: "attachment" }));
      return sql`insert into intake.attachment (case_id, media_type, bytes, sha256, sealed_id, added_by, added_at, withdrawn_by, withdrawn_at)
        values (${caseId}, ${type}, 1, 'x', ${sealed}, 1, '2020-01-01', ${withdrawn}, ${withdrawn && "2020-01-01"}) returning id, added_by`;
    });
  await expect(attach({ type: "text/html" })).rejects.toMatchObject({ code: "23514" });
  await expect(attach({ withdrawn: 1 })).rejects.toMatchObject(denied);
  await expect(attach({ sealed: sealedNote })).rejects.toMatchObject(denied);
  const [scan] = await attach({});
  expect(scan?.added_by).toBe(mine.written_by);
  const withdraw = (who: "clerk1" | "east1" | "auditor1", id: string | null) =>
    as(who, (sql) => sql`select intake.withdraw_attachment(${id})`);
  await expect(withdraw("east1", scan?.id)).rejects.toMatchObject(denied);
  await expect(withdraw("auditor1", scan?.id)).rejects.toMatchObject(denied);
  await expect(withdraw("clerk1", null)).rejects.toMatchObject(denied);
  await withdraw("clerk1", scan?.id);
  await expect(withdraw("clerk1", scan?.id)).rejects.toMatchObject(denied);

  const ask = (who: "clerk1" | "east1") =>
    as(
      who,
      (sql) => sql`
      insert into intake.inquiry (case_id, subject, addressee, asked_on, asked_by, due_on, answered_on, answered_by, reminded_on)
      values (${caseId}, 'tax', '福岡市', '2020-01-01', 1, '2026-12-04', '2026-11-21', 1, '2026-11-21')
      returning id, asked_on::text, asked_by, answered_on, answered_by, reminded_on`,
    );
  await expect(ask("east1")).rejects.toMatchObject(denied);
  const [inquiry] = await ask("clerk1");
  expect(inquiry).toMatchObject({
    asked_on: "2026-11-20",
    asked_by: mine.written_by,
    answered_on: null,
    answered_by: null,
    reminded_on: null,
  });
  const answer = (who: "clerk1" | "east1", sealed: string | null) =>
    as(who, (sql) => sql`select intake.answer(${inquiry?.id}, ${sealed})`);
  const remind = (who: "clerk1" | "east1") =>
    as(who, (sql) => sql`select intake.remind(${inquiry?.id})`);
  const answered = await own("inquiry-answer");
  await expect(remind("east1")).rejects.toMatchObject(denied);
  await expect(answer("east1", answered)).rejects.toMatchObject(denied);
  for (const sealed of [null, randomUUID(), sealedNote])
    await expect(answer("clerk1", sealed)).rejects.toMatchObject(denied);
  await answer("clerk1", answered);
  await expect(answer("clerk1", answered)).rejects.toMatchObject(denied);
  await expect(remind("clerk1")).rejects.toMatchObject(denied);
});

test("印刷の記録は、今、自分がしたものとしてしか残らない", async () => {
  const { caseId } = await toIssued(await family());
  const [document] = await admin`select id from documents.document where case_id = ${caseId}`;
  const print = (who: "clerk1" | "east1") =>
    as(
      who,
      (sql) => sql`insert into documents.print (document_id, printed_by, printed_at)
      values (${document?.id}, 1, '2020-01-01') returning printed_by, printed_at > now() - interval '1 minute' as now`,
    );
  await expect(print("east1")).rejects.toMatchObject(denied);
  expect((await print("clerk1"))[0]).toEqual({
    printed_by: (await city.actor("clerk1")).staffId,
    now: true,
  });
});

test("差戻しのコメントは、差し戻した本人が封じたものだけ", async () => {
  const at = await toApproval(await family());
  await as("supervisor1", async (sql) =>
    moveCase(sql, at, "remand", "examination", { comment: await comment(sql, at) }),
  );
  const [row] = await admin`
    select s.entered_by = e.staff_id as own from cases.event e join vault.sealed_record s on s.id = e.comment_id
     where e.case_id = ${at.caseId} and e.act = 'remand'`;
  expect(row?.own).toBe(true);
});

/** Every table with rows of cases that the program's role may read. */
async function tablesOfCases(): Promise<string[]> {
  const rows = await admin<{ name: string }[]>`
    select a.attrelid::regclass::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'case_id' and c.relkind = 'r' and has_table_privilege('madoguchi_app', c.oid, 'select')
       and c.relnamespace::regnamespace::text in ('cases', 'approvals', 'intake', 'entitlements', 'documents')`;
  expect(rows.length).toBeGreaterThan(14);
  return rows.map(({ name }) => name);
}

/** While number1 holds the rights of a clerk in one 事務 alone. */
async function ofProgram(program: string, run: () => Promise<unknown>): Promise<void> {
  const only = (value: string | null) =>
    admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update access.duty_grant set program = ${value}
        where staff_id = (select id from access.staff where login_name = 'number1')`;
    });
  await only(program);
  try {
    await run();
  } finally {
    await only(null);
  }
}
