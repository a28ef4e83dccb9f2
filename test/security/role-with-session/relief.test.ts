import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { readPackage } from "#src/programs/vaccination/relief/package.ts";
import { textOfPages } from "#test/documents/render.ts";
import { moveCase, seal } from "#test/support/case-sql.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { reliefOf } from "#test/support/relief.ts";
import { opinionOf } from "#workflows/review-panels/votes.ts";
import { reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { claimantFault, claimantRelations } from "#workflows/vaccination/relief/claimants.ts";
import { harmClasses } from "#workflows/vaccination/relief/harm.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const relief = reliefOf(city);
const as = staffSql(city);
const run = (who: TestStaff, act: (sql: TransactionSql) => Promise<unknown>) => as(who, act);
const keys = <T extends object>(of: T) => Object.keys(of) as (keyof T)[];

test("請求に付くものは、その手続きの外では書けず、後から変えられない", async () => {
  const { caseId } = await relief.recognised();
  for (const statement of [
    "update relief.claim_facts set class = 'city'",
    "update relief.answer set outcome = 'recognised'",
    "delete from relief.answer_benefit",
    "update review_panels.answer set opinion = 'related'",
    "update review_panels.session set state = 'held'",
    "insert into review_panels.member (panel, name, role, organisation, postal_code, address, from_day, to_day, entered_by) values ('relief-committee', 'a', 'other', 'b', '8600001', 'c', '2026-01-01', '2027-01-01', 1)",
    "delete from relief.blackout",
    "update relief.package set sha256 = ''",
    `insert into relief.answer (case_id, outcome, answered_on, arrived_on, reference) values ('${caseId}', 'recognised', '2026-11-20', '2026-11-20', '1')`,
    `insert into relief.answer_benefit (case_id, benefit, recognised) values ('${caseId}', 'funeral', true)`,
    `insert into relief.claim_facts (case_id, class, vaccine, shot_on, residence_code, benefits, claimant_number, relation, claimed_on)
     values ('${caseId}', 'A', '5mix', '2026-01-01', '431001', '{funeral}', '1000000011', 'funeral', '2026-11-20')`,
    `insert into relief.appeal (case_id, outcome, on_day) values ('${caseId}', 'upheld', '2026-11-20')`,
    `insert into relief.checked_page (case_id, attachment_id, page, checked_by, checked_at) values ('${caseId}', '${caseId}', 1, 1, now())`,
    `select relief.may_grant('${caseId}')`,
    `select * from relief.basis_of('${caseId}')`,
  ])
    await expect(
      run("clerk2", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
});

test("大臣の通知を記録しない認定も、認定のない支給の起案もできない", async () => {
  const forwarded = await relief.forwarded();
  await expect(
    run("clerk2", (sql) => moveCase(sql, forwarded, "recognise", "recognised")),
  ).rejects.toMatchObject({ code: "MD019" });
  for (const event of ["propose", "proposeRefusal"])
    await expect(
      run("clerk2", async (sql) => {
        const comment = await seal(sql, {
          caseId: forwarded.caseId,
          person: await personOf(forwarded.caseId),
          kind: "comment",
          program: "vaccination",
        });
        return moveCase(sql, forwarded, event, "approval", { comment });
      }),
    ).rejects.toMatchObject({ code: "MD011" });
  const denied_ = await relief.denied();
  await expect(
    run("clerk2", (sql) => moveCase(sql, denied_, "propose", "approval")),
  ).rejects.toMatchObject({ code: "MD011" });
  await expect(
    run("clerk2", async (sql) => {
      await moveCase(sql, forwarded, "recognise", "recognised");
      await sql`insert into relief.answer (case_id, outcome, answered_on, arrived_on, reference)
        values (${forwarded.caseId}, 'recognised', '2026-11-20', '2026-11-20', '1')`;
      await sql`insert into relief.answer_benefit (case_id, benefit, recognised)
        values (${forwarded.caseId}, 'medical-cost', true)`;
    }),
  ).rejects.toMatchObject({ code: "MD019" });
});

const voted = JSON.stringify([{ matter: "", votes: { related: 1 }, casting: null, reason: null }]);

const personOf = async (caseId: string) => {
  const [row] = await city.admin<{ n: string }[]>`
    select person_number as n from cases.case where id = ${caseId}`;
  return row?.n ?? "";
};

test("報告のない請求は進まず、定足数に足りない会議は報告できない", async () => {
  const at = await relief.inCommittee();
  await expect(
    run("clerk2", (sql) => moveCase(sql, at, "takeReport", "forwarding")),
  ).rejects.toMatchObject({ code: "MD011" });
  const session = await relief.met([at.caseId]);
  await city.admin`update review_panels.session_member set attended = member_id = (
    select chair_id from review_panels.session where id = ${session}) where session_id = ${session}`;
  await expect(
    run("clerk2", async (sql) => {
      const sealed = await seal(sql, {
        caseId: at.caseId,
        person: await personOf(at.caseId),
        kind: "panel-answer",
        program: "vaccination",
      });
      return sql`select review_panels.answer(${session}, ${at.caseId}, ${voted}::text::jsonb, ${sealed})`;
    }),
  ).rejects.toMatchObject(denied);
  for (const who of ["operator1", "auditor1", "nobody"] as const)
    await expect(
      run(
        who,
        (sql) =>
          sql`select review_panels.plan_session('relief-committee', null, '2026-12-01', '14時00分', 'x')`,
      ),
    ).rejects.toMatchObject(denied);
});

test("ほかの区の職員には見えず、黒塗りもできず、確かめていないページの写しは作れない", async () => {
  const at = await relief.packaged(await relief.forwarding());
  const [scan] = await city.admin<{ id: string }[]>`
    select id from intake.attachment where case_id = ${at.caseId}`;
  const mark = (sql: TransactionSql) =>
    sql`select relief.black_out(${at.caseId}, ${scan?.id ?? ""}, 1, 150, 130, 600, 60)`;
  await expect(run("east1", mark)).rejects.toMatchObject(denied);
  expect(
    await run("east1", (sql) => sql`select from relief.package where case_id = ${at.caseId}`),
  ).toHaveLength(0);
  await run("clerk2", mark);
  await expect(
    run("clerk2", (sql) => moveCase(sql, at, "forward", "ministry")),
  ).rejects.toMatchObject({ code: "MD011" });
  await expect(
    run("clerk2", async (sql) => {
      const sealed = await seal(sql, {
        caseId: at.caseId,
        person: await personOf(at.caseId),
        kind: "relief-package",
        program: "vaccination",
      });
      return sql`select relief.keep_package(${at.caseId}, ${[scan?.id ?? ""]}::uuid[], '{1}', ${sealed}, ${"0".repeat(64)})`;
    }),
  ).rejects.toMatchObject(denied);
  const pdf = await relief.as("clerk2", (work) => readPackage(work, at.caseId), {
    caseId: at.caseId,
  });
  expect((await textOfPages(pdf)).join("").trim()).toBe("");
});

test("請求できる方と委員会の意見は、データベースでも同じである", async () => {
  const benefits = keys(reliefBenefits);
  const sets = [
    ...benefits.map((one) => [one]),
    ["medical-cost", "medical-allowance"] as const,
    ["medical-cost", "funeral"] as const,
  ];
  const rows = keys(harmClasses).flatMap((of) =>
    sets.flatMap((claimed) =>
      keys(claimantRelations).flatMap((relation) =>
        [true, false].map((died) => ({ of, claimed: [...claimed], relation, died })),
      ),
    ),
  );
  const [said] = await city.admin<{ may: boolean[] }[]>`
    select array_agg(coalesce(relief.may_claim(x ->> 'of', array(select jsonb_array_elements_text(x -> 'claimed')), x ->> 'relation',
           (x ->> 'died')::boolean), false) order by n) as may
      from jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) with ordinality j(x, n)`;
  expect(said?.may).toEqual(
    rows.map(
      ({ of, claimed, relation, died }) =>
        claimantFault({ class: of, benefits: claimed, relation, ofAge: undefined, died }) ===
        undefined,
    ),
  );
  for (const [related, unrelated, casting] of [
    [2, 1, null],
    [1, 1, null],
    [1, 1, "unrelated"],
    [1, 1, "undetermined"],
    [0, 0, null],
    [4, 0, null],
    [2, 0, null],
  ] as const) {
    const counts = { related, unrelated, undetermined: 0 };
    for (const quorum of ["half", "over-half"] as const) {
      const [row] = await city.admin<{ opinion: string | null }[]>`
        select review_panels.opinion_of(${Object.keys(counts)}, ${JSON.stringify(counts)}::text::jsonb, 6, 3, ${casting}, ${quorum}) as opinion`;
      const votes = { appointed: 6, attended: 3, counts, casting };
      expect(row?.opinion ?? undefined).toBe(opinionOf(votes, quorum));
    }
  }
});
