import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import { capSheet, capSheetRow } from "#db/schema/intractable-money.ts";
import { benefit } from "#db/schema/receipts.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import { addMonths, type IsoDate, type IsoMonth, monthStart } from "#workflows/dates/iso-date.ts";
import { type SheetRow, sheetFaults } from "#workflows/intractable-disease/cap-sheet.ts";

/** A 管理票 of a month as it was keyed, with its rows. */
export type CapSheet = typeof capSheet.$inferSelect & {
  rows: (typeof capSheetRow.$inferSelect)[];
};

/** The slips of a person, the newest month first; of each month the newest that was not taken back. As far as this person may see them. */
export async function sheetsOf(work: Work, personNumber: string): Promise<CapSheet[]> {
  const sheets = await work.tx
    .selectDistinctOn([capSheet.month])
    .from(capSheet)
    .where(and(eq(capSheet.personNumber, personNumber), isNull(capSheet.withdrawnAt)))
    .orderBy(desc(capSheet.month), desc(capSheet.id));
  if (sheets.length === 0) return [];
  const rows = await work.tx
    .select()
    .from(capSheetRow)
    .where(
      inArray(
        capSheetRow.sheetId,
        sheets.map(({ id }) => id),
      ),
    )
    .orderBy(asc(capSheetRow.sheetId), asc(capSheetRow.number));
  return sheets.map((sheet) => ({
    ...sheet,
    rows: rows.filter(({ sheetId }) => sheetId === sheet.id),
  }));
}

/** What is keyed of a slip; institutions by their codes. */
export interface KeyedSheet {
  readonly personNumber: string;
  readonly month: IsoMonth;
  readonly source: CapSheet["source"];
  readonly rows: readonly (SheetRow & { readonly institution: string })[];
}

/**
 * Keys a slip; it takes the place of another of the same month.
 *
 * @returns what of it doesn't add up, which doesn't hinder: the slip was written by others
 */
export async function enterSheet(work: Work, sheet: KeyedSheet): Promise<string[]> {
  const { personNumber, month, source, rows } = sheet;
  const of = <T>(pick: (row: KeyedSheet["rows"][number]) => T) => rows.map(pick);
  await refuseInWords(
    work.sql`
    select intractable_money.enter_sheet(${personNumber}, ${month}, ${source}, ${of((r) => r.usedOn)}::date[], ${of((r) => r.institution)}::text[],
      ${of((r) => r.total)}::bigint[], ${of((r) => r.share)}::bigint[], ${of((r) => r.running ?? null)}::bigint[])`,
    "この方の管理票は登録できません。指定難病の申請も受給資格もない方か、ほかの区の方です。",
    ["42501"],
  );
  return sheetFaults(rows);
}

/** Takes a slip back that was keyed wrongly. */
export async function withdrawSheet(work: Work, id: number): Promise<void> {
  await work.sql`select intractable_money.withdraw_sheet(${id})`;
}

/** A month of a person by slips and by receipts; yen. */
export interface MonthCost {
  readonly month: IsoMonth;
  readonly bySheet: { total: number; share: number } | undefined;
  readonly byReceipts: { total: number; share: number } | undefined;
  /** The cost (10割) that counts as evidence of 高額かつ長期 and 軽症高額: the slip, or the receipts where they say more. */
  readonly total: number;
}

/** What a person's months cost by slips and by the ledger, the newest first. */
export async function monthCosts(work: Work, personNumber: string): Promise<MonthCost[]> {
  const sheets = await sheetsOf(work, personNumber);
  const paid = await work.tx
    .select({ month: benefit.treatmentMonth, total: benefit.totalCost, share: benefit.patientPays })
    .from(benefit)
    .where(and(eq(benefit.program, "intractable-disease"), eq(benefit.personNumber, personNumber)));
  const add = (rows: readonly { total: number; share: number }[]) =>
    rows.length === 0
      ? undefined
      : rows.reduce(
          (all, row) => ({ total: all.total + row.total, share: all.share + row.share }),
          { total: 0, share: 0 },
        );
  const months = new Set([...sheets.map(({ month }) => month), ...paid.map(({ month }) => month)]);
  return [...months]
    .toSorted()
    .toReversed()
    .map((month) => {
      const bySheet = add(sheets.find((sheet) => sheet.month === month)?.rows ?? []);
      const byReceipts = add(paid.filter((row) => row.month === month));
      return {
        month: month as IsoMonth,
        bySheet,
        byReceipts,
        total: Math.max(bySheet?.total ?? 0, byReceipts?.total ?? 0),
      };
    });
}

/** Costs of the twelve months up to that of an application, as they are entered with it: the oldest first, those without any left out. */
export async function costsUpTo(
  work: Work,
  personNumber: string,
  on: IsoDate,
): Promise<{ month: IsoMonth; total: number }[]> {
  const first = addMonths(monthStart(on), -11).slice(0, 7);
  return (await monthCosts(work, personNumber))
    .filter(({ month, total }) => month >= first && month <= on.slice(0, 7) && total > 0)
    .map(({ month, total }) => ({ month, total }))
    .toReversed();
}

export type { SheetRow };
export const dayIn = (month: IsoMonth, day: number): IsoDate =>
  `${month}-${String(day).padStart(2, "0")}` as IsoDate;
