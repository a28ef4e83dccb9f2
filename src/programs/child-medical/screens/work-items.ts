import { holds } from "#src/platform/access/actor.ts";
import { listCases } from "#src/platform/cases/index.ts";
import type { OfficeFigure, WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { casePath } from "./parts.tsx";

/** What is to be done in each state, and the right without which it waits for somebody else. */
const waiting = {
  received: { kind: "本人確認", right: "case.enter" },
  identity: { kind: "申請内容の入力", right: "case.enter" },
  examination: { kind: "審査待ち", right: "case.examine" },
  held: { kind: "補正待ち", right: "case.examine" },
  proposed: { kind: "決裁に回す", right: "case.propose" },
  approval: { kind: "決裁待ち", right: "case.approve" },
  certified: { kind: "受給者証の交付", right: "certificate.issue" },
  revocation: { kind: "取消の決裁待ち", right: "case.revoke" },
} as const;

/** What waits for the person, what they sent on, what came back to them. */
export async function workItems(work: Work): Promise<WorkItem[]> {
  const lines = await listCases(work, {
    program: "child-medical",
    states: Object.keys(waiting),
    limit: 100,
  });
  const mine = await stepsOf(
    work,
    lines.map((line) => line.found.id),
  );
  return lines.flatMap((line): WorkItem[] => {
    const { found } = line;
    const { kind, right } = waiting[found.state as keyof typeof waiting];
    const base = {
      kind,
      title: `こども医療費助成 ${found.kind === "child-medical" ? "申請" : "届出"} ${found.number}`,
      path: casePath(found.id),
      since: found.stateSince,
      ...(line.deadline ? { deadline: line.deadline as IsoDate } : {}),
    };
    const { touched, remanded } = mine.get(found.id) ?? { touched: false, remanded: false };
    if (remanded) return [{ ...base, list: "returned", state: line.stateTitle }];
    const decides = right === "case.approve" || right === "case.revoke";
    const can = holds(work.actor, right, { program: "child-medical", office: found.officeCode });
    if (can && !(decides && touched)) return [{ ...base, list: "waiting" }];
    return touched ? [{ ...base, list: "sent", state: line.stateTitle }] : [];
  });
}

/** For each case: whether the person took part, and whether it was remanded since the person proposed it. */
async function stepsOf(work: Work, ids: string[]) {
  if (ids.length === 0) return new Map<string, { touched: boolean; remanded: boolean }>();
  const rows = await work.sql<{ id: string; touched: boolean; remanded: boolean }[]>`
    select c.id, exists (select from cases.event e where e.case_id = c.id and e.staff_id = ${work.actor.staffId}) as touched,
           c.state = 'examination' and coalesce((select a.decision = 'remanded' and a.prepared_by = ${work.actor.staffId}
             from approvals.approval a where a.case_id = c.id order by a.prepared_revision desc limit 1), false) as remanded
      from cases.case c where c.id = any(${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Numbers beside the menu. */
export async function menuCounts(work: Work): Promise<Record<string, number>> {
  const [row] = await work.sql<{ open: number }[]>`
    select count(*)::int as open from cases.case
     where program = 'child-medical' and state = any(${Object.keys(waiting)})`;
  return { "child-medical.open": row?.open ?? 0 };
}

/** Figures of the day. */
export async function officeFigures(work: Work): Promise<OfficeFigure[]> {
  const today = work.platform.clock.today();
  const [row] = await work.sql<{ received: number; granted: number; issued: number }[]>`
    select (select count(*)::int from cases.case where program = 'child-medical' and received_on = ${today}) as received,
           (select count(*)::int from child_medical.entitlement where granted_on = ${today}) as granted,
           (select count(*)::int from child_medical.certificate where issued_on = ${today}) as issued`;
  return [
    { title: "本日の受付", value: row?.received ?? 0, unit: "件", path: "/child-medical/cases" },
    { title: "本日の認定", value: row?.granted ?? 0, unit: "件" },
    { title: "本日の証交付", value: row?.issued ?? 0, unit: "枚" },
  ];
}
