import { claimCares, claimDocuments } from "#workflows/claims/receipt.ts";
import { exclusions } from "#workflows/medical/bills.ts";
import { insurerGroups } from "#workflows/medical/copay-plan.ts";
import { highCostCategories } from "#workflows/medical/high-cost.ts";
import { codeItem, type FeedItems, textItem } from "../../feeds/items.ts";

/** Why it was paid at the counter. */
export const settings = {
  outside: "県外で受診",
  "not-shown": "証を提示しなかった",
  other: "その他",
} as const;

const codes = (title: string, values: Readonly<Record<string, unknown>>) =>
  codeItem(title, Object.keys(values), false);

/** What a file tells of each receipt: what is keyed of one, and whose it is. */
export const claimRowItems = {
  recipient: textItem("受給者番号", true),
  birth: textItem("生年月日", true),
  receivedOn: textItem("受付日"),
  month: textItem("診療年月", true),
  day: textItem("診療日"),
  paidOn: textItem("領収日"),
  institution: textItem("医療機関コード"),
  institutionName: textItem("医療機関名", true),
  care: codes("区分", claimCares),
  points: textItem("点数", true),
  tenths: codeItem("給付割合", ["0", "7", "8", "9"], false),
  times: textItem("回数"),
  paid: textItem("領収額", true),
  meals: textItem("食事代"),
  mealDays: textItem("食事の日数"),
  reimbursed: textItem("療養費"),
  highCost: textItem("高額療養費"),
  additional: textItem("附加給付"),
  other: textItem("ほかの公費"),
  why: codes("窓口で払った理由", settings),
  exclusion: codes("助成の対象外", exclusions),
  prescriber: textItem("処方した医療機関コード"),
  prescriberName: textItem("処方した医療機関名"),
  insurerGroup: codes("保険の種類", insurerGroups),
  category: codes("適用区分", highCostCategories),
  ...(Object.fromEntries(
    Object.entries(claimDocuments).map(([id, title]) => [
      `document-${id}`,
      codeItem(title, ["1"], false),
    ]),
  ) as Record<`document-${keyof typeof claimDocuments}`, ReturnType<typeof codeItem>>),
  remark: textItem("備考"),
} as const satisfies FeedItems;
export type ClaimRowItem = keyof typeof claimRowItems;

/** A row as it came, by item: text as it stood, codes as ours where they are known. */
export type RawRow = Readonly<Partial<Record<ClaimRowItem, string>>>;

/** A row as it is sealed; one that could not be cut into its items says nothing else. */
export interface SealedRow {
  raw: RawRow;
  unreadable?: true;
}
