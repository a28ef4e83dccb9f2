import { and, eq, inArray } from "drizzle-orm";
import { duty } from "#db/schema/access.ts";
import {
  type Actor,
  type Duty,
  decideGrant,
  latestEnd,
  requestGrant,
  waitingGrants,
} from "#src/platform/access/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { addDays } from "#workflows/dates/iso-date.ts";

/** Duties end with the fiscal year: those of some people are applied for by one and approved by another for the year that comes next. */
export async function renewDuties(
  platform: Platform,
  { requests, approves }: { requests: Actor; approves: Actor },
  people: readonly Actor[],
): Promise<void> {
  const ends = latestEnd(platform.clock.today());
  const validFrom = addDays(ends, 1);
  await runWork(platform, requests, { purpose: "administration" }, async (work) => {
    const staff = people.map(({ staffId }) => staffId);
    const held = await work.tx
      .select()
      .from(duty)
      .where(
        and(inArray(duty.staffId, staff), eq(duty.validTo, ends), eq(duty.decision, "approved")),
      );
    for (const { staffId, duty: of, program, officeCode } of held)
      await requestGrant(work, {
        staffId,
        duty: of as Duty,
        program,
        officeCode,
        validFrom,
        validTo: latestEnd(validFrom),
        reason: "翌年度も同じ事務を担当するため",
      });
  });
  await runWork(platform, approves, { purpose: "administration" }, async (work) => {
    for (const { id } of await waitingGrants(work, "decide"))
      await decideGrant(work, id, "approve");
  });
}
