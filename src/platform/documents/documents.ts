import { hash } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { document, print } from "#db/schema/documents.ts";
import { recordAudit } from "../audit/write.ts";
import { peopleOfCase } from "../cases/index.ts";
import { lookAtPeople } from "../people/index.ts";
import type { PaperVersion } from "../printing/index.ts";
import { notFound, Problem } from "../problem.ts";
import { isUuid } from "../uuid.ts";
import { getSealedOne, putSealed } from "../vault/sealed-records.ts";
import type { Work } from "../work.ts";

export type IssuedDocument = typeof document.$inferSelect;

export interface NewDocument {
  /** 文書番号. */
  number: string;
  kind: string;
  /** With which form and setting it was printed. */
  paper: PaperVersion;
  case: { id: string; program: string; personNumber: string; officeCode: string };
  pdf: Uint8Array;
}

/** Keeps a paper as it is issued: sealed bytes, their hash, number, form and setting. */
export async function issueDocument(work: Work, made: NewDocument): Promise<IssuedDocument> {
  const { id: caseId, program, personNumber, officeCode } = made.case;
  const sealedId = await putSealed(work, {
    holder: personNumber,
    program,
    kind: "document",
    caseId,
    data: made.pdf,
  });
  const [row] = await work.tx
    .insert(document)
    .values({
      number: made.number,
      program,
      kind: made.kind,
      templateVersion: made.paper.template,
      formSettingId: made.paper.setting,
      caseId,
      personNumber,
      officeCode,
      sealedId,
      sha256: hash("sha256", made.pdf),
      issuedOn: work.platform.clock.today(),
    })
    .returning();
  if (!row) throw new Error("the document was not kept");
  await recordAudit(work, {
    kind: "change",
    action: "document.issued",
    persons: [personNumber],
    detail: { document: made.number, kind: made.kind },
  });
  return row;
}

/** Papers of a case in the order they were issued. */
export function documentsOf(work: Work, caseId: string): Promise<IssuedDocument[]> {
  return work.tx
    .select()
    .from(document)
    .where(eq(document.caseId, caseId))
    .orderBy(asc(document.issuedAt));
}

/** @throws Problem 404 when it is not there or not visible to this person */
export async function documentOf(work: Work, documentId: string): Promise<IssuedDocument> {
  const [found] = isUuid(documentId)
    ? await work.tx.select().from(document).where(eq(document.id, documentId))
    : [];
  if (!found) throw notFound("文書が見つかりません。");
  return found;
}

/**
 * The bytes of a paper as it was issued, for printing it (again). Each time is recorded.
 *
 * @throws Problem 404, or 403 for a protected person whose address may not be seen; Error when the bytes are not those that were issued
 */
export async function printDocument(
  work: Work,
  documentId: string,
): Promise<{ document: IssuedDocument; pdf: Uint8Array }> {
  const found = await documentOf(work, documentId);
  // Of any person of its case: the paper may name them too, and the vault refuses it then.
  const numbers = found.caseId ? await peopleOfCase(work, found.caseId) : [found.personNumber];
  const persons = await lookAtPeople(work, numbers, ["facts"]);
  if (persons.some(({ addressMasked }) => addressMasked)) {
    throw new Problem({
      status: 403,
      message: "支援措置の対象者です。発行した文書は、住所を扱う権限のある職員が開いてください。",
    });
  }
  const pdf = await getSealedOne<Uint8Array>(work, found.sealedId);
  if (hash("sha256", pdf) !== found.sha256)
    throw new Error("the document is not the one that was issued");
  await work.tx.insert(print).values({ documentId });
  await recordAudit(work, {
    kind: "print",
    action: "document.printed",
    persons: [found.personNumber],
    detail: { document: found.number },
  });
  return { document: found, pdf };
}
