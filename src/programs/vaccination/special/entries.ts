import { randomUUID } from "node:crypto";
import { and, asc, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { specialEntry, specialEvent } from "#db/schema/special.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { lookAtPerson, numbersOf } from "#src/platform/people/index.ts";
import { EntryFaults, EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { exceptionRefusals, judgeException } from "#workflows/vaccination/special/exception.ts";
import {
  evidenceFor,
  hasAddress,
  needsTwo,
  type SpecialEndReason,
  type SpecialEvidence,
  type SpecialKind,
  specialEndReasons,
  specialReasons,
} from "#workflows/vaccination/special/kinds.ts";
import {
  type SpecialContext,
  type SpecialEvent,
  type SpecialState,
  specialV1,
} from "#workflows/vaccination/special/machine.ts";
import { rsvDays } from "#workflows/vaccination/special/pregnancy.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { vaccineTitle } from "./titles.ts";

export type Special = typeof specialEntry.$inferSelect;

/** What is sealed of an entry: a place with whose name stands there, or words. */
export interface SpecialWords {
  text?: string | undefined;
  name?: string | undefined;
  postalCode?: string | undefined;
  address?: string | undefined;
  building?: string | undefined;
  telephone?: string | undefined;
}

/** Number as it is shown: `K000012`. */
export const specialNumber = ({ serial }: { serial: number }): string =>
  `K${String(serial).padStart(6, "0")}`;
export const specialMeta = (state: SpecialState) => stateMeta(specialV1, state);
export const specialEventTitle = (event: string): string =>
  event === "enter"
    ? "入力"
    : ((specialV1.events as Readonly<Record<string, { title: string }>>)[event]?.title ?? event);

export interface SpecialFilter {
  kind?: SpecialKind | undefined;
  state?: SpecialState | undefined;
}
const narrowed = ({ kind, state }: SpecialFilter): SQL | undefined =>
  and(
    kind && eq(specialEntry.kind, kind),
    state
      ? eq(specialEntry.state, state)
      : inArray(specialEntry.state, ["awaiting", "returned", "standing"]),
  );

/** Entries, the newest first: those in force and under way, or of a state. */
export async function listSpecial(work: Work, filter: SpecialFilter, { from, size }: Lines) {
  const where = narrowed(filter);
  const rows = await work.tx
    .select()
    .from(specialEntry)
    .where(where)
    .orderBy(desc(specialEntry.serial))
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(specialEntry, where) };
}

/** How many stand in a state, by kind. */
export const specialFigures = (work: Work, state: SpecialState | undefined) =>
  work.tx
    .select({ kind: specialEntry.kind, entries: count() })
    .from(specialEntry)
    .where(narrowed({ state }))
    .groupBy(specialEntry.kind);

/** What waits in a state: how many, and since when. */
export async function specialWaiting(work: Work, state: SpecialState): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${specialEntry.enteredAt})`.mapWith(specialEntry.enteredAt),
    })
    .from(specialEntry)
    .where(eq(specialEntry.state, state));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}
export const waitingSpecial = (work: Work, state: SpecialState, { from, size }: Lines) =>
  work.tx
    .select()
    .from(specialEntry)
    .where(eq(specialEntry.state, state))
    .orderBy(asc(specialEntry.enteredAt), asc(specialEntry.serial))
    .limit(size)
    .offset(from);

/** Entries of a person under all their numbers, the newest first. */
export async function specialsOfPerson(work: Work, personNumber: string): Promise<Special[]> {
  const numbers = (await numbersOf(work, [personNumber])).get(personNumber) ?? [personNumber];
  return work.tx
    .select()
    .from(specialEntry)
    .where(inArray(specialEntry.personNumber, [...numbers]))
    .orderBy(desc(specialEntry.serial));
}

/**
 * An entry with its history and what is sealed; without a place that may not be seen (支援措置).
 *
 * @throws Problem 404
 */
export async function readSpecial(work: Work, id: string) {
  const [row] = await work.tx.select().from(specialEntry).where(eq(specialEntry.id, id));
  if (!row) throw notFound("この入力は見つかりません。");
  const person = await lookAtPerson(work, row.personNumber, ["facts", "name", "address"]);
  const withheld = hasAddress(row.kind) && person?.addressMasked === true;
  const [sealed] = row.wordsId && !withheld ? await getSealed(work, [row.wordsId]) : [];
  return {
    row,
    person,
    withheld,
    words: (sealed?.data ?? {}) as SpecialWords,
    events: await work.tx
      .select()
      .from(specialEvent)
      .where(eq(specialEvent.entryId, id))
      .orderBy(asc(specialEvent.revision)),
  };
}

/** What somebody enters of a person. */
export interface SpecialSaid {
  personNumber: string;
  kind: SpecialKind;
  reason: string | undefined;
  evidence: SpecialEvidence | undefined;
  evidenceOn: IsoDate | undefined;
  /** Not asked of 長期療養特例 and of a pregnancy, which have their days from the rules. */
  validFrom: IsoDate | undefined;
  validUntil: IsoDate | undefined;
  hindranceFrom: IsoDate | undefined;
  hindranceTo: IsoDate | undefined;
  vaccines: readonly VaccineId[];
  dueOn: IsoDate | undefined;
  words: SpecialWords;
}

const example = "例: R8.11.20";

/**
 * Enters a 特例 or 注意 of a person, or changes what stands (`at`). 長期療養特例 waits for another person; everything else holds at
 * once. The ends of 長期療養特例 and the days of a pregnancy come from the rules.
 *
 * @returns its id
 * @throws EntryProblem of a field; Problem 403, 404, 409
 */
export async function enterSpecial(
  work: Work,
  said: SpecialSaid,
  at?: { id: string; seen: number },
): Promise<string> {
  const before = at && (await readSpecial(work, at.id));
  const { personNumber, kind, words } = said;
  const today = work.platform.clock.today();
  const faults = new EntryFaults();
  const reason = faults.need(
    "reason",
    said.reason && Object.hasOwn(specialReasons[kind], said.reason) ? said.reason : undefined,
    "理由を選んでください。",
  );
  const evidence = faults.need(
    "evidence",
    said.evidence && evidenceFor(kind).includes(said.evidence) ? said.evidence : undefined,
    "確認したものを選んでください。",
  );
  const evidenceOn = faults.need(
    "evidenceOn",
    said.evidenceOn && said.evidenceOn <= today ? said.evidenceOn : undefined,
    `確認した日を、今日までの日で入力してください。${example}`,
  );
  const days = await faults.check(() => daysOf(work, said));
  await faults.check(() => {
    requireWords(kind, words);
    return true;
  });
  faults.end();
  const id = at?.id ?? randomUUID();
  const wordsId = await sealWords(work, said, before);
  const { untils, vaccines } = days;
  await refuseInWords(
    work.sql`select special.enter(${id}, ${at?.seen ?? null}, ${personNumber}, ${kind}, ${reason}, ${evidence}, ${evidenceOn}, ${days.from}, ${days.until ?? null},
      ${days.hindrance?.from ?? null}, ${days.hindrance?.to ?? null}, ${vaccines}::text[], ${untils}::date[], ${days.dueOn ?? null}, ${wordsId})`,
    "この入力は、ほかの職員が先に直しました。",
  );
  return id;
}

interface Days {
  from: IsoDate;
  until: IsoDate | undefined;
  hindrance: { from: IsoDate; to: IsoDate } | undefined;
  vaccines: string[];
  untils: IsoDate[];
  dueOn: IsoDate | undefined;
}

/** The days on which an entry holds. @throws EntryProblem, EntryFaults */
async function daysOf(work: Work, said: SpecialSaid): Promise<Days> {
  const none = { hindrance: undefined, vaccines: [], untils: [], dueOn: undefined };
  if (said.kind === "long-illness") return illnessDays(work, said);
  if (said.kind === "pregnancy") {
    const today = work.platform.clock.today();
    const { dueOn } = said;
    if (!dueOn || dueOn < addDays(today, -14) || dueOn > addDays(today, 280))
      throw new EntryProblem("dueOn", `出産予定日を入力してください。${example}`);
    const { from, to } = rsvDays(dueOn);
    return { ...none, from, until: to, dueOn };
  }
  if (!said.validFrom)
    throw new EntryProblem("validFrom", `始まりの日を入力してください。${example}`);
  if (said.validUntil && said.validUntil < said.validFrom)
    throw new EntryProblem("validUntil", "終わりの日は、始まりの日以後にしてください。");
  const person = await lookAtPerson(work, said.personNumber, ["facts"]);
  if (person?.bornOn && said.validFrom < person.bornOn)
    throw new EntryProblem("validFrom", "生年月日より前の日です。");
  return { ...none, from: said.validFrom, until: said.validUntil };
}

async function illnessDays(work: Work, said: SpecialSaid): Promise<Days> {
  const person = await lookAtPerson(work, said.personNumber, ["facts"]);
  if (!person?.bornOn || person.sex === "unknown")
    throw new EntryProblem(
      "hindranceFrom",
      "生年月日か性別が分からないため、特例の期限を判定できません。",
    );
  const faults = new EntryFaults();
  const from = faults.need(
    "hindranceFrom",
    said.hindranceFrom && said.hindranceFrom >= person.bornOn ? said.hindranceFrom : undefined,
    `受けられなくなった日を、生年月日以後の日で入力してください。${example}`,
  );
  const to = faults.need(
    "hindranceTo",
    said.hindranceTo &&
      said.hindranceTo <= work.platform.clock.today() &&
      (!said.hindranceFrom || said.hindranceFrom <= said.hindranceTo)
      ? said.hindranceTo
      : undefined,
    `支障がなくなった日を、受けられなくなった日から今日までの日で入力してください。${example}`,
  );
  if (said.vaccines.length === 0) faults.need("vaccines", "", "予防接種を一つ以上選んでください。");
  faults.end();
  const judged = said.vaccines.map((vaccine) =>
    judgeException(
      vaccine,
      { birth: person.bornOn as IsoDate, sex: person.sex === "male" ? "male" : "female" },
      { from, to },
    ),
  );
  const refused = judged.flatMap((one) =>
    "refusal" in one ? [`${vaccineTitle(one.vaccine)}: ${exceptionRefusals[one.refusal]}`] : [],
  );
  if (refused.length > 0) throw new EntryProblem("vaccines", refused.join(" "));
  const granted = judged.flatMap((one) => ("until" in one ? [one] : []));
  const until = granted
    .map((one) => one.until)
    .toSorted()
    .at(-1);
  return {
    from: to,
    until,
    hindrance: { from, to },
    vaccines: granted.map(({ vaccine }) => vaccine),
    untils: granted.map((one) => one.until),
    dueOn: undefined,
  };
}

function requireWords(kind: SpecialKind, words: SpecialWords): void {
  if (!hasAddress(kind)) {
    if ((kind === "caution" || kind === "memo") && !words.text)
      throw new EntryProblem("text", "内容を入力してください。");
    return;
  }
  const faults = new EntryFaults();
  if (kind === "mailing-address" && !words.name)
    faults.need("name", "", "送付先の宛名を入力してください。");
  if (!words.postalCode || !/^\d{7}$/.test(words.postalCode))
    faults.need("postalCode", "", "郵便番号を7桁で入力してください。");
  if (!words.address) faults.need("address", "", "住所を入力してください。");
  faults.end();
}

/** The sealed record: the one that stands where nothing of it changed, none where nothing is said. */
async function sealWords(
  work: Work,
  { personNumber, kind, words }: SpecialSaid,
  before: Awaited<ReturnType<typeof readSpecial>> | undefined,
): Promise<string | null> {
  const data = Object.fromEntries(Object.entries(words).filter(([, value]) => value));
  if (before && JSON.stringify(data) === JSON.stringify(before.words)) return before.row.wordsId;
  if (Object.keys(data).length === 0) return null;
  return putSealed(work, {
    holder: personNumber,
    program: "vaccination",
    kind: hasAddress(kind) ? "special-address" : "special-words",
    data,
  });
}

const standing = (work: Work, row: Special) => ({
  definition: specialV1,
  state: row.state,
  context: {
    actingStaffId: work.actor.staffId,
    enteredBy: row.enteredBy,
    two: needsTwo(row.kind),
  } satisfies SpecialContext,
});

/** Buttons of an entry. */
export const specialActions = (work: Work, row: Special) =>
  actionsAt(work.actor, standing(work, row), {
    program: "vaccination",
    reach: { office: row.officeCode },
  });

/** Whether it may be changed now, by whoever holds the right. */
export const mayChange = ({ state }: Pick<Special, "state">): boolean =>
  state === "returned" || state === "standing" || state === "ended";

/** One step of an entry. @throws EntryProblem of `reason` or `endsOn`; Problem 403, 404, 409 */
export async function moveSpecial(
  work: Work,
  step: {
    id: string;
    seen: number;
    type: Exclude<SpecialEvent, "correct" | "amend">;
    reason?: SpecialEndReason | undefined;
    endsOn?: IsoDate | undefined;
  },
): Promise<void> {
  const { id, seen, type, endsOn } = step;
  const [row] = await work.tx.select().from(specialEntry).where(eq(specialEntry.id, id));
  if (!row) throw notFound("この入力は見つかりません。");
  const target = stateAfter(standing(work, row), type);
  const asks = specialV1.events[type].comment === "required";
  if (asks && !(step.reason && Object.hasOwn(specialEndReasons, step.reason)))
    throw new EntryProblem("reason", "理由を選んでください。");
  if (
    type === "end" &&
    !(endsOn && endsOn >= row.validFrom && (!row.validUntil || endsOn <= row.validUntil))
  )
    throw new EntryProblem(
      "endsOn",
      `終わりの日を、有効な期間のうちの日で入力してください。${example}`,
    );
  await refuseInWords(
    work.sql`select special.move(${id}, ${seen}, ${type}, ${target}, ${asks ? (step.reason ?? null) : null}, ${type === "end" ? (endsOn ?? null) : null})`,
    "この入力は、ほかの職員が先に進めました。",
  );
}
