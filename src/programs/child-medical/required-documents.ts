import { z } from "zod";

/** Documents asked for at intake. */
export const requiredDocuments = {
  "insurance-proof": {
    title: "子どもの健康保険の資格が分かるもの",
    hint: "資格確認書、資格情報のお知らせ 等",
    standard: true,
  },
  "account-proof": {
    title: "振込先口座が分かるもの",
    hint: "通帳・キャッシュカードの写し",
    standard: true,
  },
  "guardianship-proof": {
    title: "監護の状況が分かる申立書",
    hint: "子どもと別居している場合",
    standard: false,
  },
  "income-proof": {
    title: "所得課税証明書",
    hint: "市で税情報を確認できない場合",
    standard: false,
  },
} as const;
export type RequiredDocument = keyof typeof requiredDocuments;

export const documentStatusTitles = {
  seen: "確認済",
  missing: "不足",
  "not-needed": "不要",
} as const;

/** What was found of each document. */
export const documentsSchema = z.partialRecord(
  z.enum(Object.keys(requiredDocuments) as [RequiredDocument]),
  z.enum(["seen", "missing", "not-needed"]),
);
export type DocumentsInput = z.infer<typeof documentsSchema>;
