import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import type { SeenCase } from "#test/support/case-sql.ts";
import { cityWithCases, noSuchStep } from "./case-support.ts";
import { denied } from "./support.ts";

const { as, counter, comment } = await cityWithCases();
const { family, open, step, toExamination, toApproval } = counter;

const correct = (
  sql: TransactionSql,
  { caseId, revision }: SeenCase,
  given: { what?: string; day: string; comment: string | null },
) => {
  const { what = "correct-received" } = given;
  return sql`select cases.correct(${caseId}, ${revision}, ${what}, ${given.day}, ${randomUUID()}, ${given.comment})`;
};

test("日付の訂正は、理由と権限がなければ、出生前・先の日付には、起案の後にはできない", async () => {
  const at = { caseId: (await open("clerk1", await family())).id, revision: 1 };
  const by = (who: Parameters<typeof as>[0], day: string, seen = at, what?: string) =>
    as(who, async (sql) =>
      correct(sql, seen, {
        day,
        comment: await comment(sql, seen),
        ...(what ? { what } : {}),
      }),
    );
  const wrongDay = { code: "MD017" };
  await expect(by("clerk1", "2026-05-09")).rejects.toMatchObject(wrongDay);
  await expect(by("clerk1", "2026-11-21")).rejects.toMatchObject(wrongDay);
  await expect(by("clerk1", "2026-11-20")).rejects.toMatchObject(wrongDay);
  await expect(by("clerk1", "2026-11-18", { ...at, revision: 7 })).rejects.toMatchObject({
    code: "MD014",
  });
  await expect(by("clerk1", "2026-12-04", at, "correct-limit")).rejects.toMatchObject(noSuchStep);
  await expect(by("clerk1", "2026-11-18", at, "anything")).rejects.toMatchObject(noSuchStep);
  await expect(
    as("clerk1", (sql) => correct(sql, at, { day: "2026-11-18", comment: null })),
  ).rejects.toMatchObject({ code: "MD016" });
  for (const who of ["auditor1", "nobody", "east1", "operator1"] as const)
    await expect(
      as(who, (sql) => correct(sql, at, { day: "2026-11-18", comment: null })),
      who,
    ).rejects.toMatchObject(denied);

  const proposed = await toApproval(await family());
  await expect(by("clerk1", "2026-11-18", proposed)).rejects.toMatchObject(noSuchStep);
});

test("補正期限は、期限の上限より先には、決めることも訂正することもできない", async () => {
  let at: SeenCase = await toExamination(await family());
  at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "missing" } });
  const held = at;
  await expect(
    as(
      "clerk2",
      async (sql) =>
        sql`select cases.move(${held.caseId}, ${held.revision}, 'hold', 'held', ${randomUUID()}, ${await comment(sql, held)}, '2027-01-20')`,
    ),
  ).rejects.toMatchObject({ code: "MD017" });
  at = await step("clerk2", "hold", at, { until: "2026-12-04" });
  await expect(
    as("clerk1", async (sql) =>
      correct(sql, at, {
        what: "correct-limit",
        day: "2027-01-20",
        comment: await comment(sql, at),
      }),
    ),
  ).rejects.toMatchObject({ code: "MD017" });
});
