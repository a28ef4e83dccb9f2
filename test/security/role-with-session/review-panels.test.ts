import type { TransactionSql } from "postgres";
import { beforeAll, expect, test } from "vitest";
import { moveCase, seal } from "#test/support/case-sql.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { patientApplication, patientCounterOf, recordOf } from "#test/support/patient-counter.ts";
import { panelOf } from "#test/support/review-panel.ts";
import { denied, staffSql } from "./support.ts";

// The 指定難病審査会, 不認定 after its answer alone, and 登録者証, tried by SQL.

const city = await openTestPlatform();
const counter = patientCounterOf(city);
const panel = panelOf(city, counter);
const as = staffSql(city);
beforeAll(() => counter.listDoctors());

const program = "intractable-disease";
const confirmed = async (records = [recordOf()]) => {
  const person = (await counter.household()).mother;
  const at = await counter.step(
    "clerk2",
    "confirm",
    await counter.toExamination(person, patientApplication({ records })),
  );
  return { person, at };
};
const referred = async (records?: ReturnType<typeof recordOf>[]) => {
  const { person, at } = await confirmed(records);
  return { person, at: await counter.step("clerk2", "refer", at, { input: { group: null } }) };
};

const answer = async (
  sql: TransactionSql,
  given: { session: number; caseId: string; person: string; said: object },
) => {
  const { session, caseId, person, said } = given;
  const sealed = await seal(sql, { caseId, person, kind: "panel-answer", program });
  return sql`select review_panels.answer(${session}, ${caseId}, ${JSON.stringify([said])}::text::jsonb, ${sealed})`;
};
const fails = { matter: "6", votes: { fails: 2 }, casting: null, reason: "severity" };

test("答申は、審査する職員が、その会議の議題の、その申請の疾病についてだけ記録できる", async () => {
  const { person, at } = await referred();
  const other = await referred();
  const session = await panel.met([at.caseId]);
  const given = { session, caseId: at.caseId, person };
  const wrong: [TestStaff, object][] = [
    ["operator1", { ...given, said: fails }],
    ["nobody", { ...given, said: fails }],
    ["east1", { ...given, said: fails }],
    ["clerk2", { ...given, said: { ...fails, matter: "7" } }],
    ["clerk2", { ...given, said: { ...fails, reason: null } }],
    ["clerk2", { ...given, said: { ...fails, reason: "doctor" } }],
    ["clerk2", { ...given, said: { ...fails, votes: { fails: 3 } } }],
    ["clerk2", { ...given, said: { ...fails, votes: { related: 2 } } }],
    ["clerk2", { session, caseId: other.at.caseId, person: other.person, said: fails }],
  ];
  for (const [who, what] of wrong)
    await expect(
      as(who, (sql) => answer(sql, what as Parameters<typeof answer>[1])),
      JSON.stringify(what),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|MD\d+)$/) });
  await as("clerk2", (sql) => answer(sql, { ...given, said: fails }));
  // Whoever recorded it doesn't compare it, and it doesn't count before.
  const compare = (who: TestStaff) =>
    as(who, (sql) => sql`select review_panels.compare_answer(${session}, ${at.caseId}, true)`);
  await expect(compare("clerk2")).rejects.toMatchObject(denied);
  await expect(
    as("clerk2", (sql) => moveCase(sql, at, "takePanelAnswer", "examination")),
  ).rejects.toMatchObject({ code: "MD011" });
  await compare("supervisor1");
  await expect(compare("supervisor1")).rejects.toMatchObject(denied);
  for (const statement of [
    "update review_panels.answer set opinion = 'meets'",
    "delete from review_panels.answer",
    "update review_panels.session set appointed = 1",
    "update review_panels.panel set compared = false",
    `insert into intractable_review.referral (case_id) values ('${at.caseId}')`,
    `insert into intractable_review.record_check (case_id, result) values ('${at.caseId}', 'clear')`,
    "update intractable_review.registration set state = 'decided'",
    `select intractable_review.answer_of('${at.caseId}')`,
  ])
    await expect(
      as("clerk2", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
});

test("答申のない不認定も、答申の後に変えた答申も、SQLでは作れない", async () => {
  const { person, at } = await confirmed();
  const comment = (sql: TransactionSql) =>
    seal(sql, { caseId: at.caseId, person, kind: "comment", program });
  await expect(
    as("clerk2", async (sql) =>
      moveCase(sql, at, "proposeRejection", "proposed", { comment: await comment(sql) }),
    ),
  ).rejects.toMatchObject({ code: "MD011" });
  // The reasons of 却下 are formal defects alone.
  await expect(
    as("clerk2", async (sql) =>
      moveCase(sql, at, "proposeDismissal", "proposed", { comment: await comment(sql) }),
    ),
  ).rejects.toMatchObject({ code: "MD019" });
  await expect(as("clerk2", (sql) => moveCase(sql, at, "refer", "panel"))).rejects.toMatchObject({
    code: "MD019",
  });

  const against = await panel.answered(at, { "6": ["fails", "severity"] });
  const [row] = await city.admin<{ session: number }[]>`
    select session_id as session from review_panels.answer where case_id = ${at.caseId}`;
  const given = { session: row?.session ?? 0, caseId: at.caseId, person };
  await expect(
    as("clerk2", (sql) => answer(sql, { ...given, said: { ...fails, reason: "diagnosis" } })),
  ).rejects.toMatchObject(denied);
  // 認定 against the answer is refused as well.
  await expect(
    as("clerk2", (sql) => moveCase(sql, against, "propose", "proposed")),
  ).rejects.toMatchObject({ code: "MD011" });
});

test("登録者証は、申請の決裁の後に、別の職員の決裁だけで決まる", async () => {
  const { person, at } = await confirmed();
  const propose = (who: TestStaff, kind: string, outcome = "granted") =>
    as(
      who,
      (sql) =>
        sql<{ id: string }[]>`
        select intractable_review.propose_registration(${at.caseId}, null, ${kind}, ${outcome}, ${outcome === "refused" ? "diagnosis" : null}, false, '2026-11-20', null, null, null) as id`,
    );
  await expect(propose("clerk2", "criteria")).rejects.toMatchObject(denied);
  await expect(propose("clerk2", "recipient")).rejects.toMatchObject(denied);
  let now = await panel.answered(at, { "6": ["fails", "severity"] });
  now = await counter.step("clerk2", "proposeRejection", now, { input: { reason: "severity" } });
  now = await counter.step("clerk2", "requestDecision", now);
  await counter.step("supervisor1", "approve", now);
  for (const who of ["operator1", "nobody", "east1"] as const)
    await expect(propose(who, "criteria")).rejects.toMatchObject(denied);
  await expect(propose("clerk2", "recipient")).rejects.toMatchObject(denied);
  await expect(propose("clerk2", "criteria", "refused")).rejects.toMatchObject(denied);
  const [made] = (await propose("clerk2", "criteria")) as { id: string }[];
  const decide = (who: TestStaff) =>
    as(who, (sql) => sql`select intractable_review.decide_registration(${made?.id ?? ""}, true)`);
  await expect(decide("clerk2")).rejects.toMatchObject(denied);
  await decide("supervisor1");
  await expect(decide("supervisor1")).rejects.toMatchObject(denied);
  expect(
    await as(
      "nobody",
      (sql) => sql`select from intractable_review.registration where person_number = ${person}`,
    ),
  ).toHaveLength(0);
});
