import { desc, eq } from "drizzle-orm";
import { refundDetail } from "#db/schema/intractable-money.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";

/** What an application for 償還払い is, in codes. */
export type RefundDetail = typeof refundDetail.$inferSelect;

/** 請求理由種別. */
export const refundReasons = {
  "before-recognition": "認定前（遡り期間）の受診",
  "not-shown": "受給者証を提示できなかった受診",
  "above-cap": "上限月額を超えて支払った",
  "institution-error": "医療機関の誤り",
  other: "その他",
} as const satisfies Record<RefundDetail["reason"], string>;

/** 認定区分. */
export const recognitionTitles = {
  new: "新規",
  renewal: "更新",
  change: "変更",
  transfer: "転入",
} as const satisfies Record<RefundDetail["recognition"], string>;

/** What was said last of a claim; nothing before anybody did. */
export async function refundDetailOf(
  work: Work,
  caseId: string,
): Promise<RefundDetail | undefined> {
  const [row] = await work.tx
    .select()
    .from(refundDetail)
    .where(eq(refundDetail.caseId, caseId))
    .orderBy(desc(refundDetail.number))
    .limit(1);
  return row;
}

/**
 * Says what a claim is, while it is open.
 *
 * @throws Problem 409 where it is decided, or 進達 lies before the day of reception
 */
export async function recordRefund(
  work: Work,
  caseId: string,
  said: Pick<
    RefundDetail,
    "reason" | "reception" | "recognition" | "branchOffice" | "forwardedOn" | "arrivedOn"
  >,
): Promise<void> {
  await refuseInWords(
    work.sql`select intractable_money.record_refund(${caseId}, ${said.reason}, ${said.reception}, ${said.recognition}, ${said.branchOffice},
    ${said.forwardedOn}, ${said.arrivedOn})`,
    "この申請は決裁が済んでいるか、日付が受付日より前です。区分は登録できません。",
    ["42501"],
  );
}
