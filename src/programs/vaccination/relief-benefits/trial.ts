import { and, asc, eq, gt } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import { definitionOf } from "#src/platform/cases/index.ts";
import type { ParameterTrial } from "#src/platform/parameters/index.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { replacedBy } from "#workflows/parameters/follow.ts";
import { reliefAmountParameters } from "#workflows/vaccination/city-parameters-relief.ts";
import { amountsOfClass } from "#workflows/vaccination/relief/benefits.ts";
import { reliefKind } from "../relief/open.ts";
import { amountsOfCity } from "./parameters.ts";
import { type ReckonedClaim, reckonBenefits, titleOf } from "./reckon.ts";

const CASES_A_ROUND = 50;

/** Tries amounts of a class on the claims of it that are open and whose benefits were keyed. */
const amountTrial = (of: keyof typeof reliefAmountParameters): ParameterTrial => ({
  key: reliefAmountParameters[of].key,
  async round(work, { after }, row) {
    const city = await amountsOfCity(work);
    const then = { ...city, [of]: replacedBy(city[of], reliefAmountParameters[of].title, [row]) };
    let last = after;
    for (;;) {
      const cases = await work.tx
        .select()
        .from(caseRow)
        .where(and(eq(caseRow.kind, reliefKind), gt(caseRow.number, last)))
        .orderBy(asc(caseRow.number))
        .limit(CASES_A_ROUND);
      const differing: { caseId: string; parts: string[] }[] = [];
      let tried = 0;
      for (const found of cases) {
        last = found.number;
        if (!stateMeta(definitionOf(found), found.state).open) continue;
        const now = await reckonBenefits(work, found, city);
        if (!now || amountsOfClass(now.basis.class) !== of) continue;
        tried += 1;
        const parts = differenceOf(now, await reckonBenefits(work, found, then));
        if (parts.length > 0) differing.push({ caseId: found.id, parts });
      }
      // A round in which none was reckoned would be taken for the last.
      if (tried > 0 || cases.length === 0) return { tried, last, differing };
    }
  },
});

/** What a row would change of a claim, in words: an amount, or that it becomes known. */
function differenceOf(now: ReckonedClaim, then: ReckonedClaim | undefined): string[] {
  return now.benefits.flatMap(({ row, amount, missing }, index) => {
    const other = then?.benefits[index];
    if (other?.missing === undefined && missing !== undefined) return [`${titleOf(row)}の額の登録`];
    return other?.amount === amount && other.missing === missing ? [] : [`${titleOf(row)}の額`];
  });
}

/** Trials of the amounts of A類, B類 and the city's own scheme. */
export const reliefAmountTrials: readonly ParameterTrial[] = [
  amountTrial("A"),
  amountTrial("B"),
  amountTrial("city"),
];
