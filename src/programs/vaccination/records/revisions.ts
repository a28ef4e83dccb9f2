import { and, asc, count, desc, eq, isNull, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import {
  paidDose,
  shot,
  shotChange,
  shotChannel,
  shotHold,
  shotRevision,
} from "#db/schema/vaccination.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type RecordRevisionContext,
  type RecordRevisionEvent,
  type RecordRevisionState,
  recordRevisionV1,
} from "#workflows/vaccination/records/revision-machine.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import { slipsOfShot } from "./slips.ts";
import type { SlipDetails } from "./told.ts";

export type RecordRow = typeof shot.$inferSelect;
export type RevisionRow = typeof shotRevision.$inferSelect;

/** Why a record is corrected or cancelled. */
export const revisionReasons = {
  typing: "入力の誤り",
  "clinic-report": "医療機関からの訂正の報告",
  evidence: "証明書・母子健康手帳で確認",
  "other-person": "別の人の記録だった",
  "not-given": "接種していなかった",
  "told-twice": "同じ接種の二重の記録",
  other: "その他",
} as const satisfies Record<RevisionRow["reason"], string>;
export type RevisionReason = keyof typeof revisionReasons;

/** What a correction may be for, and a cancellation. */
export const reasonsFor = (kind: RevisionRow["kind"]): Partial<Record<RevisionReason, string>> => {
  const { "other-person": other, "not-given": not, "told-twice": twice, ...rest } = revisionReasons;
  return kind === "correct"
    ? rest
    : { "other-person": other, "not-given": not, "told-twice": twice, ...rest };
};

export const refusalTitles = {
  evidence: "根拠が足りない",
  values: "訂正の内容が違う",
  other: "その他",
} as const;

/** What hangs on a record, in words. */
export const holdTitles = {
  paper: "交付した証明",
  refund: "償還払い",
  "clinic-claim": "医療機関への支払",
  relief: "健康被害救済",
} as const;

/** Number as it is shown: `T000012`. */
export const revisionNumber = ({ serial }: { serial: number }): string =>
  `T${String(serial).padStart(6, "0")}`;
export const revisionStateMeta = (state: RecordRevisionState) => stateMeta(recordRevisionV1, state);

/** A record with its channels, its past, what hangs on it and its corrections. @throws Problem 404 */
export async function readRecord(work: Work, id: string) {
  const [record] = await work.tx.select().from(shot).where(eq(shot.id, id));
  const changes = await work.tx
    .select({ change: shotChange, staffName: staff.displayName })
    .from(shotChange)
    .innerJoin(staff, eq(staff.id, shotChange.staffId))
    .where(eq(shotChange.shotId, id))
    .orderBy(asc(shotChange.id));
  const revisions = await work.tx
    .select()
    .from(shotRevision)
    .where(eq(shotRevision.shotId, id))
    .orderBy(desc(shotRevision.serial));
  const personNumber = record?.personNumber ?? changes[0]?.change.personNumber;
  if (!personNumber) throw notFound("この接種記録は見つかりません。");
  const holds = await work.tx
    .selectDistinct({ kind: shotHold.kind })
    .from(shotHold)
    .where(eq(shotHold.shotId, id));
  const slips = await slipsOfShot(work, [id]);
  const channels = record ? await channelsOf(work, record) : [];
  const paid = record ? await paidOf(work, record) : [];
  const [sealed] = record?.detailsId ? await getSealed(work, [record.detailsId]) : [];
  const { doctor } = (sealed?.data ?? {}) as SlipDetails;
  return {
    id,
    record,
    personNumber,
    changes,
    revisions,
    holds: [...new Set([...holds.map((h) => h.kind), ...paid])],
    channels,
    slips,
    doctor,
  };
}

/** By which ways a record was told, the first one included. */
async function channelsOf(work: Work, { personNumber, vaccine, dose }: RecordRow) {
  const rows = await work.tx
    .select({ source: shotChannel.source })
    .from(shotChannel)
    .where(
      and(
        eq(shotChannel.personNumber, personNumber),
        eq(shotChannel.vaccine, vaccine),
        eq(shotChannel.dose, dose),
      ),
    )
    .orderBy(asc(shotChannel.toldOn), asc(shotChannel.source));
  return rows.map(({ source }) => source);
}

/** Whether the dose was paid, and by which way. */
async function paidOf(work: Work, { personNumber, vaccine, dose }: RecordRow) {
  const rows = await work.tx
    .select({ route: paidDose.route })
    .from(paidDose)
    .where(
      and(
        eq(paidDose.personNumber, personNumber),
        eq(paidDose.vaccine, vaccine),
        eq(paidDose.dose, dose),
        eq(paidDose.outcome, "given"),
        isNull(paidDose.cancelledAt),
      ),
    );
  return rows.map(({ route }) =>
    route === "refund" ? ("refund" as const) : ("clinic-claim" as const),
  );
}

