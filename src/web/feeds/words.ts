import type { FeedKind, ImportRow, ImportSummary } from "#src/platform/feeds/index.ts";
import { rowErrors, verdictTitles } from "#src/platform/feeds/index.ts";
import type { Tone } from "../components/index.ts";

export const stateTitles: Record<ImportRow["state"], string> = {
  receiving: "受取中",
  reviewing: "確認中",
  reviewed: "反映待ち",
  committing: "反映中",
  committed: "反映済み",
  cancelled: "取消",
};

export const stateTones: Record<ImportRow["state"], Tone | "neutral"> = {
  receiving: "info",
  reviewing: "info",
  reviewed: "warning",
  committing: "info",
  committed: "success",
  cancelled: "neutral",
};

export const extentTitles = { full: "全件", diff: "異動分" } as const;

/** 「住民記録 異動分 第2号」. */
export const importTitle = (kind: FeedKind, entry: ImportRow): string =>
  `${kind.title} ${extentTitles[entry.extent]} 第${entry.sequence}号`;

/** The lists of a file's page, each with its address and title. */
export const lists = ["new", "changed", "moved-out", "died", "doubtful", "gone", "bad"] as const;
export type ListName = (typeof lists)[number];

export const listTitles: Record<ListName, string> = {
  new: verdictTitles.new,
  changed: verdictTitles.changed,
  "moved-out": verdictTitles["moved-out"],
  died: verdictTitles.died,
  doubtful: verdictTitles.doubtful,
  gone: "ファイルにない人",
  bad: "取り込めない行",
};

export const countOf = (summary: ImportSummary, list: ListName): number =>
  list === "gone" ? summary.gone : list === "bad" ? summary.bad : summary.byVerdict[list];

/** What is wrong with a row in words: item and reason. */
export function faultWords(
  kind: FeedKind,
  { field, code }: { field: string; code: string },
): { item: string; reason: string } {
  const reasons: Record<string, string> = rowErrors;
  return {
    item: field === "row" ? "行全体" : (kind.items[field]?.title ?? field),
    reason: reasons[code] ?? code,
  };
}
