import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Tone } from "#workflows/flows/definition.ts";
import type { Work } from "../work.ts";
import {
  type CaseFilter,
  filtered,
  nearestDeadline,
  ordered,
  type Sorting,
} from "./list-filter.ts";

/** How many lines a page of a list shows. */
export const linesPerPage = 50;

/** A line of a list of cases. Who the person is has to be looked at, which is logged. */
export interface CaseLine {
  id: string;
  number: string;
  program: string;
  kind: string;
  state: string;
  stateTitle: string;
  tone: Tone;
  /** Whom the case is about. */
  personNumber: string;
  officeCode: string;
  /** 担当. */
  assigned: { staffId: number; name: string } | null;
  receivedOn: IsoDate;
  stateSince: Date;
  /** The nearest day that is watched. */
  dueOn: IsoDate | null;
}

export interface CaseQuery extends CaseFilter {
  /** States by name; `open` for all that count as under way; all where it is left out. */
  states?: readonly string[] | "open" | undefined;
  sort?: Sorting | undefined;
  descending?: boolean | undefined;
  /** From 1. */
  page?: number | undefined;
  /** Lines a page; {@link linesPerPage} where it is left out. */
  size?: number | undefined;
}

/**
 * A page of the cases of a 事務 that this person may see, the oldest first by 受付日 unless told otherwise, and how many
 * there are in all. Filtered by right, counted and cut by the database.
 */
export async function listCases(
  work: Work,
  query: CaseQuery,
): Promise<{ total: number; lines: CaseLine[] }> {
  const { size = linesPerPage } = query;
  const page = Math.max(1, query.page ?? 1);
  const states = Array.isArray(query.states) ? query.states : null;
  const open = query.states === "open";
  const found = work.sql`
      from ${
        open
          ? standing(work)
          : work.sql`cases.case c
      join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state`
      }
     where ${filtered(work, query)}
       and (${states}::text[] is null or c.state = any(${states}::text[]))
       and (${!open} or s.open)`;
  // Counted apart: the page comes in the order of an index, which ends after its last line.
  const rows = await work.sql<(CaseLineRow & { total: number })[]>`
    select ${columns(work)}, (select count(*)::integer ${found}) as total ${found}
     order by ${ordered(work, query.sort, query.descending)} limit ${size} offset ${(page - 1) * size}`;
  return { total: rows[0]?.total ?? 0, lines: rows.map(lineOf) };
}

/** How many cases of a 事務 stand in each state, of those that this person may see. */
export async function countByState(
  work: Work,
  filter: CaseFilter,
): Promise<{ kind: string; state: string; title: string; open: boolean; count: number }[]> {
  return work.sql`
    select s.kind, s.state, s.title, s.open, sum(c.count)::integer as count
      from (select kind, machine_version, state, count(*) from cases.case c
             where ${filtered(work, filter)}
             group by kind, machine_version, state) c
      join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
     group by s.kind, s.state, s.title, s.open, s.position order by s.kind, s.position`;
}

/** How many cases of a kind that are under way stand in each state, of those that this person may see, in the order of the machine. */
export const countOpenByState = (
  work: Work,
  kind: string,
): Promise<{ state: string; title: string; count: number }[]> =>
  work.sql`
    select s.state, s.title, count(*)::integer as count from ${standing(work)}
     where s.kind = ${kind} and s.open group by s.state, s.title, s.position order by s.position`;

/**
 * States `s` with the cases `c` that stand in them, for a few states out of many: `offset 0` has each state looked up by
 * index, where the planner takes every state for as full as the finished ones and would read all cases.
 */
export const standing = ({ sql }: Work) => sql`cases.machine_state s cross join lateral (
  select * from cases.case where kind = s.kind and machine_version = s.version and state = s.state offset 0) c`;

/** The columns of a {@link CaseLine} of `cases.case c` joined with its `cases.machine_state s`. */
export const columns = (work: Work) => work.sql`
  c.id, c.number, c.program, c.kind, c.state, s.title as state_title, s.tone, c.person_number, c.office_code, c.received_on,
  c.state_since, c.assigned_to, (select p.display_name from access.staff p where p.id = c.assigned_to) as assigned_name,
  ${nearestDeadline(work)} as due_on`;

export interface CaseLineRow {
  id: string;
  number: string;
  program: string;
  kind: string;
  state: string;
  state_title: string;
  tone: Tone;
  person_number: string;
  office_code: string;
  assigned_to: number | null;
  assigned_name: string | null;
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
  personNumber: row.person_number,
  officeCode: row.office_code,
  assigned:
    row.assigned_to === null
      ? null
      : { staffId: row.assigned_to, name: row.assigned_name ?? `${row.assigned_to}` },
  receivedOn: row.received_on,
  stateSince: new Date(row.state_since),
  dueOn: row.due_on,
});
