import type { Lines } from "#src/platform/lines.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { singleParent } from "./application.ts";

/** A valid certificate that a step of a case issued, and how it reached its household. */
export interface Delivery {
  certificateId: string;
  kind: string;
  issue: number;
  issuedOn: IsoDate;
  personNumber: string;
  recipientNumber: string;
  caseId: string;
  caseNumber: string;
  way: "counter" | "run" | null;
  onDay: IsoDate | null;
  run: string | null;
}

const issued = (
  { sql }: Work,
  { from, to }: { from: IsoDate; to: IsoDate },
  only: "due" | "all",
) => sql`
  from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id join cases.case c on c.id = e.case_id
  left join single_parent.delivery d on d.certificate_id = z.id left join mailings.batch_run r on r.id = d.run_id
 where e.program = ${singleParent.program} and z.ended_on is null and z.document_id is not null and z.issued_on between ${from} and ${to}
   ${only === "due" ? sql`and d.certificate_id is null` : sql``}`;

/** Certificates issued within some days, the oldest first; `due`: those that reached nobody yet. */
export const listDeliveries = (
  work: Work,
  { only, from, to, lines }: { only: "due" | "all"; from: IsoDate; to: IsoDate; lines: Lines },
): Promise<Delivery[]> =>
  work.sql<Delivery[]>`
    select z.id as "certificateId", z.kind, z.issue, z.issued_on::text as "issuedOn", e.person_number as "personNumber", e.recipient_number as "recipientNumber",
           e.case_id as "caseId", c.number as "caseNumber", d.way, d.on_day::text as "onDay", 'M' || lpad(r.serial::text, 6, '0') as run
    ${issued(work, { from, to }, only)} order by z.issued_on, c.number, e.recipient_number, z.kind limit ${lines.size} offset ${lines.from}`;

/** How many there are. */
export async function countDeliveries(
  work: Work,
  of: { only: "due" | "all"; from: IsoDate; to: IsoDate },
): Promise<number> {
  const [row] = await work.sql<
    { count: number }[]
  >`select count(*)::int as count ${issued(work, of, of.only)}`;
  return row?.count ?? 0;
}

/** Certificates that were handed over at the counter: no run sends them. Gives how many were entered. */
export async function giveAtCounter(
  work: Work,
  certificateIds: readonly string[],
): Promise<number> {
  const [row] = await work.sql<{ given: number }[]>`
    select single_parent.give_at_counter(${[...certificateIds]}::uuid[]) as given`;
  return row?.given ?? 0;
}
