import type { Assessment } from "#workflows/taxes/income.ts";
import { assessmentTitles } from "#workflows/taxes/income.ts";

/** 申請区分: 変更 are reports of change, 再交付 are steps of the certificate. */
export const sortTitles = { new: "新規", renewal: "更新", transfer: "転入" } as const;
/** 受付窓口区分. */
export const receptionTitles = {
  branch: "支所",
  head: "本庁",
  post: "郵送",
  electronic: "電子申請",
} as const;
/** 申請方法区分. */
export const methodTitles = {
  self: "本人・保護者",
  agent: "代理人",
  post: "郵送",
  electronic: "電子申請",
} as const;
export const relationTitles = {
  self: "本人",
  mother: "母",
  father: "父",
  spouse: "配偶者",
  child: "子",
  other: "その他",
} as const;
export const personRelationTitles = {
  spouse: "配偶者",
  child: "子",
  parent: "父母",
  grandparent: "祖父母",
  sibling: "兄弟姉妹",
  other: "その他",
} as const;
export const recordSourceTitles = {
  paper: "紙",
  database: "データベース（アクセスキー）",
} as const;
/** 小慢難病受給区分 of a person of the household. */
export const patientTitles = {
  none: "受給していない",
  intractable: "指定難病の受給者",
  pediatric: "小児慢性特定疾病の受給者",
} as const;
export const doctorKindTitles = {
  designated: "難病指定医",
  cooperating: "協力難病指定医",
} as const;
export const limitCategories = { ア: "ア", イ: "イ", ウ: "ウ", エ: "エ", オ: "オ" } as const;
export const taxAssessmentTitles: Readonly<Record<Assessment, string>> = assessmentTitles;
