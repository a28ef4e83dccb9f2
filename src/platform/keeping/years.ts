import type { Sql } from "postgres";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import { modulesNamed } from "../found-by-folder.ts";

/** 保存期間 in years, of people themselves and of every 事務: what each `workflows/<folder>/keeping.ts` says. */
const keepingPeriods = (
  await modulesNamed<{ keeping: { program: string; years: DatedParameter<number> } }>("keeping")
).map(({ keeping }) => keeping);

/** Writes what this version says of 保存期間 into the database, which counts by it. */
export async function syncKeeping(admin: Sql): Promise<void> {
  const rows = keepingPeriods.flatMap(({ program, years }) =>
    years.rows.map(({ from, value }) => ({ program, valid_from: from, years: value })),
  );
  await admin.begin(async (sql) => {
    await sql`set local role madoguchi_owner`;
    await sql`delete from keeping.keep_years`;
    await sql`insert into keeping.keep_years ${sql(rows)}`;
  });
}
