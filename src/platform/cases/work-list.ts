import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { getSealed } from "../vault/sealed-records.ts";
import type { Work } from "../work.ts";
import { type CaseLine, type CaseLineRow, columns, lineOf, standing } from "./list.ts";

/** `waiting`: this person can act on it now. `returned`: their proposal came back. `sent`: they took part, and it waits for others. */
export type WorkListName = "waiting" | "returned" | "sent";

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
  overdue: number;
  oldest: IsoDate;
  /** The nearest day that is watched. */
  nearest: IsoDate | null;
}

/**
 * Every open case of every 事務 whose work list this person may read, as they have to do with it. In `waiting` stands only what they can do now: not what
 * they may not confirm because they entered it, nor decide because they prepared or entered it.
 */
const ownWork = (work: Work) => work.sql`
  with held as materialized (select h."right", h.program, h.office from access.held_rights() h),
  own as materialized (
    select ${columns(work)}, s.waits_title,
           case
             when a.decision = 'remanded' and a.prepared_by = ${work.actor.staffId} and s.waits_right = 'case.examine' then 'returned'
             when exists (select from held h where h."right" = s.waits_right and (h.program is null or h.program = c.program)
                                                and (h.office is null or h.office = c.office_code))
              and not (s.waits_right = 'case.examine' and n.entered_by = ${work.actor.staffId} and n.confirmed_by is null)
              and not (s.waits_right = 'case.propose' and a.prepared_by is distinct from ${work.actor.staffId})
              and not (s.waits_right in ('case.approve', 'case.revoke')
                       and (a.prepared_by is not distinct from ${work.actor.staffId}
                            or n.entered_by is not distinct from ${work.actor.staffId})) then 'waiting'
             when exists (select from cases.event e where e.case_id = c.id and e.staff_id = ${work.actor.staffId}) then 'sent'
           end as list
      from ${standing(work)}
      left join lateral (select p.* from approvals.approval p where p.case_id = c.id order by p.prepared_revision desc limit 1) a on true
      left join lateral (select m.* from approvals.entry m where m.case_id = c.id order by m.revision desc limit 1) n on true
     where s.waits_right is not null
       and exists (select from held h where h."right" = 'work.read' and (h.program is null or h.program = c.program)
                                        and (h.office is null or h.office = c.office_code)))`;

/** How much waits for this person, came back to them and was sent on by them, by what is to be done. */
export async function countWork(work: Work): Promise<WorkCount[]> {
  const today = work.platform.clock.today();
  return work.sql<WorkCount[]>`${ownWork(work)}
    select list, waits_title as "waitsTitle", count(*)::integer as count, min(received_on) as oldest, min(due_on) as nearest,
           (count(*) filter (where due_on < ${today}))::integer as overdue
      from own where list is not null group by list, waits_title order by count(*) desc, waits_title`;
}

/** A page of one of the three lists: overdue first, then the oldest by 受付日. Comments are opened, and that is logged. */
export async function listWork(
  work: Work,
  query: { list: WorkListName; waitsTitle?: string | undefined; page?: number; size?: number },
): Promise<CaseWorkItem[]> {
  const { list, waitsTitle = null, page = 1, size = 20 } = query;
  const today = work.platform.clock.today();
  const rows = await work.sql<
    (CaseLineRow & { waits_title: string; comment_id: string | null })[]
  >`${ownWork(work)}
    select own.*, case when list = 'returned' then
             (select e.comment_id from cases.event e where e.case_id = own.id and e.act = 'remand' order by e.revision desc limit 1) end as comment_id
      from own where list = ${list} and (${waitsTitle}::text is null or waits_title = ${waitsTitle})
     order by coalesce(due_on < ${today}, false) desc, received_on, number limit ${size} offset ${(page - 1) * size}`;
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
