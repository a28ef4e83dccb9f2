import type { Right } from "./rights.ts";

/** A right held: for one 事務 or for all (`null`), for one office (区) or for all (`null`). */
export interface HeldRight {
  right: Right;
  program: string | null;
  office: string | null;
}

/** The person (or the scheduled job) in whose name a unit of work runs, as the database told us from the session. */
export interface Actor {
  /** Secret of the session; the database keeps only its hash. Never logged. */
  sessionToken: string;
  sessionId: string;
  staffId: number;
  staffName: string;
  /** Office (区) of the person; `null` for those of the whole city. */
  officeCode: string | null;
  officeName: string | null;
  dutyTitles: string[];
  rights: readonly HeldRight[];
  /** Until then next to nothing is held, because others set the password and code anew. */
  limitedUntil?: Date | null;
  /** A page asks by itself, not the person: what is done so does not prolong the session. */
  byPage?: true;
}

/** Whether the actor holds a right, in a 事務 and an office where these are named. */
export function holds(
  actor: Pick<Actor, "rights">,
  right: Right,
  where: { program?: string | undefined; office?: string | undefined } = {},
): boolean {
  return actor.rights.some(
    (held) =>
      held.right === right &&
      (where.program === undefined || held.program === null || held.program === where.program) &&
      (where.office === undefined || held.office === null || held.office === where.office),
  );
}

/** Whether the actor holds a right for what is of one office, or (`null`) of the whole city, as `access.covers` of the database. */
export const covers = (
  actor: Pick<Actor, "rights">,
  right: Right,
  { program, office }: { program: string; office: string | null },
): boolean =>
  office === null ? holdsForAll(actor, right, program) : holds(actor, right, { program, office });

/** Whether the actor holds a right in a 事務 for all offices: what concerns the whole 事務 asks for that. */
export const holdsForAll = (actor: Pick<Actor, "rights">, right: Right, program: string): boolean =>
  actor.rights.some(
    (held) =>
      held.right === right &&
      held.office === null &&
      (held.program === null || held.program === program),
  );
