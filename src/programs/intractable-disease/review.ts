import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { recordCheck, referral } from "#db/schema/intractable-review.ts";
import type { CaseRow, EventDetail, Step } from "#src/platform/cases/index.ts";
import { parse } from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IntractableFacts2 } from "#workflows/intractable-disease/machine-v2.ts";
import { type RecordResult, recordResults } from "#workflows/intractable-disease/review.ts";

/** 書類審査区分 as its page sends it. */
export const recordCheckSchema = z.strictObject({
  result: z.enum(Object.keys(recordResults) as [RecordResult, ...RecordResult[]], {
    error: "書類審査の結果を選んでください。",
  }),
});
/** 審査依頼 as its page sends it: a 審査グループ, or the whole panel. */
export const referralSchema = z.strictObject({ group: z.number().int().positive().nullable() });

/** Records what the office found in 臨床調査個人票. */
export async function checkRecords(work: Work, { found, input }: Step): Promise<EventDetail> {
  const { result } = parse(recordCheckSchema, input);
  await work.sql`insert into intractable_review.record_check (case_id, result) values (${found.id}, ${result})`;
  return { result };
}

/** Asks the panel; again where it was asked before. */
export async function refer(work: Work, { found, input }: Step): Promise<EventDetail> {
  const { group } = parse(referralSchema, input);
  await work.sql`insert into intractable_review.referral (case_id, group_id) values (${found.id}, ${group})`;
  return group === null ? {} : { group };
}

/** 審査依頼 of an application, the newest first. */
export const referralsOf = (work: Work, caseId: string) =>
  work.tx
    .select()
    .from(referral)
    .where(eq(referral.caseId, caseId))
    .orderBy(desc(referral.revision));

/** 書類審査区分 that counts: the newest. */
export async function recordResultOf(
  work: Work,
  caseId: string,
): Promise<RecordResult | undefined> {
  const [row] = await work.tx
    .select()
    .from(recordCheck)
    .where(eq(recordCheck.caseId, caseId))
    .orderBy(desc(recordCheck.revision))
    .limit(1);
  return row?.result;
}

type PanelFacts = Pick<
  IntractableFacts2,
  "panelAnswer" | "panelAnswered" | "denialsAnswered" | "panelDeferral"
>;

/** What the machine may know of the panel, as the database judges it. */
export async function panelFactsOf(work: Work, { id }: Pick<CaseRow, "id">): Promise<PanelFacts> {
  const [row] = await work.sql<PanelFacts[]>`
    select answer as "panelAnswer", answered as "panelAnswered", denials_answered as "denialsAnswered", deferral as "panelDeferral"
      from intractable_review.facts_of(${id})`;
  return (
    row ?? { panelAnswer: null, panelAnswered: false, denialsAnswered: true, panelDeferral: null }
  );
}
