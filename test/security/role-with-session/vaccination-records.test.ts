import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { enterAdverse } from "#src/programs/vaccination/mistakes/adverse.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { reliefOf } from "#test/support/relief.ts";
import { pcv, recordsOf } from "#test/support/vaccination-records.ts";
import { denied, staffSql } from "./support.ts";

// 接種記録と間違い接種を、画面を通らずSQLで直に書こうとする。

const city = await openTestPlatform();
const as = staffSql(city);
const { child, one } = recordsOf(city);
const relief = reliefOf(city);
const refused = { code: "22023" };

const slip = (given: object) =>
  JSON.stringify([
    {
      channel: "slip",
      outcome: "given",
      vaccine: "pcv",
      dose: 1,
      given_on: "2026-07-10",
      doubts: [],
      ...given,
    },
  ]);
const take = (who: TestStaff, told: string) =>
  as(who, (sql) => sql`select vaccination.take_slips(${told}::text::jsonb)`);

test("ほかの区の人の待っている予診票を、自分の区の人の記録にできない", async () => {
  const [theirs, ours] = [await child(), await child({ officeCode: "431028" } as never)];
  const { slipId } = await one(pcv({ personNumber: theirs, givenOn: "2026-11-21" }));
  const settled = (person: string) =>
    slip({ id: slipId, seen: 1, state: "recorded", person_number: person, shot_id: randomUUID() });
  await expect(take("east1", settled(ours))).rejects.toMatchObject(denied);
  await expect(take("east1", settled(theirs))).rejects.toMatchObject(denied);
  await take("clerk1", settled(theirs));
});

test("ほかのワクチンの記録に、同じ日だからといって第二の経路を付けられない", async () => {
  const person = await child();
  const { shotId } = await one(pcv({ personNumber: person }));
  await expect(
    take(
      "clerk1",
      slip({
        id: randomUUID(),
        state: "second-channel",
        person_number: person,
        vaccine: "hib",
        lot: "X1",
        shot_id: shotId,
      }),
    ),
  ).rejects.toMatchObject({ code: "MD014" });
});

test("接種の証明は、採番した番号でしか、同じ番号では一度しか発行できない", async () => {
  const person = await child();
  const { shotId = "" } = await one(pcv({ personNumber: person }));
  const issue = (number: (taken: number) => string) =>
    as("clerk1", async (sql) => {
      const sealed = randomUUID();
      await sql`select vault.put_sealed(array[${sealed}]::uuid[], ${[person]}::text[], 'vaccination', 'record-paper', null, array['\\x00'::bytea])`;
      const [row] = await city.admin<{ taken: number }[]>`
        select cases.take_number('vaccination.document', 2026) as taken`;
      await sql`select vaccination.issue_paper(${randomUUID()}, 'record', ${person}, ${[shotId]}::uuid[], 'vaccination/certificate v1', ${sealed},
        ${number(row?.taken ?? 0)})`;
    });
  const said = (n: number) => `例健予第R8-${String(n).padStart(6, "0")}号`;
  let first = 0;
  await issue((n) => {
    first = n;
    return said(n);
  });
  for (const number of [() => said(first), () => said(999_999), () => "第1号", () => ""])
    await expect(issue(number)).rejects.toMatchObject(refused);
});

test("間違い接種と副反応疑い報告を、ほかの人の救済の事案や、事案でないものに結び付けられない", async () => {
  const person = await child();
  const own = randomUUID();
  await as(
    "clerk1",
    (sql) =>
      sql`select mistakes.open_incident(${own}, ${person}, null, 'person', '2026-11-20', 'pcv', 1, '2026-07-10', null, null)`,
  );
  const { caseId } = await relief.recognised();
  for (const [claim, harm] of [
    [caseId, null],
    [null, caseId],
    [null, randomUUID()],
  ])
    await expect(
      as(
        "clerk1",
        (sql) =>
          sql`select mistakes.judge(${own}, 1, 4, 'yearly', 'none', null, 'undecided', null, ${claim ?? null}, ${harm ?? null})`,
      ),
    ).rejects.toMatchObject(refused);
  await expect(
    as("clerk1", async (sql) => {
      const words = randomUUID();
      await sql`select vault.put_sealed(array[${words}]::uuid[], ${[person]}::text[], 'vaccination', 'mistake-words', null, array['\\x00'::bytea])`;
      await sql`select mistakes.enter_adverse(${randomUUID()}, null, 'A-1', '2026-11-20', ${person}, null, 'pcv', 1, null, '2026-07-10', '2026-07-11', ${words}, null, ${caseId})`;
    }),
  ).rejects.toMatchObject(refused);
});

test("救済の請求や払戻しの支払が掛かる記録は、一人では取り消せない", async () => {
  const person = await child();
  const { shotId = "" } = await one(pcv({ personNumber: person }));
  const { caseId } = await relief.entered(
    { shotOn: "2026-07-10", vaccine: "pcv", claimantNumber: person, relation: "self", shotId },
    person,
  );
  expect(caseId).not.toBe("");
  const [asked] = await as(
    "clerk1",
    (sql) =>
      sql<
        { state: string }[]
      >`select state from vaccination.propose_revision(${shotId}, 1, 'cancel', null, 'other-person')`,
  );
  expect(asked?.state).toBe("waiting");
});

test("ほかの人の救済の事案のアドレスを貼ると、その項目に誤りが出る", async () => {
  const person = await child();
  const { caseId } = await relief.opened(await child());
  await expect(
    runWork(
      city.platform,
      await city.actor("clerk1"),
      { purpose: "case", program: "vaccination" },
      (work) =>
        enterAdverse(work, {
          number: "A-2",
          receivedOn: "2026-11-20",
          personNumber: person,
          vaccine: "pcv",
          givenOn: "2026-07-10",
          symptomOn: "2026-07-11",
          symptom: "発熱",
          reliefCaseId: caseId,
        } as never),
    ),
  ).rejects.toMatchObject({ field: "relief" });
});
