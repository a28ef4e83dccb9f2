import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Work } from "../work.ts";
import { deadlinesOf, declaredMachines } from "./workflow.ts";

/** What was done with a case, by which a list is narrowed: the rows behind the figures of the statistics. */
export const doneTitles = {
  granted: "認定などの決定",
  refused: "却下",
  revoked: "職権取消",
  late: "標準処理期間を超えた決定",
  withdrawn: "取下げ",
  issued: "証の交付",
  ended: "証の終了",
  asked: "照会の送付",
  entitled: "資格がある方",
} as const;
export type Done = keyof typeof doneTitles;

/** The condition on `cases.case c`: it was done on one of the days. */
export function doneWith(
  work: Work,
  done: Done,
  {
    program,
    doneFrom: from = "0001-01-01",
    doneTo: to = "9999-12-31",
  }: { program: string; doneFrom?: IsoDate | undefined; doneTo?: IsoDate | undefined },
) {
  const { sql } = work;
  switch (done) {
    case "withdrawn":
      return sql`(c.machine_version, c.state) in (
          select t.version, t.to_state from cases.machine_transition t where t.kind = c.kind and t.event = 'withdraw')
        and (c.state_since at time zone 'Asia/Tokyo')::date between ${from} and ${to}`;
    case "issued":
    case "ended":
      return sql`c.id in (
        select e.case_id from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id
         where ${done === "issued" ? sql`z.issued_on` : sql`z.ended_on`} between ${from} and ${to})`;
    case "asked":
      return sql`c.id in (select i.case_id from intake.inquiry i where i.asked_on between ${from} and ${to})`;
    case "entitled":
      return sql`c.id in (
        select e.case_id from entitlements.entitlement e
         where e.program = ${program} and e.status <> 'revoked' and e.valid_from <= ${to} and e.valid_to >= ${from})`;
    case "late":
      return sql`c.id in (${decided(work, { from, to })} and a.subject <> 'revocation' and ${tookLonger(work, program)})`;
    default:
      return sql`c.id in (${decided(work, { from, to })} and ${
        done === "granted"
          ? sql`a.subject not in ('rejection', 'revocation')`
          : sql`a.subject = ${done === "refused" ? "rejection" : "revocation"}`
      })`;
  }
}

/** Cases `d` decided on one of the days by an event `e`, with the proposal `a` that was approved. */
const decided = ({ sql }: Work, { from, to }: { from: IsoDate; to: IsoDate }) => sql`
  select e.case_id from cases.event e join cases.case d on d.id = e.case_id
    join approvals.approval a on a.case_id = e.case_id and a.decision = 'approved' and a.seen_revision = e.revision - 1
   where e.act = 'approve' and e.business_date between ${from} and ${to}`;

/** Whether the decision took longer than the 標準処理期間 of the day of receipt, in each kind of case of the 事務. */
function tookLonger({ sql }: Work, program: string) {
  const kinds = new Set(declaredMachines().map(({ kind }) => kind));
  const rows = [...kinds]
    .filter((kind) => kind.startsWith(`${program}/`))
    .flatMap((kind) => deadlinesOf(kind).rows.map((row) => ({ kind, ...row })));
  return sql`e.business_date - d.received_on > (
    select s.days from unnest(${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ from }) => from)}::date[],
                              ${rows.map(({ value }) => value.standardDays)}::integer[]) s(kind, since, days)
     where s.kind = d.kind and s.since <= d.received_on order by s.since desc limit 1)`;
}
