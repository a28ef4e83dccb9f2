import { and, eq, inArray } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import { plainDashes, withoutInvisible } from "#workflows/text/signs.ts";
import type { Work } from "../work.ts";
import type { CaseRow } from "./workflow.ts";

/** Digits of the running number of a case at least. */
const serialDigits = 6;

/**
 * The numbers of cases that somebody may have meant: `R8-001234`, of any width, with or without hyphen, zeros left out behind
 * a hyphen; without one the year may have one figure or two.
 */
export function caseNumbersIn(typed: string): string[] {
  const plain = plainDashes(withoutInvisible(typed))
    .normalize("NFKC")
    .toUpperCase()
    .replace(/^第|号$/g, "");
  const parted = /^([A-Z])0?(\d{1,2})-(\d{1,9})$/.exec(plain);
  if (parted) {
    const [, era, year, serial = ""] = parted;
    return [`${era}${year}-${serial.padStart(serialDigits, "0")}`];
  }
  const whole = /^([A-Z])(\d{7,11})$/.exec(plain);
  if (!whole) return [];
  const [, era, digits = ""] = whole;
  return [1, 2].flatMap((at) => {
    const [year, serial] = [digits.slice(0, at).replace(/^0/, ""), digits.slice(at)];
    return year && serial.length >= serialDigits ? [`${era}${year}-${serial}`] : [];
  });
}

/** Cases of a 事務 with the number that was typed, as far as this person may see them. */
export async function findCaseNumbers(
  { tx }: Work,
  program: string,
  typed: string,
): Promise<Pick<CaseRow, "id" | "number" | "kind" | "program">[]> {
  const numbers = caseNumbersIn(typed);
  if (numbers.length === 0) return [];
  const { id, number, kind } = caseRow;
  return tx
    .select({ id, number, kind, program: caseRow.program })
    .from(caseRow)
    .where(and(inArray(number, numbers), eq(caseRow.program, program)));
}
