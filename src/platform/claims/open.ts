import { claim } from "#db/schema/claims.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { applyEvent, type CaseRow, openCase, setMembers } from "../cases/index.ts";
import { entitlementsOf } from "../entitlements/index.ts";
import { lookAtPerson } from "../people/index.ts";
import { EntryProblem, notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import type { ClaimEntry } from "./entry.ts";
import { type ClaimKind, claimCaseKind } from "./kind.ts";

/** How a claim came. */
export const claimChannelTitles = {
  window: "窓口",
  post: "郵送",
  electronic: "電子申請",
} as const;
export type ClaimIntake = keyof typeof claimChannelTitles;

export interface ClaimOpening {
  /** The recipient whose care was paid for. */
  personNumber: string;
  receivedOn: IsoDate;
  channel: ClaimIntake;
  idempotencyKey: string;
}

/**
 * Who is paid: whoever applied for the entitlement of the person (the parent of a household), or the person.
 *
 * @throws EntryProblem where the person was never entitled
 */
async function payeeOf(work: Work, { program }: ClaimKind, personNumber: string): Promise<string> {
  const [newest] = (await entitlementsOf(work, program, personNumber)).toSorted((a, b) =>
    a.validFrom < b.validFrom ? 1 : -1,
  );
  if (!newest) throw new EntryProblem("person", "この方には、受給資格があったことがありません。");
  const [row] = await work.sql<{ person_number: string }[]>`
    select person_number from cases.case where id = ${newest.caseId}`;
  return row?.person_number ?? personNumber;
}

/**
 * Receives a claim for a recipient, and what was keyed of it in the same go.
 *
 * @throws Problem 404 for an unknown person; EntryProblem at the field that is wrong
 */
export async function openClaim(
  work: Work,
  kind: ClaimKind,
  opening: ClaimOpening,
  entry?: ClaimEntry,
): Promise<CaseRow> {
  const { personNumber, receivedOn, channel, idempotencyKey } = opening;
  const person = await lookAtPerson(work, personNumber, ["facts"]);
  if (!person) throw notFound("住民が見つかりません。");
  if (receivedOn > work.platform.clock.today())
    throw new EntryProblem("receivedOn", "受付日に、今日より後の日付は入力できません。");
  const payee = await payeeOf(work, kind, personNumber);
  const { found, isNew } = await openCase(work, {
    kind: claimCaseKind(kind),
    personNumber,
    officeCode: person.officeCode,
    receivedOn,
    idempotencyKey,
    detail: { channel },
  });
  if (!isNew) return found;
  if (payee !== personNumber)
    await setMembers(work, found.id, [{ personNumber: payee, role: "applicant" }]);
  await work.tx.insert(claim).values({ caseId: found.id, payeeNumber: payee, channel });
  if (entry)
    await applyEvent(work, {
      caseId: found.id,
      expectedRevision: found.revision,
      event: { type: "enter" },
      idempotencyKey: `${idempotencyKey} enter`,
      input: entry,
    });
  return found;
}
