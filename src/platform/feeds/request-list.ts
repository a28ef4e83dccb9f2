import { stringify } from "csv-stringify/sync";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recordAudit } from "../audit/write.ts";
import { type NeededKind, sourceNumbersOf } from "../people/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import type { Extent } from "./layout.ts";

/** How many people a 照会対象者リスト would name. */
export interface RequestCounts {
  kind: NeededKind;
  needed: number;
  /** Needed since the last list, and not needed any more since. */
  added: number;
  ended: number;
}

/** Whom 事務 need of a kind of feed, and what changed since its source was last told. */
export async function requestCounts(work: Work, kind: NeededKind): Promise<RequestCounts> {
  const [row] = await work.sql<Omit<RequestCounts, "kind">[]>`
    with needed as (select distinct person_number from people.needed where kind = ${kind} and ended_on is null),
         told as (select person_number from people.requested where kind = ${kind})
    select (select count(*) from needed)::int as needed,
           (select count(*) from needed where person_number not in (select person_number from told))::int as added,
           (select count(*) from told where person_number not in (select person_number from needed))::int as ended`;
  return { kind, needed: 0, added: 0, ended: 0, ...row };
}

/** A 照会対象者リスト as a file for the office that sends the feed. */
export interface RequestList {
  name: string;
  csv: string;
  /** People named, without those withheld. */
  people: number;
  /** People left for somebody who may see their address (支援措置). */
  withheld: number;
}

/**
 * Takes the list of people whose data are needed, by which the source fills its next file: all (`full`), or who
 * is new and who is not needed any more since the last list (`diff`). What is listed counts as told. Throws a
 * Problem for a full list where somebody's address is withheld from this person: who is not in it would be dropped.
 */
export async function takeRequestList(
  work: Work,
  kind: NeededKind,
  extent: Extent,
): Promise<RequestList> {
  await work.sql`select pg_advisory_xact_lock(hashtext('people.requested'))`;
  const added = await work.sql<Told[]>`
    select person_number as number, min(since)::text as since from people.needed n
     where kind = ${kind} and ended_on is null
       and (${extent === "full"} or not exists (select from people.requested r
              where r.kind = n.kind and r.person_number = n.person_number))
     group by person_number order by person_number`;
  const ended = await work.sql<Told[]>`
    select person_number as number, since::text from people.requested r
     where kind = ${kind} and not exists (select from people.needed n
              where n.kind = r.kind and n.person_number = r.person_number and n.ended_on is null)
     order by person_number`;
  const told = extent === "full" ? added : [...added, ...ended];
  const sources = await sourceNumbersOf(
    work,
    told.map(({ number }) => number),
  );
  const withheld = told.filter(({ number }) => !sources.has(number)).length;
  if (extent === "full" && withheld > 0)
    throw new Problem({
      status: 422,
      message: `支援措置の対象者が${withheld}人います。全件は、住所を見る権限のある職員が取り出してください。`,
    });
  const listed = (rows: readonly Told[]) => rows.filter(({ number }) => sources.has(number));
  const lines = (rows: readonly Told[], mark: "1" | "2") =>
    listed(rows).map(({ number, since }) => [sources.get(number), mark, since.replaceAll("-", "")]);
  const content = [...lines(added, "1"), ...(extent === "full" ? [] : lines(ended, "2"))];
  await noteTold(work, kind, listed(added), extent === "full" ? ended : listed(ended));
  await recordAudit(work, {
    kind: "export",
    action: "need.request-taken",
    persons: listed(told).map(({ number }) => number),
    items: [kind],
    detail: { extent },
  });
  const date = work.platform.clock.today().replaceAll("-", "");
  return {
    name: `${kind}-request-${date}-${extent}.csv`,
    csv: stringify([["住民番号", "区分", "必要となった日"], ...content]),
    people: content.length,
    withheld,
  };
}

/** A person of a list, and since when they are needed or were told of. */
interface Told {
  number: string;
  since: IsoDate;
}

async function noteTold(
  work: Work,
  kind: NeededKind,
  added: readonly Told[],
  ended: readonly Told[],
): Promise<void> {
  await work.sql`delete from people.requested
    where kind = ${kind} and person_number = any(${ended.map(({ number }) => number)}::text[])`;
  await work.sql`insert into people.requested (person_number, kind, since)
    select n, ${kind}, access.business_date() from unnest(${added.map(({ number }) => number)}::text[]) n
    on conflict do nothing`;
}
