import { hash } from "node:crypto";
import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { blackout, checkedPage, packageRow } from "#db/schema/relief.ts";
import { type Box, blackOut, type Picture } from "#src/formats/blackout/picture.ts";
import { picturesAsPdf } from "#src/formats/blackout/pictures-pdf.ts";
import { countPages, drawPages, UnreadableScan } from "#src/formats/blackout/scan-pages.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import {
  type Attachment,
  attachmentsOf,
  readAttachment,
  scanToShow,
} from "#src/platform/notes/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import { getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";

/** A box that is blacked out, and its number. */
export type Blackout = Box & { id: number };

/** A page of a scan with what is blacked out on it, and whether somebody looked it through since. */
export interface PageToCheck {
  page: number;
  boxes: Blackout[];
  checked: boolean;
}

/** A scan of the case with its pages. */
export interface ScanToCheck {
  attachment: Attachment;
  /** None where it cannot be drawn. */
  pages: PageToCheck[];
  unreadable: boolean;
}

const unreadable = () =>
  new Problem({
    status: 422,
    message: "開けない添付があります。パスワードのないPDFか画像で添付し直してください。",
  });

async function shown(work: Work, caseId: string, attachmentId: string) {
  return scanToShow(await readAttachment(work, { caseId }, attachmentId));
}

async function boxesOf(work: Work, caseId: string) {
  return work.tx
    .select()
    .from(blackout)
    .where(and(eq(blackout.caseId, caseId), isNull(blackout.takenBackAt)))
    .orderBy(asc(blackout.id));
}

/** Every scan of a case with its pages; each is opened to count them, and that is logged. */
export async function scansToCheck(work: Work, caseId: string): Promise<ScanToCheck[]> {
  const boxes = await boxesOf(work, caseId);
  const checked = await work.tx.select().from(checkedPage).where(eq(checkedPage.caseId, caseId));
  const scans: ScanToCheck[] = [];
  for (const attachment of await attachmentsOf(work, { caseId })) {
    const count = await shown(work, caseId, attachment.id)
      .then(countPages)
      .catch((error: unknown) => {
        if (error instanceof UnreadableScan) return undefined;
        throw error;
      });
    const isOf = (one: { attachmentId: string; page: number }, page: number) =>
      one.attachmentId === attachment.id && one.page === page;
    scans.push({
      attachment,
      unreadable: count === undefined,
      pages: Array.from({ length: count ?? 0 }, (_, at) => ({
        page: at + 1,
        boxes: boxes.filter((one) => isOf(one, at + 1)),
        checked: checked.some((one) => isOf(one, at + 1)),
      })),
    });
  }
  return scans;
}

/** A page as it will go out: what is marked is black already. @throws Problem 404, 422 */
export async function pageToShow(
  work: Work,
  caseId: string,
  { attachmentId, page }: { attachmentId: string; page: number },
): Promise<Picture> {
  const scan = await shown(work, caseId, attachmentId);
  const boxes = (await boxesOf(work, caseId)).filter(
    (one) => one.attachmentId === attachmentId && one.page === page,
  );
  try {
    for await (const picture of drawPages(scan, page)) return blackOut(picture, boxes);
  } catch (error) {
    if (error instanceof UnreadableScan) throw unreadable();
    throw error;
  }
  throw notFound("このページはありません。");
}

export const markBlackout = async (
  work: Work,
  caseId: string,
  { attachmentId, page, left, top, width, height }: Box & { attachmentId: string; page: number },
): Promise<void> => {
  await work.sql`select relief.black_out(${caseId}, ${attachmentId}, ${page}, ${left}, ${top}, ${width}, ${height})`;
};

export const takeBackBlackout = async (work: Work, id: number): Promise<void> => {
  await work.sql`select relief.take_back_blackout(${id})`;
};

/** That somebody looked a page through, and no 個人番号 is left to be seen. */
export const checkPage = async (
  work: Work,
  caseId: string,
  { attachmentId, page }: { attachmentId: string; page: number },
): Promise<void> => {
  await work.sql`select relief.check_page(${caseId}, ${attachmentId}, ${page})`;
};

/**
 * Makes the copy for the prefecture: pictures of all pages of all scans, with what is marked black in the picture itself.
 *
 * @throws Problem 422 where there is no scan, one cannot be opened, or a page was not looked through
 */
export async function makePackage(
  work: Work,
  { id, personNumber, program }: CaseRow,
): Promise<void> {
  const scans = await scansToCheck(work, id);
  if (scans.length === 0)
    throw new Problem({ status: 422, message: "添付がありません。書類の写しを添付してください。" });
  if (scans.some((one) => one.unreadable)) throw unreadable();
  const unchecked = scans.flatMap(({ pages }) => pages.filter(({ checked }) => !checked));
  if (unchecked.length > 0)
    throw new Problem({
      status: 422,
      message: `個人番号を確かめていないページが${unchecked.length}枚あります。`,
    });
  const { pdf } = await picturesAsPdf(blackedOut(work, id, scans));
  const sealedId = await putSealed(work, {
    holder: personNumber,
    program,
    kind: "relief-package",
    caseId: id,
    data: pdf,
  });
  await work.sql`select relief.keep_package(${id}, ${scans.map(({ attachment }) => attachment.id)}::uuid[],
    ${scans.map(({ pages }) => pages.length)}::int[], ${sealedId}, ${hash("sha256", pdf)})`;
}

async function* blackedOut(
  work: Work,
  caseId: string,
  scans: readonly ScanToCheck[],
): AsyncGenerator<Picture> {
  for (const { attachment, pages } of scans) {
    let at = 0;
    for await (const picture of drawPages(await shown(work, caseId, attachment.id)))
      yield blackOut(picture, pages[at++]?.boxes ?? []);
  }
}

/** A copy that was made, with its scans in their order. */
export interface MadePackage {
  id: string;
  pages: number;
  blackouts: number;
  madeAt: Date;
  madeBy: number;
  sha256: string;
  sealedId: string;
  scans: { documentCode: string | null; pages: number }[];
}

/** The copy that was made last. */
export async function newestPackage(work: Work, caseId: string): Promise<MadePackage | undefined> {
  const [row] = await work.tx
    .select()
    .from(packageRow)
    .where(eq(packageRow.caseId, caseId))
    .orderBy(desc(packageRow.madeAt))
    .limit(1);
  if (!row) return undefined;
  const codes = new Map(
    (await attachmentsOf(work, { caseId })).map(({ id, documentCode }) => [id, documentCode]),
  );
  return {
    ...row,
    scans: row.scans.map((id, at) => ({
      documentCode: codes.get(id) ?? null,
      pages: row.counts[at] ?? 0,
    })),
  };
}

/** The bytes of a copy as it was made. @throws Problem 404; Error where they are not those that were kept */
export async function readPackage(work: Work, caseId: string): Promise<Uint8Array> {
  const made = await newestPackage(work, caseId);
  if (!made) throw notFound("進達する写しは、まだ作られていません。");
  const pdf = await getSealedOne<Uint8Array>(work, made.sealedId);
  if (hash("sha256", pdf) !== made.sha256) throw new Error("the copy is not the one that was made");
  return pdf;
}
