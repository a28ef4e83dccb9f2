import { claims, type RefundSubject } from "#src/platform/claims/index.ts";
import { entitlementsOf } from "#src/platform/entitlements/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { RefundMonth } from "#workflows/claims/refund.ts";
import { type IsoDate, monthEnd } from "#workflows/dates/iso-date.ts";
import { schemeArea } from "#workflows/intractable-disease/presets.ts";
import { refundUnderCap } from "#workflows/intractable-disease/refund.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { intractable } from "./application.ts";
import { termsOn } from "./terms.ts";

/** The month by the terms that hold at its end; nothing where there are none, or no limit of the class is established. */
async function refundOfMonth(
  work: Work,
  { found, month, counted, settled }: RefundSubject,
): Promise<RefundMonth | undefined> {
  const first = `${month}-01` as IsoDate;
  const last = monthEnd(first);
  const held = (await entitlementsOf(work, found.program, found.personNumber)).filter(
    ({ status, validFrom, validTo }) =>
      status !== "revoked" && validFrom <= last && validTo >= first,
  );
  const terms = await termsOn(
    work,
    held.map(({ id }) => id),
    last,
  );
  const own = held.flatMap(({ id }) => terms.get(id) ?? []).at(0);
  if (!own) return undefined;
  const person = await lookAtPerson(work, found.personNumber, ["facts"]);
  try {
    return refundUnderCap(month, counted, settled, {
      cap: own.cap,
      limitCategory: own.limitCategory ?? undefined,
      birth: person?.bornOn ?? undefined,
    });
  } catch (error) {
    if (error instanceof MissingParameterError) return undefined;
    throw error;
  }
}

/** Refunds (償還払い) of 指定難病医療給付: what was paid before the recognition. */
export const intractableClaims = claims({
  program: intractable.program,
  title: intractable.title,
  scheme: schemeArea,
  application: intractable,
  refundOfMonth,
});
