import { type CertificateData, type Form, formOf } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recordAudit } from "../audit/write.ts";
import { peopleOfCase } from "../cases/index.ts";
import { type Certificate, findCertificate, isPrintedAgain } from "../entitlements/index.ts";
import { makePaper, requireReleasedAddress, type Unissued } from "../letters/index.ts";
import { lookAtPeople } from "../people/index.ts";
import { conflict, notFound } from "../problem.ts";
import { getSealedOne } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { AnyApplicationKind } from "./kind.ts";

/**
 * A certificate that a run issued (一括交付), with its entitlement, of a 事務.
 *
 * @throws Problem 404 where it is not there, not visible to this person, or has a document of its own; 409 where it cannot be printed again
 */
export async function certificateOfRun(work: Work, program: string, certificateId: string) {
  const found = await findCertificate(work, program, certificateId);
  if (!found?.certificate.runId) throw notFound("証が見つかりません。");
  const { sealedId, templateVersion } = found.certificate;
  if (sealedId === null || templateVersion === null)
    throw conflict("内容を保存していない証は、印刷し直せません。", [
      "受給者証の再交付で、新しい証を交付してください。",
    ]);
  if (!isPrintedAgain(found.certificate)) throw conflict("無効にした証は、印刷し直せません。");
  return { ...found, sealedId, templateVersion };
}

/**
 * Prints a certificate of a run again as it was issued: number, days, name and address, form and setting of then. It is no
 * new issue; each time is recorded.
 *
 * @throws Problem 403 for a protected person whose address may not be seen, else as {@link certificateOfRun}
 */
export async function reprintCertificate(
  work: Work,
  { program, letters }: Pick<AnyApplicationKind, "program" | "letters">,
  certificateId: string,
): Promise<{ certificate: Certificate; pdf: Uint8Array }> {
  const found = await certificateOfRun(work, program, certificateId);
  const { certificate, entitled, sealedId, templateVersion } = found;
  const { caseId, personNumber, officeCode, recipientNumber } = entitled;
  // Of any person of its case, as for kept papers: it may name them too.
  const named = await lookAtPeople(work, await peopleOfCase(work, caseId), ["facts"]);
  requireReleasedAddress(work, named);
  const data = await getSealedOne<Unissued<CertificateData>>(work, sealedId);
  const { pdf } = await makePaper(work, letters.papers, {
    form: formOf(templateVersion) as Form<CertificateData>,
    data,
    subject: { caseId, personNumber, officeCode },
    sample: false,
    issued: { setting: certificate.formSettingId, on: certificate.issuedOn as IsoDate },
  });
  await recordAudit(work, {
    kind: "print",
    action: "certificate.printed",
    persons: [personNumber],
    detail: { number: recipientNumber, issue: certificate.issue, run: certificate.runId },
  });
  return { certificate, pdf };
}
