import { receiptCares } from "#workflows/receipts/facts.ts";
import { amountItem, codeItem, dateItem, type FeedItems, textItem } from "../feeds/items.ts";

/** What a CSV of receipts tells of each, and nothing else: no diagnosis, no treatment. */
export const receiptItems = {
  payer: textItem("公費負担者番号", true),
  recipient: textItem("受給者番号", true),
  name: textItem("氏名", true),
  kana: textItem("カナ氏名"),
  sex: codeItem("性別", ["1", "2"], false),
  birth: dateItem("生年月日", true),
  institution: textItem("医療機関コード", true),
  institutionName: textItem("医療機関名"),
  treatmentMonth: textItem("診療年月", true),
  care: codeItem("診療の種類", Object.keys(receiptCares)),
  insurer: textItem("保険者番号"),
  tenths: codeItem("給付割合", ["0", "7", "8", "9"]),
  notes: textItem("特記事項"),
  days: amountItem("診療実日数"),
  points: amountItem("合計点数"),
  copay: amountItem("一部負担金"),
  otherPayer: textItem("他の公費負担者番号"),
  otherCopay: amountItem("他の公費の負担金額"),
  searchNumber: textItem("検索番号"),
  times: amountItem("回数"),
  receiptClass: textItem("レセプト区分"),
  count: amountItem("件数"),
  insurerPays: amountItem("医療保険負担額"),
  fundPays: amountItem("公費負担額"),
  municipalSubsidy: amountItem("市区町村補助額"),
  serviceCode: textItem("介護サービス種類コード"),
  cost: amountItem("費用総額"),
} as const satisfies FeedItems;

export type ReceiptItem = keyof typeof receiptItems;
