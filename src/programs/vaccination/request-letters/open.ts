import { applyEvent, type CaseRow, openCase } from "#src/platform/cases/index.ts";
import { askForDocuments } from "#src/platform/intake/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { requestLetterV1 } from "#workflows/vaccination/request-letters/machine.ts";
import { letterDocuments } from "./documents.ts";
import type { KeyedRequest } from "./entry.ts";

/** What every application and claim of the counter begins with. */
export interface Opening {
  /** Whom the shot is given to. */
  personNumber: string;
  receivedOn: IsoDate;
  idempotencyKey: string;
}

/** The person a case is opened for. @throws Problem 404; EntryProblem for a day ahead */
export async function personToOpen(work: Work, { personNumber, receivedOn }: Opening) {
  const person = await lookAtPerson(work, personNumber, ["facts"]);
  if (!person) throw notFound("住民が見つかりません。");
  if (receivedOn > work.platform.clock.today())
    throw new EntryProblem("receivedOn", "受付日に、今日より後の日付は入力できません。");
  return person;
}

/**
 * Receives an application for a letter, and what was keyed of it in the same go.
 *
 * @throws Problem 404 for an unknown person; EntryProblem at the field that is wrong
 */
export async function openRequestLetter(
  work: Work,
  opening: Opening,
  entry: KeyedRequest,
): Promise<CaseRow> {
  const { personNumber, receivedOn, idempotencyKey } = opening;
  const person = await personToOpen(work, opening);
  const { found, isNew } = await openCase(work, {
    kind: requestLetterV1.kind,
    personNumber,
    officeCode: person.officeCode,
    receivedOn,
    idempotencyKey,
    detail: { channel: entry.channel },
  });
  if (!isNew) return found;
  await askForDocuments(work, found.id, letterDocuments);
  await applyEvent(work, {
    caseId: found.id,
    expectedRevision: found.revision,
    event: { type: "enter" },
    idempotencyKey: `${idempotencyKey} enter`,
    input: entry,
  });
  return found;
}
