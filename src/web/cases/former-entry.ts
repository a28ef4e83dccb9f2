import { currentData } from "#src/platform/applications/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { entitlementsOf } from "#src/platform/entitlements/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { AnyCaseScreens, EntrySubject } from "./declaration.ts";

type Known = Readonly<Record<string, unknown>>;

/**
 * What somebody who is applied for again (再取得) was granted with before: the data of the last application as they held last;
 * opened, and that is logged. Nothing where they were never granted anything.
 */
export async function formerEntry(
  work: Work,
  { application }: AnyCaseScreens,
  { found }: EntrySubject,
): Promise<{ data: Known; number: string } | undefined> {
  const { program, personNumber } = found;
  const held = await entitlementsOf(work, program, personNumber);
  const last = held.find(({ caseId, status }) => caseId !== found.id && status !== "revoked");
  if (!last) return undefined;
  const granting = await getCase(work, last.caseId);
  // Of a household only its own subject brings it along again.
  if (granting.personNumber !== personNumber) return undefined;
  const data = await currentData(work, application, { caseId: granting.id, personNumber });
  return { data: data as Known, number: granting.number };
}

/** What the register says goes before what was entered then, part by part; of the same person's part only what it knows. */
export function withFormer(former: Known, registered: Known): Known {
  const both = Object.entries(registered).map(([part, now]) => {
    const then = former[part];
    if (!isPart(now) || !isPart(then) || now.name !== then.name) return [part, now];
    const told = Object.entries(now).filter(([, value]) => value !== "" && value !== undefined);
    return [part, { ...then, ...Object.fromEntries(told) }];
  });
  // Why it is applied for is asked anew.
  const { reason: _, ...rest } = former;
  return { ...rest, ...Object.fromEntries(both) };
}

const isPart = (value: unknown): value is Known =>
  typeof value === "object" && value !== null && !Array.isArray(value);
