import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { recordedData } from "../entitlements/index.ts";
import type { MailingAddress } from "../entry-parts/index.ts";
import type { Work } from "../work.ts";

/** A 送付先 with the days on which letters go there. */
export interface MailingPeriod {
  mailing: MailingAddress;
  from: IsoDate;
  /** The last day; nothing while it goes on. */
  to: IsoDate | undefined;
  /** The application or report by which it came. */
  caseId: string;
  number: string;
}

/** The 送付先 of an application that granted, as it was told, the newest first; opened, and that is logged. */
export async function mailingHistory(work: Work, grantingCaseId: string): Promise<MailingPeriod[]> {
  const told = (await recordedData(work, grantingCaseId)).flatMap(({ data, ...row }) =>
    "mailing" in data ? [{ ...row, mailing: data.mailing as MailingAddress | null }] : [],
  );
  return told
    .flatMap(({ mailing, effectiveFrom: from, caseId, number }, at) => {
      if (!mailing) return [];
      const next = told[at + 1]?.effectiveFrom;
      const ends = [next && addDays(next, -1), mailing.until || undefined].filter(
        (day) => day !== undefined,
      ) as IsoDate[];
      const to = ends.toSorted()[0];
      // What another report of the same day took the place of never held.
      return to !== undefined && to < from ? [] : [{ mailing, from, to, caseId, number }];
    })
    .toReversed();
}
