import { type BirthDate, birthRange, gapOf, mayReckonBy } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { firstState } from "#workflows/flows/answer.ts";
import {
  type ReckonedBirthContext,
  type ReckonedBirthEvent,
  reckonedBirthV1,
} from "#workflows/people/reckoned-birth-machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import {
  type CountedByOthers,
  type FiguresByOthers,
  figuresByOthers,
  type Lines,
} from "../lines.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import { keyOfPerson } from "../vault/person-key.ts";
import { seal, unseal } from "../vault/seal.ts";
import type { Work } from "../work.ts";
import type { Person } from "./look.ts";

/** Upon what a day is set in place of a day of birth that is unknown. */
export const reckoningBases = {
  "family-register": "戸籍・除籍・改製原戸籍の記載",
  notice: "国・都道府県の通知",
  "city-rule": "市の取扱要領",
  other: "その他（理由に記載）",
} as const;
export type ReckoningBasis = keyof typeof reckoningBases;

/** A day by which to reckon (みなし生年月日) as it was proposed, and what became of it. */
export interface ReckonedBirth {
  id: number;
  /** What the register told then. */
  birthTold: BirthDate;
  reckonedOn: IsoDate;
  basis: ReckoningBasis;
  source: string;
  reason: string;
  proposedBy: number;
  proposer: string;
  proposedAt: Date;
  decision: "approved" | "refused" | null;
  decider: string | null;
  decidedAt: Date | null;
  /** By a later one, or by what the register told since. */
  ended: "replaced" | "register" | null;
  endedAt: Date | null;
  reviewer: string | null;
  reviewedAt: Date | null;
}

/** All that were set or proposed for a person, the newest first; one logged look where there are any. */
export async function reckonedBirthsOf(work: Work, personNumber: string): Promise<ReckonedBirth[]> {
  const rows = await work.sql<(Omit<ReckonedBirth, "source" | "reason"> & Sealed)[]>`
    select b.id::integer as id, b.birth_told as "birthTold", b.reckoned_on as "reckonedOn", b.basis,
           b.sealed_reason as "sealedReason", b.wrapped_key as "wrappedKey", b.proposed_by as "proposedBy",
           p.display_name as proposer, b.proposed_at as "proposedAt", b.decision, d.display_name as decider,
           b.decided_at as "decidedAt", b.ended, b.ended_at as "endedAt", r.display_name as reviewer, b.reviewed_at as "reviewedAt"
      from vault.reckoned_births_of(${personNumber}) b join access.staff p on p.id = b.proposed_by
      left join access.staff d on d.id = b.decided_by left join access.staff r on r.id = b.reviewed_by
     order by b.id desc`;
  return rows.map(({ sealedReason, wrappedKey, ...row }) => {
    const key = work.platform.keys.unwrap(wrappedKey);
    return {
      ...row,
      proposedAt: new Date(row.proposedAt),
      decidedAt: moment(row.decidedAt),
      endedAt: moment(row.endedAt),
      reviewedAt: moment(row.reviewedAt),
      ...JSON.parse(unseal(key, placeOf(personNumber), sealedReason).toString()),
    };
  });
}

/** Moments come from plain statements as text. */
const moment = (at: Date | null): Date | null => at && new Date(at);

interface Sealed {
  sealedReason: Buffer;
  wrappedKey: Buffer;
}

const placeOf = (personNumber: string) => `${personNumber}|reckoned-birth`;

/**
 * Proposes a day by which to reckon for a person of whom the register knows no day of birth; it counts when another person
 * has confirmed it.
 *
 * @throws EntryProblem of `day`, `basis`, `source` or `reason`; Problem 409 where another waits or the register tells another
 *   birth date by now
 */
