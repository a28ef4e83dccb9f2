import type { EntryAbout, EntryFaults } from "#src/platform/applications/index.ts";
import { insuranceFaults } from "#src/platform/entry-parts/index.ts";
import { bornBounds, boundFault } from "#workflows/dates/bounds.ts";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import type { Child, Entered } from "./entered.ts";

/** Dates of a household that cannot be: of the category, and of the insurance of each. */
export function householdFaults(
  { category, insurance, people }: Entered,
  { personNumber, birthOf, today }: EntryAbout,
): EntryFaults {
  const own = bornBounds(birthOf(personNumber), today);
  const since = isIsoDate(category.since) ? boundFault(category.since, own) : undefined;
  return {
    ...(since ? { "category.since": since } : {}),
    ...insuranceFaults(insurance, own),
    ...Object.assign(
      {},
      ...people.map((one, at) =>
        one.role === "child" && !isSame(one.insurance, insurance)
          ? childFaults(one, { birthOf, today }, `people.${at}`)
          : {},
      ),
    ),
  };
}

/** Whoever is insured with the applicant may be younger than the insurance. */
const isSame = (insurance: Child["insurance"], main: Entered["insurance"]): boolean =>
  insurance?.insurerNumber === main.insurerNumber && insurance?.number === main.number;

/** The same of one child. */
export const childFaults = (
  { personNumber, insurance }: Pick<Child, "personNumber" | "insurance">,
  { birthOf, today }: Pick<EntryAbout, "birthOf" | "today">,
  prefix: string,
): EntryFaults =>
  insuranceFaults(insurance, bornBounds(birthOf(personNumber), today), `${prefix}.insurance`);
