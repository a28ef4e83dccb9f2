import { reliefClaim } from "#forms/vaccination/relief-claim.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { makePaper, requireReleasedAddress, subjectOf } from "#src/platform/letters/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ReliefBenefit } from "#workflows/vaccination/relief/benefits.ts";
import { claimantRelations } from "#workflows/vaccination/relief/claimants.ts";
import { documentsAsked, reliefDocuments } from "#workflows/vaccination/relief/documents.ts";
import { harmClasses } from "#workflows/vaccination/relief/harm.ts";
import { vaccinationPapers } from "../papers.ts";
import { personOf, printed, wholeAddress } from "./address.ts";
import { factsOf } from "./basis.ts";
import { openSealedRelief } from "./keep-entry.ts";
import { benefitNames, vaccineName } from "./names.ts";

/** 請求書 with what is known of the claim; nothing is kept, as it is a blank to be filled in. @throws Problem 403 under 支援措置 */
export async function makeClaimForm(work: Work, found: CaseRow): Promise<Uint8Array> {
  const facts = await factsOf(work, found.id);
  const words = await openSealedRelief(work, found.id);
  const person = await personOf(work, found.personNumber);
  const claimant = facts && (await personOf(work, facts.claimantNumber));
  requireReleasedAddress(work, claimant ? [person, claimant] : [person]);
  const benefits = (facts?.benefits ?? []) as ReliefBenefit[];
  const { pdf } = await makePaper(work, vaccinationPapers, {
    form: reliefClaim,
    data: {
      benefits: benefitNames(benefits),
      person: printed(person),
      address: wholeAddress(person),
      ...(facts && claimant
        ? {
            claimant: {
              name: shownName(claimant),
              address: wholeAddress(claimant),
              relation: claimantRelations[facts.relation],
            },
            scheme: harmClasses[facts.class],
            vaccine: vaccineName(facts.vaccine),
            shotOn: facts.shotOn as IsoDate,
          }
        : {}),
      clinic: words?.clinic,
      lot: words?.lot,
      papers: documentsAsked(benefits)
        .filter((code) => code !== "relief-claim")
        .map((code) => `${reliefDocuments[code].title}（${reliefDocuments[code].hint}）`),
    },
    subject: subjectOf(found),
    sample: false,
  });
  return pdf;
}
