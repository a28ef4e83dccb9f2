import { holds } from "#src/platform/access/index.ts";
import { countDecisions } from "#src/platform/cases/index.ts";
import { countFollowUps, countOutstanding } from "#src/platform/entitlements/index.ts";
import type { OfficeFigure } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { addressOf, type ListAddress } from "./list-address.ts";

/** Words beside people in a search result: who is entitled today. */
export async function personMarks(
  { application: { program }, shortTitle }: AnyCaseScreens,
  work: Work,
  personNumbers: string[],
): Promise<Map<string, string[]>> {
  const today = work.platform.clock.today();
  const rows = await work.sql<{ person_number: string }[]>`
    select distinct person_number from entitlements.entitlement
     where program = ${program} and person_number = any(${personNumbers}::text[]) and status = 'granted'
       and ${today}::date between valid_from and valid_to`;
  return new Map(rows.map((row) => [row.person_number, [`${shortTitle} 有効`]]));
}

/** How many cases are under way, and how many proposals wait for this person's decision, beside the menu. */
export async function menuCounts(program: string, work: Work): Promise<Record<string, number>> {
  const [row] = await work.sql<{ open: number }[]>`
    select count(*)::int as open from cases.case c
      join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
     where c.program = ${program} and s.open`;
  const decides = holds(work.actor, "case.approve", { program });
  const decisions = decides ? await countDecisions(work, program) : [];
  return {
    open: row?.open ?? 0,
    followUps: (await countFollowUps(work, program, "open")).count,
    returns: (await countOutstanding(work, program)).count,
    decisions: decisions.reduce((sum, { count }) => sum + count, 0),
  };
}

/** Figures of the day. */
export async function officeFigures(
  { application: { program, certificate } }: AnyCaseScreens,
  work: Work,
): Promise<OfficeFigure[]> {
  if (!holds(work.actor, "case.read", { program })) return [];
  const today = work.platform.clock.today();
  const [row] = await work.sql<{ received: number; granted: number; issued: number }[]>`
    select (select count(*)::int from cases.case where program = ${program} and received_on = ${today}) as received,
           (select count(*)::int from entitlements.entitlement where program = ${program} and granted_on = ${today}) as granted,
           (select count(*)::int from entitlements.certificate z join entitlements.entitlement e on e.id = z.entitlement_id
             where e.program = ${program} and z.issued_on = ${today}) as issued`;
  const list = (choice: ListAddress) => addressOf(program, { state: "all", ...choice });
  const done = { doneFrom: today, doneTo: today };
  return [
    {
      title: "本日の受付",
      value: row?.received ?? 0,
      unit: "件",
      path: list({ from: today, to: today }),
    },
    {
      title: "本日の認定",
      value: row?.granted ?? 0,
      unit: "件",
      path: list({ done: "granted", ...done }),
    },
    {
      title: `本日の${certificate.title}の交付`,
      value: row?.issued ?? 0,
      unit: "枚",
      path: list({ done: "issued", ...done }),
    },
  ];
}
