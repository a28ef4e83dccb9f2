import {
  type FeedKind,
  type ImportRow,
  type ImportSummary,
  rowErrors,
  verdictTitlesOf,
} from "#src/platform/feeds/index.ts";
import type { Tone } from "../components/index.ts";

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

/** A list of a file's page: its name in the address, title and length. */
export interface FileList {
  name: string;
  title: string;
  count: number;
}

/** The lists of a file's page: a list for each sort of change, the doubtful rows, who is missing, and the bad rows. */
export function listsOf(kind: FeedKind, entry: ImportRow, summary: ImportSummary): FileList[] {
  const titles = verdictTitlesOf(kind);
  const verdicts = Object.entries(summary.byVerdict)
    .filter(([name]) => name !== "unchanged")
    .map(([name, count]) => ({ name, title: titles[name] ?? name, count }));
  const gone = { name: "gone", title: "ファイルにない人", count: summary.gone };
  const bad = { name: "bad", title: "取り込めない行", count: summary.bad };
  return [...verdicts, ...(entry.extent === "full" && kind.expected ? [gone] : []), bad];
}

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
