import { eq } from "drizzle-orm";
import { parameter } from "#db/schema/city.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { type CopySetting, copySetting } from "#workflows/vaccination/exchange/setting.ts";

/** A row of the parameter as the program reads it. @throws Problem 503 where this version cannot */
function asSetting(value: unknown): CopySetting {
  const read = copySetting.schema.safeParse(value);
  if (!read.success)
    throw new Problem({
      status: 503,
      message: "登録されている副本登録の設定を、この版のプログラムで読めません。",
    });
  return read.data;
}

/** How 副本 are registered today; `undefined` while it is switched off. */
export async function copySettingToday(
  work: Work,
): Promise<{ id: number; setting: CopySetting } | undefined> {
  const [row] = await work.sql<{ id: number | null; value: unknown }[]>`
    select id, value from exchange.copy_setting()`;
  return row?.id ? { id: row.id, setting: asSetting(row.value) } : undefined;
}

/** The setting by which a run was begun. */
export async function copySettingOf(work: Work, id: number): Promise<CopySetting> {
  const [row] = await work.tx
    .select({ value: parameter.value })
    .from(parameter)
    .where(eq(parameter.id, id));
  if (!row) throw new Error("a run has a setting");
  return asSetting(row.value);
}
