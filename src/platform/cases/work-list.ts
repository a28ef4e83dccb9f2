import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { getSealed } from "../vault/sealed-records.ts";
import type { Work } from "../work.ts";
import { type CaseLine, type CaseLineRow, columns, lineOf, standing } from "./list.ts";
import { type CaseFilter, filtered, ordered, type Sorting } from "./list-filter.ts";

/**
 * `waiting`: this person can act on it now, and it is their own work. `support`: they could, standing in for others.
 * `returned`: their proposal came back. `sent`: they took part, and it waits for others.
 */
export const workLists = ["waiting", "support", "returned", "sent"] as const;
export type WorkListName = (typeof workLists)[number];

/** A case on the work list of a person. */
export interface CaseWorkItem extends CaseLine {
  /** What is to be done, such as 審査待ち. */
  waitsTitle: string;
  /** The comment with which a proposal came back. */
  comment?: string;
}

/** How much of one sort waits. */
export interface WorkCount {
  list: WorkListName;
  waitsTitle: string;
  count: number;
  /** Of these in this person's hands (担当), and in nobody's. */
  mine: number;
  nobodys: number;
  overdue: number;
  /** Since when the one waits that has waited longest: the 経過 of its line. */
  oldest: IsoDate;
  /** The nearest day that is watched. */
  nearest: IsoDate | null;
}

/**
 * Every open case of every 事務 whose work list this person may read, as they have to do with it: rows `own`. In `waiting` and
 * `support` stands only what they can do now: not what they may not confirm because they entered it, nor decide because they
 * prepared or entered it. What is 担当 of theirs is their own work, whatever the duty.
 *
 * @param only a condition on states `s` and cases `c`, so that no more are gone through than are asked for
 */
export const ownWork = (work: Work, only = work.sql`true`) => work.sql`
  with held as materialized (select h."right", h.program, h.office from access.held_rights() h),
  own_right as materialized (select h."right", h.program, h.office from access.own_rights() h),
  own as materialized (
    select ${columns(work)}, s.waits_title, s.waits_right, case when a.decision is null then a.subject end as proposed,
           case
             when a.decision = 'remanded' and a.prepared_by = ${work.actor.staffId} and s.waits_right = 'case.examine' then 'returned'
             when exists (select from held h where h."right" = s.waits_right and (h.program is null or h.program = c.program)
                                                and (h.office is null or h.office = c.office_code))
              and not (s.waits_right = 'case.examine' and n.entered_by = ${work.actor.staffId} and n.confirmed_by is null)
              and not (s.waits_right = 'case.propose' and a.prepared_by is distinct from ${work.actor.staffId})
              and not (s.waits_right in ('case.approve', 'case.revoke')
                       and (a.prepared_by is not distinct from ${work.actor.staffId}
                            or n.entered_by is not distinct from ${work.actor.staffId}))
             then case
               when c.assigned_to = ${work.actor.staffId}
                 or exists (select from own_right h where h."right" = s.waits_right and (h.program is null or h.program = c.program)
                                                     and (h.office is null or h.office = c.office_code)) then 'waiting'
               else 'support' end
             when exists (select from cases.event e where e.case_id = c.id and e.staff_id = ${work.actor.staffId}) then 'sent'
           end as list
      from ${standing(work)}
      left join lateral (select p.* from approvals.approval p where p.case_id = c.id order by p.prepared_revision desc limit 1) a on true
      left join lateral (select m.* from approvals.entry m where m.case_id = c.id order by m.revision desc limit 1) n on true
     where s.waits_right is not null and ${only}
       and exists (select from held h where h."right" = 'work.read' and (h.program is null or h.program = c.program)
                                        and (h.office is null or h.office = c.office_code)))`;

/** How much waits for this person, came back to them and was sent on by them, by what is to be done. */
export async function countWork(work: Work): Promise<WorkCount[]> {
  const today = work.platform.clock.today();
  return work.sql<WorkCount[]>`${ownWork(work)}
    select list, waits_title as "waitsTitle", count(*)::integer as count,
           min((state_since at time zone 'Asia/Tokyo')::date) as oldest, min(due_on) as nearest,
           (count(*) filter (where assigned_to = ${work.actor.staffId}))::integer as mine,
           (count(*) filter (where assigned_to is null))::integer as nobodys,
           (count(*) filter (where due_on < ${today}))::integer as overdue
      from own where list is not null group by list, waits_title order by count(*) desc, waits_title`;
}

