import { and, desc, eq, or } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import { entitlement } from "#db/schema/entitlements.ts";
import { type MailingAddress, mailingOn } from "../entry-parts/index.ts";
import type { Addressee } from "../letters/index.ts";
import type { Work } from "../work.ts";
import { currentData } from "./data.ts";
import type { ApplicationKind } from "./kind.ts";

/**
 * The 送付先 that counts today for somebody who owes money back: of the newest application that granted them something, or by which
 * they got something for others. Opened, and that is logged.
 *
 * @returns nothing where none was told, or it has ended: then papers go to the registered address
 */
export async function mailingOfPayer<Entered extends { mailing: MailingAddress | null }>(
  work: Work,
  kind: ApplicationKind<Entered>,
  payer: string,
): Promise<Addressee | undefined> {
  const [granting] = await work.tx
    .select({ caseId: entitlement.caseId, personNumber: caseRow.personNumber })
    .from(entitlement)
    .innerJoin(caseRow, eq(caseRow.id, entitlement.caseId))
    .where(
      and(
        eq(entitlement.program, kind.program),
        or(eq(entitlement.personNumber, payer), eq(caseRow.personNumber, payer)),
      ),
    )
    .orderBy(desc(entitlement.validFrom), desc(entitlement.id))
    .limit(1);
  if (!granting) return undefined;
  const { mailing } = await currentData(work, kind, granting);
  return mailingOn(mailing, work.platform.clock.today()) ?? undefined;
}
