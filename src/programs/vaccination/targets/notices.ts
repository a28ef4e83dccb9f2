import { asc, desc, eq, inArray } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { notice, noticeEvent } from "#db/schema/targets.ts";
import type { PreparedPiece } from "#src/platform/mailings/index.ts";
import { numbersOf } from "#src/platform/people/index.ts";
import { paperMark } from "#src/platform/printing/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { TargetFacts } from "./pieces.ts";

export type Notice = typeof notice.$inferSelect;

/** What a letter or a reminder is called. */
export const noticeTitles: Readonly<Record<Notice["output"], string>> = {
  letter: "個別通知",
  postcard: "勧奨はがき",
};

/** Enters letters or reminders that were printed, by a run or (`""`) at the counter, with what stands on them. */
export async function noteSent(
  work: Work,
  output: Notice["output"],
  runId: string,
  pieces: readonly PreparedPiece<TargetFacts>[],
): Promise<void> {
  const alike = Map.groupBy(pieces, ({ datedOn, paper }) => `${datedOn} ${paperMark(paper)}`);
  for (const some of alike.values()) {
    const [one] = some;
    if (!one) continue;
    const { datedOn, paper } = one;
    const doses = some.map(({ facts: { doses } }) => doses[0]);
    await work.sql`
      select targets.note_sent(${some.map(({ pieceNumber }) => pieceNumber)}::text[], ${some.map(({ personNumber }) => personNumber)}::text[],
        ${some.map(({ subject }) => subject)}::text[], ${doses.map((dose) => dose?.label ?? "")}::text[],
        ${doses.map((dose) => dose?.usableFrom ?? null)}::date[], ${doses.map((dose) => dose?.usableTo ?? null)}::date[],
        ${output}, ${paper.template}, ${paper.setting}, ${datedOn}, ${runId || null}::uuid)`;
  }
}

/** A run was withdrawn before it was handed over: nobody got its letters. */
export async function withdrawSent(work: Work, runId: string): Promise<void> {
  await work.sql`select targets.withdraw_sent(${runId})`;
}

/** Letters and reminders that a person was sent, under whichever of their numbers, the newest first. */
export async function noticesOf(work: Work, personNumber: string) {
  const numbers = (await numbersOf(work, [personNumber])).get(personNumber) ?? [personNumber];
  return work.tx
    .select()
    .from(notice)
    .where(inArray(notice.personNumber, [...numbers]))
    .orderBy(desc(notice.issuedOn), desc(notice.number));
}

/** Letters and reminders by number. */
export async function noticesByNumber(
  work: Work,
  numbers: readonly string[],
): Promise<Map<string, Notice>> {
  const rows = await work.tx
    .select()
    .from(notice)
    .where(inArray(notice.number, [...numbers]));
  return new Map(rows.map((row) => [row.number, row]));
}

/** A letter or reminder with what happened to it since, the first first. @throws Problem 404 */
export async function getNotice(work: Work, number: string) {
  const found = (await noticesByNumber(work, [number])).get(number);
  if (!found) throw notFound("この整理番号の通知・はがきはありません。");
  const { event, reason, at } = noticeEvent;
  const events = await work.tx
    .select({ event, reason, at, staffName: staff.displayName })
    .from(noticeEvent)
    .innerJoin(staff, eq(staff.id, noticeEvent.staffId))
    .where(eq(noticeEvent.number, number))
    .orderBy(asc(noticeEvent.sequence));
  return { notice: found, events };
}