/** Which part of a work list is looked at. */
export interface WorkQuery {
  list: WorkListName;
  waitsTitle?: string | undefined;
  /** 担当: `mine`, or nobody yet. */
  assigned?: "mine" | "nobody" | undefined;
}

/** The condition on the rows of {@link ownWork}. */
const partOf = (work: Work, { list, waitsTitle, assigned }: WorkQuery) => work.sql`
  list = ${list}
  ${waitsTitle === undefined ? work.sql`` : work.sql`and waits_title = ${waitsTitle}`}
  ${assigned === "mine" ? work.sql`and assigned_to = ${work.actor.staffId}` : work.sql``}
  ${assigned === "nobody" ? work.sql`and assigned_to is null` : work.sql``}`;

/** The order of work lists: overdue first, then the oldest by 受付日. */
const inOrder = (work: Work) => work.sql`
  coalesce(due_on >= ${work.platform.clock.today()}, true), received_on, number`;

/** Some lines of a work list (`from`: how many are passed over). Comments are opened, and that is logged. */
export async function listWork(
  work: Work,
  query: WorkQuery & { from?: number; size?: number },
): Promise<CaseWorkItem[]> {
  const { list, waitsTitle, from = 0, size = 20 } = query;
  const only = waitsTitle === undefined ? undefined : work.sql`s.waits_title = ${waitsTitle}`;
  const rows = await work.sql<
    (CaseLineRow & { waits_title: string; comment_id: string | null })[]
  >`${ownWork(work, only)}
    select own.*, case when ${list === "returned"} then
             (select e.comment_id from cases.event e where e.case_id = own.id and e.act = 'remand' order by e.revision desc limit 1) end as comment_id
      from own where ${partOf(work, query)} order by ${inOrder(work)} limit ${size} offset ${from}`;
  const comments = await getSealed(
    work,
    rows.flatMap((row) => row.comment_id ?? []),
  );
  const textOf = new Map(comments.map(({ id, data }) => [id, String(data)]));
  return rows.map((row) => {
    const comment = row.comment_id ? textOf.get(row.comment_id) : undefined;
    return { ...lineOf(row), waitsTitle: row.waits_title, ...(comment ? { comment } : {}) };
  });
}

/** The condition of {@link ownWork} that leaves what waits for the same as a case, in its 事務. */
const besides = ({ sql }: Work, caseId: string) => sql`
  (c.program, s.waits_title) = (
    select o.program, m.waits_title from cases.case o
      join cases.machine_state m on m.kind = o.kind and m.version = o.machine_version and m.state = o.state
     where o.id = ${caseId})`;

/**
 * What stands next on this person's own list after a case that stands there: of the same 事務 and sort, and from the top
 * again after the last. In the order of home, or in that of the list that one came from, of what it was narrowed to. Asked
 * before the step, while the case still has its place.
 */
export async function nextAfter(
  work: Work,
  caseId: string,
  list?: CaseFilter & { sort?: Sorting | undefined; descending?: boolean | undefined },
): Promise<string | undefined> {
  const same = besides(work, caseId);
  const only = list ? work.sql`${same} and ${filtered(work, list)}` : same;
  const order = list ? ordered(work, list.sort, list.descending) : inOrder(work);
  const [row] = await work.sql<{ id: string }[]>`${ownWork(work, only)},
    placed as (select c.id, c.program, c.waits_title, c.list, row_number() over (order by ${order}) as place from own c
                where c.list in ('waiting', 'returned', 'support'))
    select p.id from placed p join placed here on here.id = ${caseId}
     where p.id <> here.id and p.program = here.program and p.waits_title = here.waits_title and p.list = here.list
     order by p.place < here.place, p.place limit 1`;
  return row?.id;
}

/** A case that still waits for this person, and how many of its 事務 and sort do. */
export interface NextWork {
  id: string;
  number: string;
  waitsTitle: string;
  waitsRight: string;
  list: WorkListName;
  left: number;
}

/** The case, where it stands on this person's list of what they can do. */
export async function stillWaiting(work: Work, caseId: string): Promise<NextWork | undefined> {
  const [row] = await work.sql<NextWork[]>`${ownWork(work, besides(work, caseId))}
    select o.id, o.number, o.waits_title as "waitsTitle", o.waits_right as "waitsRight", o.list,
           (select count(*)::integer from own n
             where n.program = o.program and n.waits_title = o.waits_title and n.list = o.list) as left
      from own o where o.id = ${caseId} and o.list in ('waiting', 'returned', 'support')`;
  return row;
}
