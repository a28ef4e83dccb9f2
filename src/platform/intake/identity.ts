import { eq } from "drizzle-orm";
import { z } from "zod";
import { identityCheck } from "#db/schema/intake.ts";
import type { Handler } from "../cases/index.ts";
import type { Work } from "../work.ts";
import { parse } from "./errors.ts";

export type IdentityCheck = typeof identityCheck.$inferSelect;

/** Ways of identity check at intake (番号法16条; ACQ-1). */
export const identityMethodTitles = {
  "number-card": "個人番号カード",
  "notification-card": "通知カード等と写真付き書類1点",
  "two-documents": "写真のない書類2点",
} as const;

/** With a photograph. */
export const photoDocumentTitles = {
  licence: "運転免許証",
  passport: "旅券",
  "residence-card": "在留カード・特別永住者証明書",
  "disability-handbook": "障害者手帳",
} as const;

/** Without a photograph: two of them are asked for. */
export const plainDocumentTitles = {
  "health-insurance": "健康保険の資格確認書",
  pension: "年金手帳・基礎年金番号通知書",
  "mother-child-handbook": "母子健康手帳",
  "family-register": "戸籍謄抄本",
  "tax-notice": "税・公共料金の領収書",
} as const;

export const identityDocumentTitles = { ...photoDocumentTitles, ...plainDocumentTitles } as const;

const documentCode = z.enum(
  Object.keys(identityDocumentTitles) as [keyof typeof identityDocumentTitles],
);

/** The person who stands at the counter: the applicant, or an agent with a 委任状. */
export const identitySchema = z
  .strictObject({
    subject: z.enum(["applicant", "agent"]),
    method: z.enum(
      ["number-card", "notification-card", "two-documents"],
      "確認の方法を選んでください。",
    ),
    documents: z.array(documentCode),
    mandateSeen: z.boolean(),
  })
  .superRefine((value, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const photos = value.documents.filter((code) => code in photoDocumentTitles).length;
    const distinct = new Set(value.documents).size;
    if (value.method === "notification-card" && photos < 1) {
      issue("documents", "写真付きの書類を1点選んでください。");
    }
    if (value.method === "two-documents" && distinct < 2)
      issue("documents", "書類を2点選んでください。");
    if (value.subject === "agent" && !value.mandateSeen) {
      issue("mandateSeen", "代理人の場合は、委任状を確認してください。");
    }
  });

/** Identity check of the person at the counter, for an application or a report; made by a step of the act `identify`. */
export const recordIdentity: Handler = async (work, { found, input }) => {
  const made = parse(identitySchema, input);
  await work.tx
    .insert(identityCheck)
    .values({ ...made, caseId: found.id, checkedOn: work.platform.clock.today() });
  return { subject: made.subject, method: made.method };
};

/** Identity checks of a case, the oldest first. */
export function identityChecksOf(work: Work, caseId: string): Promise<IdentityCheck[]> {
  return work.tx
    .select()
    .from(identityCheck)
    .where(eq(identityCheck.caseId, caseId))
    .orderBy(identityCheck.checkedAt);
}
