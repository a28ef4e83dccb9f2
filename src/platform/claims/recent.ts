import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Tone } from "#workflows/flows/definition.ts";
import type { Work } from "../work.ts";
import { type ClaimKind, claimCaseKind } from "./kind.ts";

/** A claim that somebody keyed, with how many receipts and what was paid for them. */
export interface RecentClaim {
  id: string;
  number: string;
  personNumber: string;
  receivedOn: IsoDate;
  stateTitle: string;
  tone: Tone;
  receipts: number;
  paid: number;
}

/** The claims that the acting person received last. */
export async function recentClaims(
  work: Work,
  kind: ClaimKind,
  most: number,
): Promise<RecentClaim[]> {
  const rows = await work.sql<
    {
      id: string;
      number: string;
      person_number: string;
      received_on: IsoDate;
      title: string;
      tone: Tone;
      receipts: number;
      paid: string;
    }[]
  >`
    with own as (
      select c.* from cases.case c join cases.event e on e.case_id = c.id and e.revision = 1
       where c.opened_by = ${work.actor.staffId} and c.kind = ${claimCaseKind(kind)} order by e.at desc limit ${most})
    select c.id, c.number, c.person_number, c.received_on, s.title, s.tone, coalesce(b.receipts, 0)::integer as receipts, coalesce(b.paid, 0) as paid
      from own c join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
      left join lateral (select count(*) as receipts, sum(x.paid) as paid from claims.bill x
        where x.case_id = c.id and x.revision = (select max(y.revision) from claims.bill y where y.case_id = c.id)) b on true
     order by length(c.number) desc, c.number desc`;
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    personNumber: row.person_number,
    receivedOn: row.received_on,
    stateTitle: row.title,
    tone: row.tone,
    receipts: row.receipts,
    paid: Number(row.paid),
  }));
}
