import { holds } from "#src/platform/access/actor.ts";
import { listCases } from "#src/platform/cases/index.ts";
import type { OfficeFigure, WorkItem } from "#src/platform/program.ts";
import { getSealed } from "#src/platform/vault/index.ts";
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
  const ids = [...mine.values()].flatMap(({ remanded, comment_id }) =>
    remanded && comment_id ? [comment_id] : [],
  );
  const comments = new Map((await getSealed(work, ids)).map(({ id, data }) => [id, String(data)]));
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
    const { touched, remanded, comment_id } = mine.get(found.id) ?? untouched;
    if (remanded) {
      const comment = comments.get(comment_id ?? "");
      return [
        { ...base, list: "returned", state: line.stateTitle, ...(comment ? { comment } : {}) },
      ];
    }
    const decides = right === "case.approve" || right === "case.revoke";
    const can = holds(work.actor, right, { program: "child-medical", office: found.officeCode });
    if (can && !(decides && touched)) return [{ ...base, list: "waiting" }];
    return touched ? [{ ...base, list: "sent", state: line.stateTitle }] : [];
  });
}

interface OwnSteps {
  touched: boolean;
  remanded: boolean;
  comment_id: string | null;
}
const untouched: OwnSteps = { touched: false, remanded: false, comment_id: null };

/** For each case: whether the person took part, and whether what the person proposed was remanded, with which comment. */
async function stepsOf(work: Work, ids: string[]): Promise<Map<string, OwnSteps>> {
  if (ids.length === 0) return new Map();
  const me = work.actor.staffId;
  const rows = await work.sql<(OwnSteps & { id: string })[]>`
    select c.id, exists (select from cases.event e where e.case_id = c.id and e.staff_id = ${me}) as touched,
           c.state = 'examination' and coalesce(a.decision = 'remanded' and a.prepared_by = ${me}, false) as remanded,
           (select e.comment_id from cases.event e where e.case_id = c.id and e.type = 'remand' order by e.revision desc limit 1) as comment_id
      from cases.case c
      left join lateral (select n.* from approvals.approval n where n.case_id = c.id order by n.prepared_revision desc limit 1) a on true
     where c.id = any(${ids}::uuid[])`;
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
  if (!holds(work.actor, "case.read", { program: "child-medical" })) return [];
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
