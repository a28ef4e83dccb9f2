import { assessmentTitles, type Deduction, deductionLabels } from "#workflows/taxes/income.ts";
import { amountItem, codeItem, dateItem, type FeedItem, textItem } from "../items.ts";

const deductions = Object.fromEntries(
  Object.entries(deductionLabels).map(([id, title]) => [id, amountItem(title)]),
) as Record<Deduction, FeedItem>;

/** What the tax office hands over of a person and income year, and nothing else (ACQ-3). */
export const taxItems = {
  sourceId: textItem("住民番号", true),
  incomeYear: textItem("所得年"),
  fiscalYear: textItem("課税年度"),
  determinedOn: dateItem("更正日", true),
  assessment: codeItem("市町村民税課税区分", Object.keys(assessmentTitles)),
  total: amountItem("合計所得金額"),
  salary: amountItem("給与所得"),
  pension: amountItem("公的年金等に係る雑所得"),
  business: amountItem("事業所得"),
  other: amountItem("その他の所得"),
  ...deductions,
  spouse: codeItem("同一生計配偶者", ["none", "under-70", "from-70"], false),
  under16: amountItem("年少扶養親族数"),
  general: amountItem("一般扶養親族数"),
  aged16To18: amountItem("うち16歳から18歳"),
  specific: amountItem("特定扶養親族数"),
  elderly: amountItem("老人扶養親族数"),
  incomeLevy: amountItem("市町村民税所得割額"),
} as const satisfies Record<string, FeedItem>;

export type TaxItem = keyof typeof taxItems;
