import { desc, eq } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import { harm, reliefClaim } from "#db/schema/relief.ts";
import { type CaseRow, getCase, openCase } from "#src/platform/cases/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { EntryProblem, notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { harmOf } from "./basis.ts";

/** Name of the kind of case. */
export const reliefKind = "vaccination/relief";

export interface ReliefOpening {
  /** Who was vaccinated; may have moved away, died, or never have been registered here (住登外). */
  personNumber: string;
  /** The day on which it was brought forward (相談). */
  receivedOn: IsoDate;
  /** An earlier claim of the same damage (再請求, another benefit). */
  follows?: string | undefined;
  idempotencyKey: string;
}

/** @throws Problem 404 for what is no claim for relief */
export async function reliefCase(work: Work, caseId: string): Promise<CaseRow> {
  const found = await getCase(work, caseId);
  if (found.kind !== reliefKind) throw notFound("健康被害救済の請求が見つかりません。");
  return found;
}

/**
 * Opens a claim for relief, of a new damage or of one that was claimed of before.
 *
 * @throws Problem 404 for an unknown person, 422 for an earlier claim of somebody else; EntryProblem at the field that is wrong
 */
export async function openRelief(work: Work, opening: ReliefOpening): Promise<CaseRow> {
  const { personNumber, receivedOn, follows, idempotencyKey } = opening;
  const person = await lookAtPerson(work, personNumber, ["facts"]);
  if (!person) throw notFound("住民が見つかりません。");
  if (receivedOn > work.platform.clock.today())
    throw new EntryProblem("receivedOn", "相談日に、今日より後の日付は入力できません。");
  const earlier = follows ? await earlierClaim(work, follows, personNumber) : undefined;
  const { found, isNew } = await openCase(work, {
    kind: reliefKind,
    personNumber,
    officeCode: person.officeCode,
    receivedOn,
    idempotencyKey,
    detail: follows ? { follows } : {},
  });
  if (!isNew) return found;
  const harmId = earlier?.harm.id ?? (await newHarm(work, found));
  await work.tx
    .insert(reliefClaim)
    .values({ caseId: found.id, harmId, ...(follows ? { follows } : {}) });
  return found;
}

async function earlierClaim(work: Work, caseId: string, personNumber: string) {
  const found = await reliefCase(work, caseId);
  if (found.personNumber !== personNumber)
    throw new Problem({ status: 422, message: "前の請求は、この方についての請求ではありません。" });
  return harmOf(work, caseId);
}

async function newHarm(work: Work, { id, personNumber }: CaseRow): Promise<string> {
  const [made] = await work.tx
    .insert(harm)
    .values({ caseId: id, personNumber })
    .returning({ id: harm.id });
  if (!made) throw new Error("the damage was not kept");
  return made.id;
}

/** Claims of one damage, the newest first. */
export const claimsOfHarm = (work: Work, harmId: string): Promise<CaseRow[]> =>
  work.tx
    .select({ found: caseRow })
    .from(reliefClaim)
    .innerJoin(caseRow, eq(caseRow.id, reliefClaim.caseId))
    .where(eq(reliefClaim.harmId, harmId))
    .orderBy(desc(caseRow.number))
    .then((rows) => rows.map(({ found }) => found));
