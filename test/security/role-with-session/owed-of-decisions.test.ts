import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { moveCase, seal } from "#test/support/case-sql.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { reliefOf } from "#test/support/relief.ts";
import { lettersOf } from "#test/support/request-letters.ts";
import { denied, staffSql } from "./support.ts";

// 決裁者が、支払を決める決裁でない決裁のついでに、ひとりで支払うものを作ろうとする。

const city = await openTestPlatform();
const as = staffSql(city);
const letters = lettersOf(city);
const relief = reliefOf(city);

beforeAll(() => letters.setUp());

const owe = (caseId: string, person: string, kind: string) =>
  `select payments.owe('vaccination', '${kind}', '${randomUUID()}', '${caseId}', '${person}', 900000, 'cash')`;

test("依頼書の交付の決裁では、何も支払うことにならない", async () => {
  const { child, father } = await letters.family();
  const at = await letters.proposed(child, { applicantNumber: father as never });
  await expect(
    as("supervisor1", async (sql) => {
      await moveCase(sql, at, "approve", "granted");
      await sql`select request_letters.decide(${at.caseId})`;
      await sql.unsafe(owe(at.caseId, father, "request-refund"));
    }),
  ).rejects.toMatchObject(denied);
});

test("健康被害救済の不支給の決裁では、何も支払うことにならない", async () => {
  const denial = await relief.denied();
  const [row] = await city.admin<{ person: string }[]>`
    select person_number as person from cases.case where id = ${denial.caseId}`;
  const person = row?.person ?? "";
  const revision = await as("clerk2", async (sql) => {
    const comment = await seal(sql, {
      caseId: denial.caseId,
      person,
      kind: "comment",
      program: "vaccination",
    });
    return moveCase(sql, denial, "proposeRefusal", "approval", { comment });
  });
  await expect(
    as("supervisor1", async (sql) => {
      await moveCase(sql, { caseId: denial.caseId, revision }, "approve", "refused");
      await sql.unsafe(owe(denial.caseId, person, "relief"));
    }),
  ).rejects.toMatchObject(denied);
});
