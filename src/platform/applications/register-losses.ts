import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Actor } from "../access/actor.ts";
import { type Entitlement, grantedBy } from "../entitlements/index.ts";
import { lookAtPeople, type Person } from "../people/index.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work } from "../work.ts";
import { type ChangeKind, subjectOfChange } from "./change-kind.ts";
import { reportFromRegister } from "./register-reports.ts";

/** How many applications are looked through in one transaction. */
const lot = 200;

/** An entitlement of an application, of whatever status, with what the register says of its person now. */
export interface Held {
  entitled: Entitlement;
  /** It holds, or is only suspended, and has not run out. */
  live: boolean;
  person: Person | undefined;
  /** It is that of the subject of the application: of the child, of the parent of a household. */
  ofSubject: boolean;
}

/** Why and from when somebody is no longer entitled. */
export interface RegisterLoss {
  of: Entitlement;
  /** The subject of the report, such as `loss`. */
  subject: string;
  reason: string;
  on: IsoDate;
}

/** What becomes of the entitlements of an application because of what the register says of its people. */
export type LossFinder = (held: readonly Held[]) => readonly RegisterLoss[];

/** Why and from when a person is gone: the day after the death, the day of the move. */
export function goneSince(
  person: Person | undefined,
): { why: "died" | "moved-out" | "other"; on: IsoDate } | undefined {
  if (person?.diedOn) return { why: "died", on: addDays(person.diedOn, 1) };
  const { to, toReason } = person?.residence ?? {};
  if (!to) return undefined;
  const why = toReason === "death" ? "died" : toReason === "move-out" ? "moved-out" : "other";
  return { why, on: to };
}

/**
 * Looks through the entitlements of a 事務 for people who left the city or died, as the resident feed tells, and opens
 * a report of loss for each (職権). A member of staff confirms it, a supervisor decides. Run again it opens nothing twice.
 *
 * @returns how many reports were opened
 */
export async function openLossesFromRegister<Entered>(
  platform: Platform,
  system: Actor,
  kind: ChangeKind<Entered>,
  find: LossFinder,
): Promise<number> {
  const { program } = kind.application;
  const reason = "register-loss";
  const options = { purpose: "feed", program, reason } as const;
  let opened = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const cases = await runWork(platform, system, options, async (work) => {
      const rows = await work.sql<GrantingCase[]>`
        select c.id, c.person_number as subject from cases.case c
         where c.program = ${program} and c.id > ${after}
           and exists (select from entitlements.entitlement e where e.case_id = c.id and e.status in ('granted', 'suspended')
                          and e.valid_to >= ${platform.clock.today()})
         order by c.id limit ${lot}`;
      opened += await openFor(work, kind, rows, find);
      return rows;
    });
    const last = cases.at(-1);
    if (!last) return opened;
    after = last.id;
  }
}

interface GrantingCase {
  id: string;
  subject: string;
}

async function openFor<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  cases: readonly GrantingCase[],
  find: LossFinder,
): Promise<number> {
  const granted = await grantedBy(
    work,
    cases.map(({ id }) => id),
  );
  const numbers = [...new Set(granted.map((row) => row.personNumber))];
  const people = await lookAtPeople(work, numbers, ["facts"]);
  const byNumber = new Map(people.map((person) => [person.personNumber, person]));
  const today = work.platform.clock.today();
  const known = await lossesReported(work, granted);
  let count = 0;
  for (const { id: grantingCaseId, subject } of cases) {
    const all = granted.filter(({ caseId }) => caseId === grantingCaseId);
    const held = all.map((entitled) => ({
      entitled,
      live: isLive(entitled) && entitled.validTo >= today,
      person: byNumber.get(entitled.personNumber),
      ofSubject: entitled.personNumber === subject,
    }));
    for (const { of, subject: about, reason, on } of find(held)) {
      const concerned = subjectOfChange(kind, { subject: about }).concerns === "all" ? all : [of];
      // Before the entitlement began there is nothing to lose: somebody has to look at it.
      const possible = concerned.filter(isLive).some((one) => on > one.validFrom);
      if (known.has(of.id) || !possible || on > of.validTo) continue;
      for (const { id } of concerned) known.add(id);
      count += await reportFromRegister(work, kind, {
        grantingCaseId,
        personNumber: of.personNumber,
        subject: about,
        occursOn: on,
        reason,
        key: `register-loss:${of.id}:${on}`,
      });
    }
  }
  return count;
}

const isLive = ({ status }: Entitlement) => status === "granted" || status === "suspended";

/** Entitlements whose loss was reported already, by the office or by the person. */
async function lossesReported(work: Work, all: readonly Entitlement[]): Promise<Set<string>> {
  const rows = await work.sql<{ entitlement_id: string }[]>`
    select x.entitlement_id from entitlements.change_entitlement x join entitlements.change h using (case_id)
      join cases.case c on c.id = h.case_id
     where h.movement = 'lost' and c.state <> 'withdrawn' and x.entitlement_id = any(${all.map((row) => row.id)}::uuid[])`;
  return new Set(rows.map((row) => row.entitlement_id));
}
