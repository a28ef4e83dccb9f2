import type { Actor } from "./access/actor.ts";
import type { Transaction } from "./database.ts";
import type { Platform } from "./platform.ts";

/** Why personal data are used; stands in every row of the access log. */
export const purposeTitles = {
  counter: "窓口対応",
  case: "申請の処理",
  approval: "決裁",
  mailing: "一括発送",
  feed: "連携取込",
  inquiry: "照会・確認",
  audit: "監査",
  administration: "システム管理",
  scheduled: "定時処理",
} as const;
export type Purpose = keyof typeof purposeTitles;

export interface WorkOptions {
  purpose: Purpose;
  /** Why this person looks now, where the purpose alone does not say it. */
  reason?: string;
  /** The 事務 in which the work is done, such as `child-medical`. */
  program?: string;
  caseId?: string;
}

/** One unit of work: a transaction entered in the name of a session. Rooms take it as their first argument. */
export interface Work extends WorkOptions {
  tx: Transaction;
  actor: Actor;
  platform: Platform;
}
