import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import {
  certificate,
  documentCheck,
  entitlement,
  entitlementRecord,
  identityCheck,
  recipient,
} from "#db/schema/child-medical.ts";
import { nextInSeries } from "#src/platform/cases/index.ts";
import { getSealedOne } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import type { Application } from "./application.ts";

export type Entitlement = typeof entitlement.$inferSelect;
export type Certificate = typeof certificate.$inferSelect;
export type IdentityCheck = typeof identityCheck.$inferSelect;

/** 受給者番号 of a child: six digits of a sequence and a check digit, one for life. */
export async function recipientNumberOf(work: Work, personNumber: string): Promise<string> {
  const [known] = await work.tx
    .select()
    .from(recipient)
    .where(eq(recipient.personNumber, personNumber));
  if (known) return known.recipientNumber;
  const base = String(await nextInSeries(work, "child-medical.recipient")).padStart(6, "0");
  const recipientNumber = withCheckDigit(base);
  await work.tx.insert(recipient).values({ personNumber, recipientNumber });
  return recipientNumber;
}

/** The entitlement that a case granted. */
export async function entitlementOf(work: Work, caseId: string): Promise<Entitlement | undefined> {
  const [row] = await work.tx.select().from(entitlement).where(eq(entitlement.caseId, caseId));
  return row;
}

export async function findEntitlement(work: Work, id: string): Promise<Entitlement | undefined> {
  const [row] = await work.tx.select().from(entitlement).where(eq(entitlement.id, id));
  return row;
}

/** Entitlements of a child, the newest first. */
export function entitlementsOf(work: Work, personNumber: string): Promise<Entitlement[]> {
  return work.tx
    .select()
    .from(entitlement)
    .where(eq(entitlement.personNumber, personNumber))
    .orderBy(desc(entitlement.validFrom));
}

/** Every issue of the certificate, the newest first. */
export function certificatesOf(work: Work, entitlementId: string): Promise<Certificate[]> {
  return work.tx
    .select()
    .from(certificate)
    .where(eq(certificate.entitlementId, entitlementId))
    .orderBy(desc(certificate.issue));
}

/** Ends the certificate that is valid now, if there is one. */
export async function endCertificate(
  work: Work,
  entitlementId: string,
  ending: NonNullable<Certificate["ending"]>,
): Promise<void> {
  await work.tx
    .update(certificate)
    .set({ endedOn: work.platform.clock.today(), ending })
    .where(and(eq(certificate.entitlementId, entitlementId), isNull(certificate.endedOn)));
}

/** Guardian, insurance, account and mailing address as they hold on a day (today); opened, and that is logged. */
export async function currentData(
  work: Work,
  entitlementId: string,
  on: IsoDate = work.platform.clock.today(),
): Promise<Application> {
  const rows = await work.tx
    .select()
    .from(entitlementRecord)
    .where(eq(entitlementRecord.entitlementId, entitlementId))
    .orderBy(desc(entitlementRecord.effectiveFrom), desc(entitlementRecord.id));
  const row = rows.find(({ effectiveFrom }) => effectiveFrom <= on) ?? rows.at(-1);
  if (!row) throw new Error("an entitlement always has its data");
  return getSealedOne<Application>(work, row.sealedId);
}

/** The data as they held before a report of change, whether it was applied already or not. */
export async function dataBefore(
  work: Work,
  reported: { caseId: string; entitlementId: string; occursOn: string },
): Promise<Application> {
  const rows = await work.tx
    .select()
    .from(entitlementRecord)
    .where(
      and(
        eq(entitlementRecord.entitlementId, reported.entitlementId),
        ne(entitlementRecord.caseId, reported.caseId),
      ),
    )
    .orderBy(desc(entitlementRecord.effectiveFrom), desc(entitlementRecord.id));
  const row = rows.find(({ effectiveFrom }) => effectiveFrom <= reported.occursOn) ?? rows.at(-1);
  if (!row) throw new Error("an entitlement always has its data");
  return getSealedOne<Application>(work, row.sealedId);
}

/** From which day which report or application set the data, the newest first. */
export function recordsOf(
  work: Work,
  entitlementId: string,
): Promise<{ effectiveFrom: string; caseId: string; number: string }[]> {
  return work.tx
    .select({
      effectiveFrom: entitlementRecord.effectiveFrom,
      caseId: caseRow.id,
      number: caseRow.number,
    })
    .from(entitlementRecord)
    .innerJoin(caseRow, eq(caseRow.id, entitlementRecord.caseId))
    .where(eq(entitlementRecord.entitlementId, entitlementId))
    .orderBy(desc(entitlementRecord.effectiveFrom), desc(entitlementRecord.id));
}

/** Notes the data that hold from a day on. */
export async function recordData(
  work: Work,
  made: { entitlementId: string; caseId: string; sealedId: string; effectiveFrom: IsoDate },
): Promise<void> {
  await work.tx.insert(entitlementRecord).values(made);
}

export function identityChecksOf(work: Work, caseId: string): Promise<IdentityCheck[]> {
  return work.tx
    .select()
    .from(identityCheck)
    .where(eq(identityCheck.caseId, caseId))
    .orderBy(identityCheck.checkedAt);
}

export function documentChecksOf(
  work: Work,
  caseId: string,
): Promise<(typeof documentCheck.$inferSelect)[]> {
  return work.tx.select().from(documentCheck).where(eq(documentCheck.caseId, caseId));
}

/** Ends an entitlement: `lostOn` is the first day without it; a revoked one never held. */
export async function endEntitlement(
  work: Work,
  entitlementId: string,
  {
    status,
    lostOn,
    validTo,
    reason,
  }: {
    status: "lost" | "revoked";
    lostOn: string;
    validTo?: IsoDate;
    reason: string;
  },
): Promise<void> {
  await work.tx
    .update(entitlement)
    .set({ status, lostOn, lossReason: reason, ...(validTo ? { validTo } : {}) })
    .where(eq(entitlement.id, entitlementId));
}
