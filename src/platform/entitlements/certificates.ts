import { and, desc, eq, getTableColumns, gte, inArray, lte } from "drizzle-orm";
import { certificate, entitlement } from "#db/schema/entitlements.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Step } from "../cases/index.ts";
import { isUuid } from "../uuid.ts";
import type { Work } from "../work.ts";

/** 受給者証: an issue of it, and how it ended. */
export type Certificate = typeof certificate.$inferSelect;
export type IssueReason = Certificate["reason"];

export const issueReasonTitles = {
  first: "新規交付",
  lost: "紛失・盗難",
  damaged: "汚損・破損",
  changed: "記載事項の変更",
  renewal: "更新",
  other: "その他",
} as const satisfies Record<IssueReason, string>;

/** Why somebody asks for it again. */
export const reissueReasonTitles = {
  lost: issueReasonTitles.lost,
  damaged: issueReasonTitles.damaged,
  changed: issueReasonTitles.changed,
  other: issueReasonTitles.other,
} as const;

export const certificateEndingTitles = {
  replaced: "再交付により無効",
  returned: "返還",
  cancelled: "無効",
  "lost-entitlement": "資格喪失により失効",
  revoked: "職権取消により失効",
  suspended: "停止により使えない",
  expired: "有効期間満了により失効",
} as const satisfies Record<NonNullable<Certificate["ending"]>, string>;

/** Every issue of the certificates of some entitlements, the newest first. */
export async function certificatesOf(
  work: Work,
  entitlementIds: readonly string[],
): Promise<Certificate[]> {
  if (entitlementIds.length === 0) return [];
  return work.tx
    .select()
    .from(certificate)
    .where(inArray(certificate.entitlementId, [...entitlementIds]))
    .orderBy(desc(certificate.issuedOn), desc(certificate.issue));
}

/** A certificate of a 事務 with its entitlement; `undefined` where it is not there or not visible to this person. */
export async function findCertificate(work: Work, program: string, certificateId: string) {
  if (!isUuid(certificateId)) return undefined;
  const [row] = await work.tx
    .select({ certificate, entitled: entitlement })
    .from(certificate)
    .innerJoin(entitlement, eq(entitlement.id, certificate.entitlementId))
    .where(and(eq(entitlement.program, program), eq(certificate.id, certificateId)));
  return row;
}

/** Whether what a certificate of a run says was kept, so that it can be printed again; one that is 無効 (or never went out) is not. */
export const isPrintedAgain = ({ sealedId, ending }: Pick<Certificate, "sealedId" | "ending">) =>
  sealedId !== null && ending !== "cancelled";

/** Certificates that a run issued to some persons and that can be printed again, by person; those this person may see. */
export async function certificatesOfRun(
  work: Work,
  runId: string,
  personNumbers: readonly string[],
): Promise<Map<string, string>> {
  const rows = await work.tx
    .select({ ...getTableColumns(certificate), personNumber: entitlement.personNumber })
    .from(certificate)
    .innerJoin(entitlement, eq(entitlement.id, certificate.entitlementId))
    .where(
      and(eq(certificate.runId, runId), inArray(entitlement.personNumber, [...personNumbers])),
    );
  return new Map(rows.filter(isPrintedAgain).map(({ personNumber, id }) => [personNumber, id]));
}

/** The number of the next issue of a certificate of an entitlement, from 1. */
export const nextIssue = (
  issued: readonly Certificate[],
  entitlementId: string,
  kind = "card",
): number =>
  1 +
  Math.max(
    0,
    ...issued
      .filter((one) => one.entitlementId === entitlementId && one.kind === kind)
      .map(({ issue }) => issue),
  );

/** Issues a certificate (again) with the paper that this step made; the one before becomes invalid. */
export async function recordIssue(
  work: Work,
  { found }: Step,
  issued: {
    entitlementId: string;
    documentId: string;
    reason: IssueReason;
    kind?: string;
    /** Last day that it says. */
    until: IsoDate;
  },
): Promise<number> {
  const { entitlementId, documentId, reason, kind = "card", until } = issued;
  const [row] = await work.sql<{ issue: number }[]>`
    select entitlements.issue_certificate(${entitlementId}, ${found.id}, ${kind}, ${reason}, ${documentId}, ${until}) as issue`;
  if (!row) throw new Error("the certificate was not recorded");
  return row.issue;
}

/** 返還 or 無効 of the valid certificates of a case: of all its persons and sorts, or of one entitlement, of one sort. */
export async function endCertificates(
  work: Work,
  { found }: Step,
  how: "returned" | "cancelled",
  {
    entitlementId = null,
    sort = null,
  }: { entitlementId?: string | null | undefined; sort?: string | null | undefined },
): Promise<void> {
  await work.sql`select entitlements.end_certificates(${found.id}, ${entitlementId}, ${sort}, ${how})`;
}

/** The issue of a certificate as its statement names it, with whom it belongs to; what only the register knows. */
export async function findIssue(
  work: Work,
  of: { program: string; recipientNumber: string; from: string; issue: number; kind?: string },
): Promise<{ ending: Certificate["ending"]; personNumber: string } | undefined> {
  const [row] = await work.tx
    .select({ ending: certificate.ending, personNumber: entitlement.personNumber })
    .from(certificate)
    .innerJoin(entitlement, eq(entitlement.id, certificate.entitlementId))
    .where(
      and(
        eq(entitlement.program, of.program),
        eq(entitlement.recipientNumber, of.recipientNumber),
        lte(entitlement.validFrom, of.from),
        gte(entitlement.grantedTo, of.from),
        eq(certificate.kind, of.kind ?? "card"),
        eq(certificate.issue, of.issue),
      ),
    );
  return row;
}
