import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Work } from "../work.ts";
import { type Done, doneWith } from "./list-done.ts";

/** By what a list of cases is narrowed: codes, dates and ids of staff, never anything of a person. */
export interface CaseFilter {
  program: string;
  kinds?: readonly string[] | undefined;
  officeCode?: string | undefined;
  /** 担当: a member of staff by id, or nobody yet. */
  assignedTo?: number | "nobody" | undefined;
  /** First and last 受付日. */
  receivedFrom?: IsoDate | undefined;
  receivedTo?: IsoDate | undefined;
  /** First and last day of the nearest deadline; a case without one is left out where either is named. */
  dueFrom?: IsoDate | undefined;
  dueTo?: IsoDate | undefined;
  /** What was done with them, and between which days. */
  done?: Done | undefined;
  doneFrom?: IsoDate | undefined;
  doneTo?: IsoDate | undefined;
}

/** The nearest day that is watched of `cases.case c`. */
export const nearestDeadline = ({ sql }: Work) =>
  sql`(select min(d.due_on) from cases.deadline d where d.case_id = c.id and d.closed_at is null)`;

/** The condition on `cases.case c`. */
export function filtered(work: Work, filter: CaseFilter) {
  const { sql } = work;
  const { kinds, officeCode, assignedTo, receivedFrom, receivedTo, dueFrom, dueTo } = filter;
  const holder =
    assignedTo === undefined
      ? sql``
      : assignedTo === "nobody"
        ? sql`and c.assigned_to is null`
        : sql`and c.assigned_to = ${assignedTo}`;
  return sql`c.program = ${filter.program}
    ${kinds ? sql`and c.kind = any(${kinds}::text[])` : sql``}
    ${officeCode ? sql`and c.office_code = ${officeCode}` : sql``}
    ${holder}
    ${receivedFrom ? sql`and c.received_on >= ${receivedFrom}` : sql``}
    ${receivedTo ? sql`and c.received_on <= ${receivedTo}` : sql``}
    ${dueFrom ? sql`and ${nearestDeadline(work)} >= ${dueFrom}` : sql``}
    ${dueTo ? sql`and ${nearestDeadline(work)} <= ${dueTo}` : sql``}
    ${filter.done ? sql`and ${doneWith(work, filter.done, filter)}` : sql``}`;
}

/** What a list can be put in order by. */
export const sortings = ["received", "number", "since", "due", "assigned"] as const;
export type Sorting = (typeof sortings)[number];

/** The order of a list; the number of the case decides between equals, so that no page shows one twice. */
export function ordered(work: Work, sort: Sorting = "received", descending = false) {
  const { sql } = work;
  const way = descending ? sql`desc` : sql`asc`;
  const by = {
    received: sql`c.received_on ${way}`,
    number: sql`c.number ${way}`,
    since: sql`c.state_since ${way}`,
    due: sql`due_on ${way} nulls last`,
    assigned: sql`assigned_name ${way} nulls last`,
  }[sort];
  return sql`${by}, c.number ${sort === "received" ? way : sql`asc`}`;
}
