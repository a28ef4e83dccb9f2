import { cityParameterOn, cityParameterRows } from "#src/platform/parameters/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import {
  type ClaimedItem,
  type ReckonedRow,
  reckonRows,
} from "#workflows/vaccination/clinic-claims/reckon.ts";
import {
  clinicClaimTerms,
  daysOfMonth,
  slipsSince,
} from "#workflows/vaccination/clinic-claims/terms.ts";
import { contractPrices } from "#workflows/vaccination/contract-prices.ts";
import { copays } from "#workflows/vaccination/copays.ts";
import { type ClinicClaim, linesOfClinicClaim } from "./claims.ts";
import { movedOn } from "./open.ts";

type Fact = {
  [Key in keyof ClaimedItem]: Exclude<ClaimedItem[Key], undefined> | null;
};

const itemOf = (fact: Fact): ClaimedItem =>
  Object.fromEntries(
    Object.entries(fact).map(([key, value]) => [key, value ?? undefined]),
  ) as unknown as ClaimedItem;

/** Slips and records that a claim is for, with all that is known of them today. Of every office; for who sees claims. */
async function itemsOf(work: Work, id: string, since: string): Promise<ClaimedItem[]> {
  const rows = await work.sql<Fact[]>`
    select slip_id as "slipId", shot_id as "shotId", vaccine, dose, product, outcome, given_on as "givenOn", recorded, doubts, born_on as "bornOn", resident, exempt,
           paid_by as "paidBy", same_as as "sameAs", other_clinic as "otherClinic", incident as mistake, clinic_state as "clinicState", contracted, payee, handled, origin_id as "originId"
      from clinic_claims.facts(${id}, ${since})`;
  return rows.map(itemOf);
}

/**
 * Gathers what a claim is for and reckons it anew: what somebody judged stays where nothing has changed.
 *
 * @returns what every row came to
 * @throws Problem 409 where somebody was faster, 503 that names what two people have not set yet
 */
export async function reckonClinicClaim(
  work: Work,
  row: ClinicClaim,
  seen: number,
): Promise<ReckonedRow[]> {
  const { id, month, claimantCode: claimant } = row;
  const terms = await cityParameterOn(work, clinicClaimTerms, daysOfMonth(month).last);
  const since = slipsSince(month, terms.value);
  const items = await itemsOf(work, id, since);
  const prices = await cityParameterRows(work, contractPrices[row.kind]);
  const table = await cityParameterRows(work, copays);
  const lines = await linesOfClinicClaim(work, id);
  const reckoned = inWords(() =>
    reckonRows(items, { claimant, month, prices, copays: table, lines }),
  );
  const rows = reckoned.map((one) => ({
    slip_id: one.item.slipId ?? null,
    shot_id: one.item.shotId ?? null,
    price: one.price ?? null,
    tax: one.tax ?? null,
    copay: one.copay,
    exempt: one.exempt,
    amount: one.amount ?? null,
    findings: one.findings,
    disposition: one.disposition,
    origin_id: one.item.originId ?? null,
  }));
  await refuseInWords(
    work.sql`select clinic_claims.reckon(${id}, ${seen}, 'examining', ${since}, ${JSON.stringify(rows)}::text::jsonb)`,
    movedOn,
  );
  return reckoned;
}

/** A table that is not set in the words of who has to set it. */
function inWords<T>(reckon: () => T): T {
  try {
    return reckon();
  } catch (error) {
    if (!(error instanceof MissingParameterError)) throw error;
    throw new Problem({
      status: 503,
      message: `${formatWareki(error.on)}の「${error.parameter}」が登録されていません。`,
      details: ["制度担当者が「制度の数値」で起案し、決裁者が承認してください。"],
    });
  }
}
