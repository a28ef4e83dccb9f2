import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { yen } from "#workflows/text/yen.ts";

/** A row of 自己負担上限額管理票; yen. */
export interface SheetRow {
  readonly usedOn: IsoDate;
  /** 医療費総額 (10割). */
  readonly total: number;
  readonly share: number;
  /** 累積額 as it is written; nothing where it was left empty. */
  readonly running?: number | undefined;
}

/** Where the slip came from. */
export const sheetSources = {
  original: "管理票",
  copy: "管理票の写し",
  declaration: "医療費申告書と領収書",
} as const;

/** What of a slip doesn't add up, in words; the slip is kept as it is. */
export function sheetFaults(rows: readonly SheetRow[], cap?: number): string[] {
  const faults: string[] = [];
  let sum = 0;
  for (const [at, { share, running, usedOn }] of rows.entries()) {
    sum += share;
    if (running !== undefined && running !== sum)
      faults.push(
        `${at + 1}行目の累積額${yen(running)}は、自己負担額の合計${yen(sum)}と違います。`,
      );
    const before = rows[at - 1];
    if (before && before.usedOn > usedOn) faults.push(`${at + 1}行目の日付が、前の行より前です。`);
  }
  if (cap !== undefined && sum > cap)
    faults.push(`自己負担額の合計${yen(sum)}が、自己負担上限月額${yen(cap)}を超えています。`);
  return faults;
}
