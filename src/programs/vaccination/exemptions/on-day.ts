import { and, arrayContains, gt, gte, inArray, isNull, lte, or } from "drizzle-orm";
import { exemptionCertificate as certificate } from "#db/schema/exemptions.ts";
import { numbersUnder } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/**
 * Whether somebody is exempt from 自己負担 for a vaccine on a day, under whichever of their numbers: what a certificate says that holds.
 * The database says the same of those whom its own functions ask about (`exemptions.exempt_on`).
 */
export async function exemptionOn(
  work: Work,
  personNumber: string,
  vaccine: string,
  day: IsoDate,
): Promise<boolean> {
  const found = await work.tx.$count(
    certificate,
    and(
      inArray(certificate.personNumber, numbersUnder(personNumber)),
      arrayContains(certificate.vaccines, [vaccine]),
      inArray(certificate.state, ["issued", "ended"]),
      lte(certificate.validFrom, day),
      gte(certificate.validUntil, day),
      or(isNull(certificate.endedFrom), gt(certificate.endedFrom, day)),
    ),
  );
  return found > 0;
}
