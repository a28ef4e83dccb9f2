import type { ReliefBenefit } from "#workflows/vaccination/relief/benefits.ts";

/** A column of the published list of papers (請求書類一覧): benefits that ask for the same. */
type Column = "medical" | "child-care" | "disability" | "death" | "funeral";

const columnOf: Readonly<Record<ReliefBenefit, Column>> = {
  "medical-cost": "medical",
  "medical-allowance": "medical",
  "child-care-pension": "child-care",
  "disability-pension": "disability",
  "death-lump-sum": "death",
  "survivor-pension": "death",
  "survivor-lump-sum": "death",
  funeral: "funeral",
};

const every: readonly Column[] = ["medical", "child-care", "disability", "death", "funeral"];

/**
 * Papers by benefit, after the published list (請求書類一覧: 厚生労働省の様式一覧表を写した公開記事と市のページ). 請求書, 受診証明書 and 診断書
 * are originals; of all others a copy will do. Claims made at the same time may share what is the same.
 */
export const reliefDocuments = {
  "relief-claim": { title: "請求書", hint: "様式。原本", columns: every },
  "relief-visits": {
    title: "受診証明書",
    hint: "様式。受診した医療機関・薬局ごと。原本",
    columns: ["medical"],
  },
  "relief-receipts": { title: "領収書等", hint: "写しで可", columns: ["medical"] },
  "relief-diagnosis": {
    title: "診断書",
    hint: "様式。原本",
    columns: ["child-care", "disability"],
  },
  "relief-death": {
    title: "死亡診断書（死体検案書）等",
    hint: "写しで可",
    columns: ["death", "funeral"],
  },
  "relief-burial": { title: "埋葬許可証等", hint: "写しで可", columns: ["funeral"] },
  "relief-shot": {
    title: "接種済証又は母子健康手帳",
    hint: "写しで可",
    columns: every,
  },
  "relief-charts": { title: "診療録等", hint: "写しで可", columns: every },
  "relief-residence": {
    title: "住民票等",
    hint: "写しで可",
    columns: ["child-care", "death"],
  },
  "relief-family": {
    title: "戸籍謄本等",
    hint: "写しで可",
    columns: ["child-care", "death", "funeral"],
  },
} as const satisfies Record<string, { title: string; hint: string; columns: readonly Column[] }>;

export type ReliefDocument = keyof typeof reliefDocuments;

/** The papers that a claim asks for, in the order of the list. */
export const documentsAsked = (benefits: readonly ReliefBenefit[]): ReliefDocument[] =>
  (Object.keys(reliefDocuments) as ReliefDocument[]).filter((code) =>
    benefits.some((one) =>
      (reliefDocuments[code].columns as readonly Column[]).includes(columnOf[one]),
    ),
  );
