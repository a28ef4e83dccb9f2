import { hash } from "node:crypto";
import { recordAudit } from "../audit/write.ts";
import { getCase } from "../cases/index.ts";
import { lookAtPeople } from "../people/index.ts";
import { notFound, Problem } from "../problem.ts";
import { getSealedOne } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { type AddedTo, type Owner, peopleOf, sealFor } from "./owner.ts";
import { type AttachmentType, checkScan } from "./scans.ts";

export interface Attachment {
  id: string;
  /** The 事務 of a scan on a person. */
  program: string | null;
  documentCode: string | null;
  mediaType: AttachmentType;
  bytes: number;
  addedAt: Date;
  staffName: string;
}

/**
 * Keeps a scan of what was handed in, sealed with the key of the subject of the case or of the person.
 *
 * @param documentCode the required document that it is; null for another one
 * @throws EntryProblem for a file that is too large, of another sort, or cannot be shown
 */
export async function addAttachment(
  work: Work,
  owner: AddedTo,
  { bytes, documentCode }: { bytes: Uint8Array; documentCode: string | null },
): Promise<void> {
  const mediaType = await checkScan(bytes);
  const sealedId = await sealFor(work, owner, "attachment", bytes);
  const digest = hash("sha256", bytes);
  // By name: what the database sets itself may not even be named.
  await ("caseId" in owner
    ? work.sql`
        insert into intake.attachment (case_id, document_code, media_type, bytes, sha256, sealed_id)
        values (${owner.caseId}, ${documentCode}, ${mediaType}, ${bytes.length}, ${digest}, ${sealedId})`
    : work.sql`select intake.add_attachment_to_person(
        ${owner.personNumber}, ${owner.program}, ${documentCode}, ${mediaType}, ${bytes.length}, ${digest}, ${sealedId})`);
}

type Row = Attachment & { sealedId: string };

async function rowsOf(work: Work, owner: Owner): Promise<Row[]> {
  return work.sql<Row[]>`
    select a.id, a.program, a.document_code as "documentCode", a.media_type as "mediaType", a.bytes,
           a.added_at as "addedAt", s.display_name as "staffName", a.sealed_id as "sealedId"
      from ${
        "caseId" in owner
          ? work.sql`(select * from intake.attachment where case_id = ${owner.caseId})`
          : work.sql`intake.attachments_of_person(${owner.personNumber})`
      } a join access.staff s on s.id = a.added_by
     where a.withdrawn_at is null order by a.added_at, a.id`;
}

/** Scans of a case, or those on a person that this member of staff may see, that were not taken back; the oldest first. */
export const attachmentsOf = async (work: Work, owner: Owner): Promise<Attachment[]> =>
  (await rowsOf(work, owner)).map(({ sealedId: _, addedAt, ...row }) => ({
    ...row,
    addedAt: new Date(addedAt),
  }));

async function attachmentOf(work: Work, owner: Owner, id: string): Promise<Row> {
  const row = (await rowsOf(work, owner)).find((one) => one.id === id);
  if (!row) throw notFound("添付が見つかりません。");
  return row;
}

/**
 * The bytes of a scan as they were received; each look is logged. A scan shows what stands on paper, the address too.
 *
 * @throws Problem 404, or 403 where somebody whom it concerns is protected and their address may not be seen
 */
export async function readAttachment(
  work: Work,
  owner: Owner,
  id: string,
): Promise<{ mediaType: AttachmentType; bytes: Uint8Array }> {
  const { mediaType, sealedId } = await attachmentOf(work, owner, id);
  const people = await lookAtPeople(work, await peopleOf(work, owner), ["facts"]);
  if (people.some(({ addressMasked }) => addressMasked)) {
    throw new Problem({
      status: 403,
      message: "支援措置の対象者です。添付は、住所を扱う権限のある職員が開いてください。",
    });
  }
  return { mediaType, bytes: await getSealedOne<Uint8Array>(work, sealedId) };
}

/** Takes back a scan that was added by mistake. @throws Problem 404 */
export async function withdrawAttachment(work: Work, owner: Owner, id: string): Promise<void> {
  await attachmentOf(work, owner, id);
  await work.sql`select intake.withdraw_attachment(${id})`;
  const concerned =
    "caseId" in owner ? await getCase(work, owner.caseId) : { ...owner, number: undefined };
  await recordAudit(work, {
    kind: "change",
    action: "attachment.withdrawn",
    persons: [concerned.personNumber],
    ...(concerned.number ? { detail: { case: concerned.number } } : {}),
  });
}