/** What a record shall say. */
export interface RecordValues {
  vaccine: string;
  dose: number;
  givenOn: IsoDate;
  product: string | null;
  lot: string | null;
  volume: string | null;
  route: RecordRow["route"];
  clinicCode: string | null;
  clinicName: string | null;
  interviewOn: string | null;
}

/**
 * Corrects or cancels a record: at once, or by another person where money or a paper hangs on it.
 *
 * @returns whether it is done, or waits
 * @throws EntryProblem of a field; Problem 404; 409 where somebody was faster, or the dose is recorded already
 */
export async function proposeRevision(
  work: Work,
  given: {
    shotId: string;
    seen: number;
    kind: RevisionRow["kind"];
    values?: RecordValues | undefined;
    reason: RevisionReason;
  },
): Promise<{ state: "applied" | "waiting" }> {
  const { shotId, seen, kind, values, reason } = given;
  const [record] = await work.tx.select().from(shot).where(eq(shot.id, shotId));
  if (!record) throw notFound("この接種記録は見つかりません。");
  if (values) {
    if (!findVaccine(values.vaccine))
      throw new EntryProblem("vaccine", "予防接種を選んでください。");
    if (!(values.dose >= 1 && values.dose <= 99))
      throw new EntryProblem("dose", "回数を、1から99までの数で入力してください。");
    if (values.givenOn > work.platform.clock.today())
      throw new EntryProblem("givenOn", "接種日は、今日までの日にしてください。");
    if (values.clinicCode && !/^\d{10}$/.test(values.clinicCode))
      throw new EntryProblem("clinicCode", "医療機関コードは、10桁の数字です。");
  }
  const said = values && {
    vaccine: values.vaccine,
    dose: values.dose,
    given_on: values.givenOn,
    product: values.product,
    lot: values.lot,
    volume: values.volume,
    route: values.route,
    clinic_code: values.clinicCode,
    clinic_name: values.clinicName,
    interview_on: values.interviewOn,
  };
  const [row] = await refuseInWords(
    work.sql<{ state: "applied" | "waiting" }[]>`
      select state from vaccination.propose_revision(${shotId}, ${seen}, ${kind}, ${said ? JSON.stringify(said) : null}::text::jsonb, ${reason})`,
    "この記録は、ほかの職員が先に直したか、同じ回の記録が既にあります。",
  ).catch(notOnThatDay);
  if (!row) throw new Error("a correction has a state");
  return row;
}

/** Before birth or after death nothing can have been given: the database knows both. */
function notOnThatDay(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "22023")
    throw new EntryProblem("givenOn", "接種日が、生まれる前か、亡くなった後です。");
  throw error;
}

const standing = (work: Work, row: RevisionRow) => ({
  definition: recordRevisionV1,
  state: row.state,
  context: {
    actingStaffId: work.actor.staffId,
    proposedBy: row.proposedBy,
  } satisfies RecordRevisionContext,
});

/** Buttons of a correction. */
export const revisionActions = (work: Work, row: RevisionRow) =>
  actionsAt(work.actor, standing(work, row), {
    program: "vaccination",
    reach: { office: row.officeCode },
  });

/** Approves, refuses or withdraws a correction. @throws EntryProblem of `refusal`; Problem 403, 404, 409 */
export async function decideRevision(
  work: Work,
  given: { id: string; seen: number; type: RecordRevisionEvent; refusal?: string | undefined },
): Promise<void> {
  const [row] = await work.tx.select().from(shotRevision).where(eq(shotRevision.id, given.id));
  if (!row) throw notFound("この訂正は見つかりません。");
  const target = stateAfter(standing(work, row), given.type);
  const refusal = given.type === "refuse" ? given.refusal : undefined;
  if (given.type === "refuse" && !(refusal && Object.hasOwn(refusalTitles, refusal)))
    throw new EntryProblem("refusal", "認めない理由を選んでください。");
  await refuseInWords(
    work.sql`select vaccination.decide_revision(${given.id}, ${given.seen}, ${given.type}, ${target}, ${refusal ?? null})`,
    "この訂正は、ほかの職員が先に処理したか、記録が変わりました。",
  );
}

const waiting = eq(shotRevision.state, "waiting");

/** Corrections that wait for another person: how many, and the oldest. */
export async function revisionFigures(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${shotRevision.proposedAt})`.mapWith(shotRevision.proposedAt),
    })
    .from(shotRevision)
    .where(waiting);
  return { count: row?.count ?? 0, since: row?.since ?? null };
}

/** The same, line by line, the oldest first. */
export const waitingRevisions = (work: Work, { from, size }: Lines): Promise<RevisionRow[]> =>
  work.tx
    .select()
    .from(shotRevision)
    .where(and(waiting))
    .orderBy(asc(shotRevision.proposedAt), asc(shotRevision.serial))
    .limit(size)
    .offset(from);
