import { and, eq, inArray } from "drizzle-orm";
import { parameter } from "#db/schema/city.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  type DatedParameter,
  type DatedRow,
  MissingParameterError,
  rowOn,
} from "#workflows/parameters/dated.ts";
import { following } from "#workflows/parameters/follow.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";

/** Approved rows of city parameters by key, as a rule takes them. A row that the schema no longer takes is an error. */
export async function approvedRows(
  work: Work,
  wanted: readonly CityParameter[],
): Promise<ReadonlyMap<string, DatedRow<unknown>[]>> {
  if (wanted.length === 0) return new Map();
  const found = await work.tx
    .select()
    .from(parameter)
    .where(
      and(
        eq(parameter.decision, "approved"),
        inArray(
          parameter.key,
          wanted.map(({ key }) => key),
        ),
      ),
    )
    .orderBy(parameter.validFrom);
  return new Map(
    wanted.map((one) => [
      one.key,
      following(found.filter(({ key }) => key === one.key).map((row) => rowOf(one, row))),
    ]),
  );
}

/** A row of the table as a dated row. */
export function rowOf(
  { schema, title }: CityParameter,
  row: Pick<
    typeof parameter.$inferSelect,
    "value" | "validFrom" | "validTo" | "source" | "certainty"
  >,
): DatedRow<unknown> {
  const read = schema.safeParse(row.value);
  if (!read.success)
    throw new Problem({
      status: 503,
      message: `登録されている「${title}」（${row.validFrom}から）を、この版のプログラムで読めません。`,
    });
  return {
    from: row.validFrom as IsoDate,
    ...(row.validTo === null ? {} : { to: row.validTo as IsoDate }),
    value: read.data,
    source: row.source,
    certainty: row.certainty,
  };
}

/** A city parameter as a rule takes it: name and approved rows, like those of the state. */
export async function cityParameterRows<T>(
  work: Work,
  one: CityParameter<T>,
): Promise<DatedParameter<T>> {
  const rows = await approvedRows(work, [one as CityParameter]);
  return { name: one.title, rows: (rows.get(one.key) ?? []) as DatedRow<T>[] };
}

/**
 * The value of a city parameter on a day.
 *
 * @throws Problem 503 that names it where two people have not set it for that day
 */
export async function cityParameterOn<T>(
  work: Work,
  one: CityParameter<T>,
  on: IsoDate,
): Promise<DatedRow<T>> {
  try {
    return rowOn(await cityParameterRows(work, one), on);
  } catch (error) {
    if (!(error instanceof MissingParameterError)) throw error;
    throw new Problem({
      status: 503,
      message: `${formatWareki(on)}の「${one.title}」が登録されていません。`,
      details: ["制度担当者が「制度の数値」で起案し、決裁者が承認してください。"],
    });
  }
}