export async function proposeReckonedBirth(
  work: Work,
  person: Person,
  wanted: {
    day: IsoDate | undefined;
    basis: ReckoningBasis | undefined;
    source: string;
    reason: string;
  },
): Promise<void> {
  const { birthDate, personNumber } = person;
  const { day, basis } = wanted;
  const [source, reason] = [wanted.source.trim(), wanted.reason.trim()];
  if (!gapOf(birthDate)) throw conflict("この方の生年月日は分かっています。");
  if (!day) throw new EntryProblem("day", "みなし生年月日を入力してください。例: S3.7.1");
  if (!mayReckonBy(birthDate, day)) {
    const { from, to } = birthRange(birthDate);
    throw new EntryProblem(
      "day",
      `住民記録の${formatWareki(birthDate)}と合いません。${formatWareki(from)}から${formatWareki(to)}までの日を入力してください。`,
    );
  }
  if (day > work.platform.clock.today())
    throw new EntryProblem("day", "今日より後の日付は入力できません。");
  if (day === person.bornOn)
    throw new EntryProblem("day", "いまのみなし生年月日と同じ日です。別の日を入力してください。");
  if (!basis) throw new EntryProblem("basis", "根拠を選んでください。");
  if (source.length < 2 || source.length > 200)
    throw new EntryProblem("source", "出典の文書を2文字以上200文字以内で入力してください。");
  const fault = reasonFault(reason);
  if (fault) throw new EntryProblem("reason", fault);
  const key = await keyOfPerson(work, personNumber);
  const sealed = seal(key, placeOf(personNumber), JSON.stringify({ source, reason }));
  const [made] = await work.sql<{ id: string | null }[]>`
    select vault.propose_reckoned_birth(${personNumber}, ${birthDate}, ${day}, ${basis}, ${sealed}) as id`;
  if (!made?.id)
    throw conflict(
      "ほかの職員が先に起案したか、住民記録が変わりました。画面を開き直してください。",
    );
}

const standing = (work: Work, one: ReckonedBirth): Standing<ReckonedBirthContext> => ({
  definition: reckonedBirthV1,
  state: one.decision ?? firstState(reckonedBirthV1),
  context: { actingStaffId: work.actor.staffId, requestedBy: one.proposedBy },
});

/** What this person could do with one; nothing where it has ended. */
export const reckonedBirthActions = (work: Work, one: ReckonedBirth): FlowAction[] =>
  one.ended ? [] : actionsAt(work.actor, standing(work, one));

/** Confirms or refuses what another person proposed. @throws Problem 403, 404, 409 */
export async function moveReckonedBirth(
  work: Work,
  personNumber: string,
  { id, event }: { id: number; event: ReckonedBirthEvent },
): Promise<void> {
  const one = (await reckonedBirthsOf(work, personNumber)).find((row) => row.id === id);
  if (!one) throw notFound("みなし生年月日の起案が見つかりません。");
  const decision = stateAfter(standing(work, one), event);
  const [row] = await work.sql<{ decided: boolean }[]>`
    select vault.decide_reckoned_birth(${id}, ${decision}) as decided`;
  if (!row?.decided) throw conflict("ほかの職員が先に処理したか、住民記録が変わりました。");
}

/** Enters that what was decided by a day that the register ended has been gone through. @throws Problem 409 */
export async function reviewReckonedBirth(work: Work, id: number): Promise<void> {
  const [row] = await work.sql<{ reviewed: boolean }[]>`
    select vault.review_reckoned_birth(${id}) as reviewed`;
  if (!row?.reviewed) throw conflict("ほかの職員が先に処理しました。");
}

/** Where the people stand whose day of birth the register does not know. */
export const unknownBirthStates = {
  unset: "未設定",
  waiting: "確認待ち",
  set: "設定済",
  "to-review": "見直し待ち",
} as const;
export type UnknownBirthState = keyof typeof unknownBirthStates;

/** How many there are in each state, and since when; of those that wait, also what others proposed. */
export async function countUnknownBirths(
  work: Work,
): Promise<ReadonlyMap<UnknownBirthState, FiguresByOthers>> {
  const rows = await work.sql<
    (CountedByOthers & { state: UnknownBirthState })[]
  >`select state, people::integer as count, since::text as since, by_others::integer as by_others, by_others_since::text as by_others_since
      from vault.count_births_unknown()`;
  return new Map(rows.map(({ state, ...row }) => [state, figuresByOthers(row)]));
}

/** Numbers of some of them in one state, the oldest first, and since when. */
export async function listUnknownBirths(
  work: Work,
  state: UnknownBirthState,
  { from, size, byOthersAlone = false }: Lines & { byOthersAlone?: boolean },
): Promise<{ personNumber: string; since: Date }[]> {
  const rows = await work.sql<{ personNumber: string; since: Date }[]>`
    select person_number as "personNumber", since
      from vault.list_births_unknown(${state}, ${byOthersAlone}, ${from}, ${size})`;
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}
