import { refundClaim } from "#db/schema/request-letters.ts";
import { applyEvent, type CaseRow, openCase, setMembers } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import { requestRefundV1 } from "#workflows/vaccination/request-letters/refund-machine.ts";
import { type Opening, personToOpen } from "./open.ts";
import type { KeyedRefund, RefundChannel } from "./refund-entry.ts";

/** Who is paid: whoever applied for the newest letter of the person, where they are in the register, or the person. */
async function payeeOf(work: Work, personNumber: string): Promise<string> {
  const [row] = await work.sql<{ payee: string }[]>`
    select m.person_number as payee from cases.case c
      join cases.member m on m.case_id = c.id and m.role = 'applicant' and m.to_revision is null
     where c.kind = 'vaccination/request-letter' and c.person_number = ${personNumber}
       and exists (select from request_letters.letter l where l.case_id = c.id)
     order by c.received_on desc, c.number desc limit 1`;
  return row?.payee ?? personNumber;
}

/**
 * Receives a claim for what was paid on a letter, and what was keyed of it in the same go.
 *
 * @throws Problem 404 for an unknown person; EntryProblem at the field that is wrong
 */
export async function openRefund(
  work: Work,
  opening: Opening & { channel: RefundChannel },
  entry: KeyedRefund,
): Promise<CaseRow> {
  const { personNumber, receivedOn, channel, idempotencyKey } = opening;
  const person = await personToOpen(work, opening);
  const payee = await payeeOf(work, personNumber);
  const { found, isNew } = await openCase(work, {
    kind: requestRefundV1.kind,
    personNumber,
    officeCode: person.officeCode,
    receivedOn,
    idempotencyKey,
    detail: { channel },
  });
  if (!isNew) return found;
  if (payee !== personNumber)
    await setMembers(work, found.id, [{ personNumber: payee, role: "applicant" }]);
  await work.tx.insert(refundClaim).values({ caseId: found.id, payeeNumber: payee, channel });
  await applyEvent(work, {
    caseId: found.id,
    expectedRevision: found.revision,
    event: { type: "enter" },
    idempotencyKey: `${idempotencyKey} enter`,
    input: entry,
  });
  return found;
}
