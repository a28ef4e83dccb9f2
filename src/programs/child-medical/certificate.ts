import { certificate } from "#db/schema/child-medical.ts";
import { type CaseRow, type EventDetail, nextNumber } from "#src/platform/cases/index.ts";
import { issueDocument } from "#src/platform/documents/index.ts";
import type { Work } from "#src/platform/work.ts";
import { papersOf } from "./city.ts";
import { certificatesOf, endCertificate, entitlementOf } from "./ledger.ts";
import { makeCertificate } from "./papers.ts";
import type { IssueReason } from "./reasons.ts";

/** Issues (or reissues) the certificate: the paper is kept as issued, the one before becomes invalid. */
export async function issueCertificate(
  work: Work,
  found: CaseRow,
  reason: IssueReason,
): Promise<EventDetail> {
  const granted = await entitlementOf(work, found.id);
  if (!granted) throw new Error("only for an entitlement a certificate is issued");
  const issue = ((await certificatesOf(work, granted.id))[0]?.issue ?? 0) + 1;
  const made = await makeCertificate(work, granted, { issue });
  const today = work.platform.clock.today();
  const { certificatePrefix } = await papersOf(work);
  const document = await issueDocument(work, {
    number: `${certificatePrefix}${await nextNumber(work, "child-medical.certificate", today)}号`,
    kind: "certificate",
    case: found,
    ...made,
  });
  await endCertificate(work, granted.id, "replaced");
  await work.tx.insert(certificate).values({
    entitlementId: granted.id,
    caseId: found.id,
    issue,
    reason,
    documentId: document.id,
    issuedOn: today,
  });
  return { issue, reason, document: document.number };
}
