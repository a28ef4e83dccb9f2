import { writeRecords } from "#src/platform/people/feed-records.ts";
import type { TaxFacts } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import type { TestPlatform } from "./database.ts";

/** What the tax office determined of somebody; a little business income unless told otherwise. */
export const taxFacts = (given: Partial<TaxFacts> = {}): TaxFacts => ({
  incomeYear: 2025,
  determinedOn: "2026-06-10",
  assessment: "taxed",
  total: 1_000_000,
  income: { salary: 0, pension: 0, business: 1_000_000, other: 0, deductions: {} },
  dependants: { spouse: "none", under16: 1, general: 0, aged16To18: 0, specific: 0, elderly: 0 },
  incomeLevy: 10_000,
  ...given,
});

/** Lets a file of the tax office tell of people who are needed, as if another person had approved it. */
export async function tellTaxes(
  test: TestPlatform,
  told: readonly { personNumber: string; facts: TaxFacts }[],
): Promise<void> {
  const [file] = await test.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    return sql<{ id: string }[]>`
      insert into feeds.import (kind, layout, file_name, file_date, extent, sequence, state, prepared_by, committed_by)
      select 'tax', 'x', 'x', '2026-11-20', 'diff', 1 + (select count(*) from feeds.import), 'committing', min(id), min(id) + 1
        from access.staff returning id`;
  });
  await runWork(test.platform, await test.system(), { purpose: "feed" }, async (work) => {
    const rows = await work.sql<{ holder: string; wrapped_key: Buffer }[]>`
      select * from vault.keys_of(${told.map(({ personNumber }) => personNumber)}::text[])`;
    const keys = new Map(rows.map((row) => [row.holder, row.wrapped_key]));
    const records = told.map(({ personNumber, facts }) => {
      const wrapped = keys.get(personNumber);
      if (!wrapped) throw new Error("not somebody of the register");
      return {
        personNumber,
        subject: String(facts.incomeYear),
        toldOn: facts.determinedOn,
        content: facts,
        key: test.platform.keys.unwrap(wrapped),
      };
    });
    await writeRecords(work, "tax", file?.id ?? "", records);
  });
}
