import { asc, count, desc, eq, inArray } from "drizzle-orm";
import {
  exemptionApplication,
  exemptionCertificate,
  exemptionNotice,
} from "#db/schema/exemptions.ts";
import { requireReleasedAddress } from "#src/platform/letters/index.ts";
import type { Lines } from "#src/platform/lines.ts";
import { lookAtPerson, numbersUnder } from "#src/platform/people/index.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealedOne } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import {
  type ExemptionEndReason,
  exemptionEndReasons,
} from "#workflows/vaccination/exemptions/grounds.ts";

export type ExemptionCertificate = typeof exemptionCertificate.$inferSelect;

/** Numbers of certificates in the order of issue: nine digits and a check digit (M10W21). */
export async function takeCertificateNumbers(work: Work, many: number): Promise<string[]> {
  if (many === 0) return [];
  const [row] = await work.sql<
    { first: number }[]
  >`select exemptions.take_numbers(${many}) as first`;
  if (!row) throw new Error("no numbers");
  return Array.from({ length: many }, (_, index) =>
    withCheckDigit(String(row.first + index).padStart(9, "0")),
  );
}

/** The number in what a reader of codes or a person gives; `undefined` where the check digit does not fit. */
export function readCertificateNumber(code: string): string | undefined {
  const number = code.normalize("NFKC").replace(/[\s-]/g, "");
  return /^\d{10}$/.test(number) && withCheckDigit(number.slice(0, 9)) === number
    ? number
    : undefined;
}

/** How it stands on a day. */
export function certificateState(
  { state, validUntil }: Pick<ExemptionCertificate, "state" | "validUntil">,
  today: IsoDate,
): { title: string; tone: "success" | "neutral" | "error" } {
  if (state === "replaced") return { title: "再交付により無効", tone: "neutral" };
  if (state === "ended") return { title: "取消し・失効", tone: "error" };
  return validUntil < today
    ? { title: "期限切れ", tone: "neutral" }
    : { title: "有効", tone: "success" };
}

export const certificatesOfApplication = (work: Work, applicationId: string) =>
  work.tx
    .select()
    .from(exemptionCertificate)
    .where(eq(exemptionCertificate.applicationId, applicationId))
    .orderBy(desc(exemptionCertificate.number));
export const noticesOfApplication = (work: Work, applicationId: string) =>
  work.tx
    .select()
    .from(exemptionNotice)
    .where(eq(exemptionNotice.applicationId, applicationId))
    .orderBy(asc(exemptionNotice.issuedOn));
/** Certificates of a person under all their numbers, the newest first. */
export const certificatesOfPerson = (work: Work, personNumber: string) =>
  work.tx
    .select()
    .from(exemptionCertificate)
    .where(inArray(exemptionCertificate.personNumber, numbersUnder(personNumber)))
    .orderBy(desc(exemptionCertificate.issuedOn), desc(exemptionCertificate.number));

/** Certificates, the newest first. */
export async function listCertificates(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select()
    .from(exemptionCertificate)
    .orderBy(desc(exemptionCertificate.number))
    .limit(size)
    .offset(from);
  const [total] = await work.tx.select({ all: count() }).from(exemptionCertificate);
  return { rows, total: total?.all ?? 0 };
}

/** A certificate by its number; nothing where there is none to be seen. */
export async function findCertificate(
  work: Work,
  number: string,
): Promise<ExemptionCertificate | undefined> {
  const [row] = await work.tx
    .select()
    .from(exemptionCertificate)
    .where(eq(exemptionCertificate.number, number));
  return row;
}

/** @throws Problem 404 */
export async function readCertificate(work: Work, id: string): Promise<ExemptionCertificate> {
  const [row] = await work.tx
    .select()
    .from(exemptionCertificate)
    .where(eq(exemptionCertificate.id, id));
  if (!row) throw notFound("この確認証は見つかりません。");
  return row;
}

/** Ends a certificate of a run before its time; those of applications end with them. @throws EntryProblem; Problem 403, 404, 409 */
export async function endCertificate(
  work: Work,
  { id, reason, from }: { id: string; reason: string | undefined; from: IsoDate | undefined },
): Promise<void> {
  const row = await readCertificate(work, id);
  if (!reason || !Object.hasOwn(exemptionEndReasons, reason))
    throw new EntryProblem("reason", "理由を選んでください。");
  if (!from || from < row.validFrom || from > work.platform.clock.today())
    throw new EntryProblem(
      "endsFrom",
      "使えなくなる日を、有効期間の始まりから今日までの日で入力してください。例: R8.11.20",
    );
  await refuseInWords(
    work.sql`select exemptions.end_certificate(${id}, ${reason as ExemptionEndReason}, ${from})`,
    "この確認証は、ほかの職員が先に処理しました。",
  );
}

/** 却下・取消通知書 as it was issued. @throws Problem 403 under 支援措置, 404 */
export async function readNotice(work: Work, id: string) {
  const [found] = await work.tx
    .select({ notice: exemptionNotice, serial: exemptionApplication.serial })
    .from(exemptionNotice)
    .innerJoin(exemptionApplication, eq(exemptionApplication.id, exemptionNotice.applicationId))
    .where(eq(exemptionNotice.id, id));
  if (!found) throw notFound("この通知書は見つかりません。");
  await requireReleased(work, found.notice.personNumber);
  return { ...found, pdf: await getSealedOne<Uint8Array>(work, found.notice.sealedId) };
}

/** @throws Problem 403 where the address of the person may not be seen */
export async function requireReleased(work: Work, personNumber: string): Promise<void> {
  const person = await lookAtPerson(work, personNumber, ["facts"]);
  if (person) requireReleasedAddress(work, [person]);
}
