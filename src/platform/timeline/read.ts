import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { allOf, numbersOf } from "../people/index.ts";
import type { Work } from "../work.ts";
import type { AnyTimelineSource, Statement, TimelineKind, TimelineLine, Told } from "./source.ts";

/** Lines a page. */
export const linesOfTimeline = 50;

export interface Timeline {
  /** Of the kind that was asked for; of all where none was. */
  total: number;
  lines: TimelineLine[];
  /** How many there are of each kind, in the order of the sources. */
  kinds: (TimelineKind & { count: number })[];
}

/** The sources of a 事務 (none for those of all), which are asked together. */
export interface SourcesOf {
  program?: string | undefined;
  sources: readonly AnyTimelineSource[];
}

interface Row {
  source: number;
  on: IsoDate;
  at: string | null;
  staff: string | null;
  detail: unknown;
}

/** A page of the past of a person, the newest first, as this session may see it; found, counted and cut by the database. */
export async function readTimeline(
  work: Work,
  personNumber: string,
  asked: { of: readonly SourcesOf[]; kind?: string | undefined; page: number; size?: number },
): Promise<Timeline> {
  const { of, kind, page, size = linesOfTimeline } = asked;
  // What happened under any of the person's numbers.
  const numbers = allOf(await numbersOf(work, [personNumber]), personNumber);
  const all = of.flatMap(({ program, sources }) =>
    sources.flatMap((source) => numbers.map((number) => ({ program, source, number }))),
  );
  const { sql } = work;
  const none = sql`select null::integer, null::date, null::timestamptz, null::integer, null::jsonb where false`;
  const found = all.reduce<Statement>(
    (before, { source, number }, n) =>
      sql`${before} union all select ${n}::integer, x.* from (${source.rows(work, number)}) x`,
    none,
  );
  const wanted = all.flatMap(({ source }, n) => (!kind || source.kind.id === kind ? [n] : []));
  const [read] = await sql<{ counts: Record<string, number>; rows: Row[] }[]>`
    with found (source, on_day, at, staff_id, detail) as materialized (${found}),
    page as (
      select * from found where source = any(${wanted}::integer[])
       order by on_day desc, at desc nulls last, source, detail::text limit ${size} offset ${(page - 1) * size})
    select (select coalesce(jsonb_object_agg(n.source, n.count), '{}')
              from (select f.source, count(*) from found f group by f.source) n) as counts,
           (select coalesce(jsonb_agg(jsonb_build_object('source', p.source, 'on', p.on_day, 'at', p.at, 'staff', s.display_name,
                              'detail', p.detail) order by p.on_day desc, p.at desc nulls last, p.source, p.detail::text), '[]')
              from page p left join access.staff s on s.id = p.staff_id) as rows`;
  if (!read) throw new Error("no answer");
  const told = new Map<number, Told[]>();
  for (const [n, rows] of Map.groupBy(read.rows, ({ source }) => source)) {
    const details = rows.map(({ detail }) => detail);
    told.set(n, (await all[n]?.source.tell(work, details, all[n].number)) ?? []);
  }
  const kinds = new Map<string, TimelineKind & { count: number }>();
  for (const [n, { source }] of all.entries()) {
    const { id, title } = source.kind;
    const count = (kinds.get(id)?.count ?? 0) + (read.counts[n] ?? 0);
    kinds.set(id, { id, title, count });
  }
  const counts = [...kinds.values()].filter(({ id }) => !kind || id === kind);
  return {
    total: counts.reduce((sum, { count }) => sum + count, 0),
    kinds: [...kinds.values()],
    lines: read.rows.flatMap(({ source, on, at, staff }) => {
      const one = all[source];
      const words = told.get(source)?.shift();
      if (!one || !words) return [];
      const { program } = one;
      return [
        {
          ...(program ? { program } : {}),
          ...words,
          on,
          at: at === null ? null : new Date(at),
          kind: one.source.kind,
          staffName: staff,
        },
      ];
    }),
  };
}
