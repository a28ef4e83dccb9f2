import { hash } from "node:crypto";
import { and, asc, eq, isNull } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { attachment } from "#db/schema/intake.ts";
import { recordAudit } from "../audit/write.ts";
import { getCase, peopleOfCase } from "../cases/index.ts";
import { lookAtPeople } from "../people/index.ts";
import { EntryProblem, notFound, Problem } from "../problem.ts";
import { getSealedOne, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

type Row = typeof attachment.$inferSelect;
export type AttachmentType = Row["mediaType"];

/** What a scan may be, by its first bytes: what a browser says of a file is not believed. */
const signatures: Readonly<Record<AttachmentType, readonly number[]>> = {
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
  "image/png": [0x89, 0x50, 0x4e, 0x47],
  "image/jpeg": [0xff, 0xd8, 0xff],
};

/** Bytes of a scan at most. */
export const largestAttachment = 10 * 1024 * 1024;

export interface Attachment extends Pick<Row, "id" | "documentCode" | "mediaType" | "bytes"> {
  addedAt: Date;
  staffName: string;
}

function mediaTypeOf(bytes: Uint8Array): AttachmentType | undefined {
  return (Object.keys(signatures) as AttachmentType[]).find((type) =>
    signatures[type].every((byte, at) => bytes[at] === byte),
  );
}

/**
 * Keeps a scan of what was handed in, sealed with the key of the subject of the case.
 *
 * @param documentCode the required document that it is; null for another one
 * @throws EntryProblem for a file that is too large or of another sort
 */
export async function addAttachment(
  work: Work,
  caseId: string,
  { bytes, documentCode }: { bytes: Uint8Array; documentCode: string | null },
): Promise<void> {
  const found = await getCase(work, caseId);
  if (bytes.length > largestAttachment) throw new EntryProblem("scan", "ファイルは10MBまでです。");
  const mediaType = mediaTypeOf(bytes);
  if (!mediaType) throw new EntryProblem("scan", "PDF、PNG、JPEGのファイルを選んでください。");
  const sealedId = await putSealed(work, {
    holder: found.personNumber,
    program: found.program,
    kind: "attachment",
    caseId,
    data: bytes,
  });
  // By name: what the database sets itself may not even be named.
  await work.sql`
    insert into intake.attachment (case_id, document_code, media_type, bytes, sha256, sealed_id)
    values (${caseId}, ${documentCode}, ${mediaType}, ${bytes.length}, ${hash("sha256", bytes)}, ${sealedId})`;
}

/** Scans of a case that were not taken back, the oldest first. */
export function attachmentsOf(work: Work, caseId: string): Promise<Attachment[]> {
  return work.tx
    .select({
      id: attachment.id,
      documentCode: attachment.documentCode,
      mediaType: attachment.mediaType,
      bytes: attachment.bytes,
      addedAt: attachment.addedAt,
      staffName: staff.displayName,
    })
    .from(attachment)
    .innerJoin(staff, eq(staff.id, attachment.addedBy))
    .where(and(eq(attachment.caseId, caseId), isNull(attachment.withdrawnAt)))
    .orderBy(asc(attachment.addedAt));
}

/**
 * The bytes of a scan of a case; each look is logged. A scan shows what stands on paper, the address too.
 *
 * @throws Problem 404, or 403 where somebody of the case is protected and their address may not be seen
 */
export async function readAttachment(
  work: Work,
  caseId: string,
  id: string,
): Promise<{ mediaType: AttachmentType; bytes: Uint8Array }> {
  const { mediaType, sealedId } = await attachmentOf(work, caseId, id);
  const people = await lookAtPeople(work, await peopleOfCase(work, caseId), ["facts"]);
  if (people.some(({ addressMasked }) => addressMasked)) {
    throw new Problem({
      status: 403,
      message: "支援措置の対象者です。添付は、住所を扱う権限のある職員が開いてください。",
    });
  }
  return { mediaType, bytes: await getSealedOne<Uint8Array>(work, sealedId) };
}

async function attachmentOf(work: Work, caseId: string, id: string): Promise<Row> {
  const [row] = await work.tx
    .select()
    .from(attachment)
    .where(
      and(eq(attachment.id, id), eq(attachment.caseId, caseId), isNull(attachment.withdrawnAt)),
    );
  if (!row) throw notFound("添付が見つかりません。");
  return row;
}

/** Takes back a scan that was added by mistake. @throws Problem 404 */
export async function withdrawAttachment(work: Work, caseId: string, id: string): Promise<void> {
  const found = await getCase(work, caseId);
  await attachmentOf(work, caseId, id);
  await work.sql`select intake.withdraw_attachment(${id})`;
  await recordAudit(work, {
    kind: "change",
    action: "attachment.withdrawn",
    persons: [found.personNumber],
    detail: { case: found.number },
  });
}
