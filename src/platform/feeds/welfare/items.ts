import { benefitTitles } from "#workflows/welfare/benefits.ts";
import { codeItem, dateItem, type FeedItem, textItem } from "../items.ts";

/** What the welfare office hands over of a person and benefit, and nothing else (ACQ-3). */
export const welfareItems = {
  sourceId: textItem("住民番号", true),
  benefit: codeItem("種別", Object.keys(benefitTitles)),
  grade: textItem("等級"),
  from: dateItem("開始日", true),
  to: dateItem("終了日"),
} as const satisfies Record<string, FeedItem>;

export type WelfareItem = keyof typeof welfareItems;
