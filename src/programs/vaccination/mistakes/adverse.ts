import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { adverseReport } from "#db/schema/mistakes.ts";
import type { Lines } from "#src/platform/lines.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import { requireOwnCase } from "./links.ts";

export type AdverseReport = typeof adverseReport.$inferSelect;

/** Why a report does not count. */
export const withdrawTitles = {
  "entered-twice": "二重に入力した",
  "other-person": "別の人の報告だった",
  other: "その他",
} as const satisfies Record<NonNullable<AdverseReport["withdrawReason"]>, string>;

/** Number of ours, as it is shown: `F000012`. */
export const adverseNumber = ({ serial }: { serial: number }): string =>
  `F${String(serial).padStart(6, "0")}`;

/** Reports, the newest first. */
export async function listAdverse(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select()
    .from(adverseReport)
    .orderBy(desc(adverseReport.receivedOn), desc(adverseReport.serial))
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(adverseReport) };
}

/** Reports of a person, the newest first. */
export const adverseOf = (work: Work, personNumber: string): Promise<AdverseReport[]> =>
  work.tx
    .select()
    .from(adverseReport)
    .where(eq(adverseReport.personNumber, personNumber))
    .orderBy(desc(adverseReport.serial));

/** A report with its symptom, which is sealed. @throws Problem 404 */
export async function readAdverse(work: Work, id: string) {
  const [row] = await work.tx.select().from(adverseReport).where(eq(adverseReport.id, id));
  if (!row) throw notFound("この副反応疑い報告は見つかりません。");
  const [sealed] = await getSealed(work, [row.symptomId]);
  return { row, symptom: (sealed?.data as { text: string } | undefined)?.text ?? "" };
}

/** What the copy of a report says. */
export interface AdverseEntry {
  number: string;
  receivedOn: IsoDate;
  personNumber: string;
  shotId: string | undefined;
  vaccine: string;
  dose: number | undefined;
  lot: string | undefined;
  givenOn: IsoDate;
  symptomOn: IsoDate;
  symptom: string;
  incidentId: string | undefined;
  reliefCaseId: string | undefined;
}

/**
 * Enters a 副反応疑い報告 of which the city got a copy, or corrects one (`at`). It is never sent by this program.
 *
 * @returns its id
 * @throws EntryProblem of a field; Problem 403, 404; 409 where the number is entered already
 */
export async function enterAdverse(
  work: Work,
  said: AdverseEntry,
  at?: { id: string; seen: number },
): Promise<string> {
  const today = work.platform.clock.today();
  if (said.number === "" || said.number.length > 40)
    throw new EntryProblem("number", "報告の識別番号を、40文字以内で入力してください。");
  if (!findVaccine(said.vaccine)) throw new EntryProblem("vaccine", "予防接種を選んでください。");
  if (said.symptomOn < said.givenOn)
    throw new EntryProblem("symptomOn", "症状が出た日は、接種日以後の日にしてください。");
  if (said.receivedOn < said.symptomOn || said.receivedOn > today)
    throw new EntryProblem(
      "receivedOn",
      "受け取った日は、症状が出た日から今日までの日にしてください。",
    );
  if (said.symptom === "") throw new EntryProblem("symptom", "症状を入力してください。");
  const before = at && (await readAdverse(work, at.id));
  const id = at?.id ?? randomUUID();
  await requireOwnCase(work, "relief", said.personNumber, {
    now: said.reliefCaseId,
    before: before?.row.reliefCaseId ?? null,
  });
  const symptomId =
    before && before.symptom === said.symptom
      ? before.row.symptomId
      : await putSealed(work, {
          holder: said.personNumber,
          program: "vaccination",
          kind: "mistake-words",
          data: { text: said.symptom },
        });
  await refuseInWords(
    work.sql`select mistakes.enter_adverse(${id}, ${at?.seen ?? null}, ${said.number}, ${said.receivedOn}, ${said.personNumber}, ${said.shotId ?? null},
      ${said.vaccine}, ${said.dose ?? null}, ${said.lot ?? null}, ${said.givenOn}, ${said.symptomOn}, ${symptomId}, ${said.incidentId ?? null}, ${said.reliefCaseId ?? null})`,
    "この報告は、ほかの職員が先に直したか、同じ識別番号の報告が既にあります。",
  );
  return id;
}

/** Takes off a report that does not count; by another person than entered it last. @throws Problem 403, 404, 409 */
export async function withdrawAdverse(
  work: Work,
  { id, seen, reason }: { id: string; seen: number; reason: keyof typeof withdrawTitles },
): Promise<void> {
  await readAdverse(work, id);
  await refuseInWords(
    work.sql`select mistakes.withdraw_adverse(${id}, ${seen}, ${reason})`,
    "この報告は、ほかの職員が先に直しました。入力した本人は取り下げられません。",
  );
}
