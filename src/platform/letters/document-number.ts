import { nextNumber } from "../cases/index.ts";
import { cityOf } from "../city/index.ts";
import type { Work } from "../work.ts";
import type { ProgramLetters } from "./program-letters.ts";

/** The next number of a letter (熊こ医第R8-000001号) or of a certificate (熊こ医証第R8-000001号) of a 事務. */
export async function documentNumber(
  work: Work,
  { papers, sign }: ProgramLetters,
  series: "document" | "certificate",
): Promise<string> {
  const { numberPrefix } = await cityOf(work);
  const number = await nextNumber(work, `${papers.program}.${series}`);
  return `${numberPrefix}${sign}${series === "certificate" ? "証" : ""}第${number}号`;
}
