import type { CaseRow } from "../cases/index.ts";
import { type Change, dataOn } from "../entitlements/index.ts";
import { latestEntry, openEntry } from "../intake/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { type ApplicationKind, joinEntry } from "./kind.ts";

/** What was entered for an application last (or last at a revision), opened; `undefined` before anything was. */
export async function enteredOf<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  at?: number,
): Promise<Entered | undefined> {
  const entry = await latestEntry(work, found.id, at);
  return entry && joinEntry(kind, await openEntry(work, entry), found.personNumber);
}

/** The same where it must be there. @throws Problem 422 */
export async function requireEntered<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
): Promise<Entered> {
  const entered = await enteredOf(work, kind, found);
  if (entered !== undefined) return entered;
  throw new Problem({ status: 422, message: "申請内容が入力されていないため、宛先がありません。" });
}

/** The data of an application that granted, as they hold on a day (today); opened, and that is logged. */
export async function currentData<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  granting: { caseId: string; personNumber: string },
  options: { on?: string; without?: string } = {},
): Promise<Entered> {
  const on = (options.on ?? work.platform.clock.today()) as Change["occursOn"];
  const { without } = options;
  const pieces = await dataOn(work, granting.caseId, { on, ...(without ? { without } : {}) });
  return joinEntry(kind, pieces, granting.personNumber);
}

/** What a report of change brings, by whose data it is; opened, and that is logged. */
export async function reportedData(
  work: Work,
  caseId: string,
  at?: number,
): Promise<{ personNumber: string; data: object } | undefined> {
  const entry = await latestEntry(work, caseId, at);
  const [piece] = entry ? await openEntry(work, entry) : [];
  return piece && { personNumber: piece.personNumber, data: piece.data as object };
}

/** The data with the part of one person replaced by what a report brings, or with that of somebody who joins. */
export function patched<Entered>(
  kind: ApplicationKind<Entered>,
  before: Entered,
  reported: { personNumber: string; data: object },
  subject: string,
) {
  const pieces = kind.split?.(before, subject) ?? [{ personNumber: subject, data: before }];
  if (!pieces.some(({ personNumber }) => personNumber === reported.personNumber))
    return [...pieces, reported];
  return pieces.map((piece) =>
    piece.personNumber === reported.personNumber
      ? { ...piece, data: { ...(piece.data as object), ...reported.data } }
      : piece,
  );
}
