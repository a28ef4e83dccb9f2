import { type RememberingPlace, SessionMemory } from "#src/platform/access/index.ts";
import { nextAfter } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import { filterOf, type ListAddress } from "./list-address.ts";

const lastList = new SessionMemory<{ program: string; address: ListAddress }>("case-list");

/** Keeps how the list of a 事務 was narrowed and put in order, so that the next case is the next one of it. */
export const rememberList = (
  work: RememberingPlace,
  program: string,
  address: ListAddress,
): Promise<void> => lastList.set(work, { program, address });

/** From now on the next case is the next one of home. */
export const forgetList = (work: RememberingPlace): Promise<void> => lastList.forget(work);

/**
 * The case that stands next after this one for this person: on the list from which they came last, or on home where they came
 * from there. Asked before the step.
 */
export async function nextOnList(
  work: Work,
  { program, caseId }: { program: string; caseId: string },
): Promise<string | undefined> {
  const came = await lastList.get(work);
  if (came?.program !== program) return nextAfter(work, caseId);
  const { kind, sort, descending } = came.address;
  const filter = filterOf(program, came.address, work.actor.staffId);
  return nextAfter(work, caseId, { ...filter, kinds: kind ? [kind] : undefined, sort, descending });
}
