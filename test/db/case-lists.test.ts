import { expect, test } from "vitest";
import { countByState, countWork, listCases, listWork } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";

const city = await openTestPlatform();
const { as, family, open, step, toExamination, toApproval, toIssued } = counterOf(city);
const program = "child-medical";

const older = await open("clerk1", await family(), "2026-10-01");
const examined = await toExamination(await family());
const waiting = await toApproval(await family());
const remanded = await step("supervisor1", "remand", await toApproval(await family()), {
  comment: "保険の記号を確かめてください",
});
const issued = await toIssued(await family());
const withdrawn = await step("clerk1", "withdraw", await toExamination(await family()));
await open("clerk3", await family({ officeCode: "431028" }));

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const list = (who: TestStaff, query: Partial<Parameters<typeof listCases>[1]> = {}) =>
  as(who, (work) => listCases(work, { program, ...query }));

test("一覧は、見える申請だけを、受付日の古い順に、総数とともに示す", async () => {
  const all = await list("clerk1");
  expect(all.total).toBe(7);
  expect(all.lines[0]?.id).toBe(older.id);
  expect(all.lines.map(({ receivedOn }) => receivedOn)).toEqual(
    all.lines.map(({ receivedOn }) => receivedOn).toSorted(),
  );
  expect(await list("clerk1", { page: 2 })).toEqual({ total: 0, lines: [] });
  expect((await list("east1")).total).toBe(1);
  expect((await list("auditor1")).total).toBe(0);
  expect((await list("clerk1", { officeCode: "431028" })).total).toBe(1);
});

test("手続き中の申請と、段階を選んだ申請だけの一覧もある", async () => {
  const underWay = await list("clerk1", { states: "open" });
  expect(underWay.total).toBe(5);
  expect(ids(underWay.lines)).not.toContain(issued.caseId);
  expect(ids(underWay.lines)).not.toContain(withdrawn.caseId);
  expect((await list("east1", { states: "open" })).total).toBe(1);
  const chosen = await list("clerk1", { states: ["issued", "withdrawn"] });
  expect(ids(chosen.lines).toSorted()).toEqual([issued.caseId, withdrawn.caseId].toSorted());
  expect((await list("clerk1", { kinds: ["child-medical/change"] })).total).toBe(0);
});

test("段階ごとの数は、一覧と合う", async () => {
  const counts = await as("clerk1", (work) => countByState(work, { program }));
  expect(counts.map(({ state, count }) => [state, count])).toEqual([
    ["received", 2],
    ["examination", 2],
    ["approval", 1],
    ["issued", 1],
    ["withdrawn", 1],
  ]);
  const east = await as("east1", (work) => countByState(work, { program }));
  expect(east.map(({ state, count }) => [state, count])).toEqual([["received", 1]]);
});

test("自分の業務には、今できること、戻ってきたもの、回したものが、数の合う一覧で並ぶ", async () => {
  const own = (who: TestStaff) =>
    as(who, async (work: Work) => {
      const lists: Record<string, string[]> = {};
      for (const name of ["waiting", "returned", "sent"] as const) {
        const rows = await listWork(work, { list: name });
        lists[name] = ids(rows).toSorted();
        const counted = (await countWork(work)).filter((row) => row.list === name);
        expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      }
      return lists;
    });
  // What one entered one does not confirm; what one prepared or entered one does not decide.
  expect((await own("clerk1")).waiting).not.toContain(examined.caseId);
  expect((await own("clerk1")).sent).toContain(examined.caseId);
  const clerk2 = await own("clerk2");
  expect(clerk2.waiting).toContain(examined.caseId);
  expect(clerk2.returned).toEqual([remanded.caseId]);
  expect(clerk2.sent).toEqual([waiting.caseId]);
  expect((await own("supervisor1")).waiting).toContain(waiting.caseId);
  expect((await own("east1")).waiting).toHaveLength(1);
  const [back] = await as("clerk2", (work) => listWork(work, { list: "returned" }));
  expect(back?.comment).toBe("保険の記号を確かめてください");
});
