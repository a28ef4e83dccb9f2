import { and, desc, eq, lte } from "drizzle-orm";
import { preset } from "#db/schema/city.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { DatedRow } from "#workflows/parameters/dated.ts";
import { replacedBy } from "#workflows/parameters/follow.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { approvedRows } from "../parameters/rows.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { notRegistered } from "./city.ts";

/**
 * The preset that the city follows in a matter on a day, with what the city has set on the screen in its place.
 *
 * @throws Problem 503 where none is registered for the day, or one that this version of the program does not have
 */
export async function presetOf<T>(
  work: Work,
  { id, title, presets, settable = [] }: PresetArea<T>,
  on: IsoDate,
): Promise<T> {
  const [row] = await work.tx
    .select()
    .from(preset)
    .where(and(eq(preset.area, id), lte(preset.validFrom, on)))
    .orderBy(desc(preset.validFrom), desc(preset.id))
    .limit(1);
  const ended = row?.validTo != null && row.validTo < on;
  const name = ended ? undefined : row?.preset;
  if (name !== undefined && Object.hasOwn(presets, name)) {
    const set = await approvedRows(
      work,
      settable.map(({ parameter }) => parameter),
    );
    return settable.reduce((preset, { parameter, rowsOf, withRows }) => {
      const rows = (set.get(parameter.key) ?? []) as DatedRow<never>[];
      if (rows.length === 0) return preset;
      return withRows(preset, replacedBy<never>(rowsOf(preset) as never, parameter.title, rows));
    }, presets[name] as T);
  }
  throw notRegistered(`${formatWareki(on)}の「${title}」の市の定めが登録されていません。`, [
    `サーバーの管理者に、コマンド city register での登録を依頼してください（presets の area は ${id}）。`,
    ...(name === undefined ? [] : [`登録されている「${name}」は、このプログラムにありません。`]),
  ]);
}

/** The same; nothing where none is registered for the day. */
export async function findPreset<T>(
  work: Work,
  area: PresetArea<T>,
  on: IsoDate,
): Promise<T | undefined> {
  try {
    return await presetOf(work, area, on);
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return undefined;
    throw error;
  }
}
