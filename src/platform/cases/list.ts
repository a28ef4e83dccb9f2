import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Tone } from "#workflows/flows/definition.ts";
import type { Work } from "../work.ts";

/** How many lines a page of a list shows. */
export const linesPerPage = 50;

/** A line of a list of cases; holds no personal data. */
export interface CaseLine {
  id: string;
  number: string;
  program: string;
  kind: string;
  state: string;
  stateTitle: string;
  tone: Tone;
  officeCode: string;
  receivedOn: IsoDate;
  stateSince: Date;
  /** The nearest day that is watched. */
  dueOn: IsoDate | null;
}

export interface CaseQuery {
  program: string;
  kinds?: readonly string[] | undefined;
  /** States by name; `open` for all that count as under way; all where it is left out. */
  states?: readonly string[] | "open" | undefined;
  officeCode?: string | undefined;
  /** From 1. */
  page?: number | undefined;
}

/**
 * A page of the cases of a 事務 that this person may see, the oldest first by 受付日, and how many there are in all.
 * Filtered by right, counted and cut by the database.
 */
export async function listCases(
  work: Work,
  query: CaseQuery,
): Promise<{ total: number; lines: CaseLine[] }> {
  const page = Math.max(1, query.page ?? 1);
  const states = Array.isArray(query.states) ? query.states : null;
  const rows = await work.sql<(CaseLineRow & { total: number })[]>`
    select ${columns(work)}, count(*) over ()::integer as total
      from cases.case c
      join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
     where c.program = ${query.program}
       and (${query.kinds ?? null}::text[] is null or c.kind = any(${query.kinds ?? null}::text[]))
       and (${states}::text[] is null or c.state = any(${states}::text[]))
       and (${query.states !== "open"} or s.open)
       and (${query.officeCode ?? null}::text is null or c.office_code = ${query.officeCode ?? null})
     order by c.received_on, c.number limit ${linesPerPage} offset ${(page - 1) * linesPerPage}`;
  return { total: rows[0]?.total ?? 0, lines: rows.map(lineOf) };
}

/** How many cases of a 事務 stand in each state, of those that this person may see. */
export async function countByState(
  work: Work,
  { program, officeCode }: { program: string; officeCode?: string | undefined },
): Promise<{ kind: string; state: string; title: string; open: boolean; count: number }[]> {
  return work.sql`
    select c.kind, c.state, s.title, s.open, count(*)::integer as count
      from cases.case c
      join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
     where c.program = ${program} and (${officeCode ?? null}::text is null or c.office_code = ${officeCode ?? null})
     group by c.kind, c.state, s.title, s.open, s.position order by c.kind, s.position`;
}

/** The columns of a {@link CaseLine} of `cases.case c` joined with its `cases.machine_state s`. */
export const columns = ({ sql }: Work) => sql`
  c.id, c.number, c.program, c.kind, c.state, s.title as state_title, s.tone, c.office_code, c.received_on, c.state_since,
  (select min(d.due_on) from cases.deadline d where d.case_id = c.id and d.closed_at is null) as due_on`;

export interface CaseLineRow {
  id: string;
  number: string;
  program: string;
  kind: string;
  state: string;
  state_title: string;
  tone: Tone;
  office_code: string;
  received_on: IsoDate;
  state_since: Date | string;
  due_on: IsoDate | null;
}

export const lineOf = (row: CaseLineRow): CaseLine => ({
  id: row.id,
  number: row.number,
  program: row.program,
  kind: row.kind,
  state: row.state,
  stateTitle: row.state_title,
  tone: row.tone,
  officeCode: row.office_code,
  receivedOn: row.received_on,
  stateSince: new Date(row.state_since),
  dueOn: row.due_on,
});
