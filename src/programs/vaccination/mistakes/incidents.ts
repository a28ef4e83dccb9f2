import { randomUUID } from "node:crypto";
import { and, asc, count, desc, eq, inArray, notInArray, type SQL, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { incident, incidentEvent, told } from "#db/schema/mistakes.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import {
  type MistakeCategory,
  mistakeCategories,
} from "#workflows/vaccination/mistakes/categories.ts";
import {
  type MistakeContext,
  type MistakeEvent,
  type MistakeState,
  mistakeV1,
} from "#workflows/vaccination/mistakes/machine.ts";
import { requireOwnCase } from "./links.ts";

export type Mistake = typeof incident.$inferSelect;

export const foundByTitles = {
  entry: "入力時の確認",
  clinic: "医療機関の報告",
  person: "本人・保護者の申出",
  other: "その他",
} as const satisfies Record<Mistake["foundBy"], string>;
export const reportTitles = {
  "at-once": "直ちに報告",
  yearly: "年次報告",
} as const;
export const harmTitles = { none: "なし", watched: "経過観察", harmed: "健康被害あり" } as const;
export const payableTitles = {
  undecided: "未定",
  paid: "支払う",
  "not-paid": "支払わない",
} as const satisfies Record<Mistake["payable"], string>;
export const payableReasonTitles = {
  contract: "委託契約の定め",
  clinic: "医療機関の責任",
  city: "市の責任",
  other: "その他",
} as const;
export const partyTitles = {
  person: "本人・保護者",
  clinic: "医療機関",
  prefecture: "都道府県",
  "medical-association": "医師会",
  other: "その他",
} as const satisfies Record<typeof told.$inferSelect.party, string>;
export const wayTitles = {
  letter: "文書",
  "in-person": "面談",
  telephone: "電話",
  file: "電子データ",
} as const satisfies Record<typeof told.$inferSelect.way, string>;
/** Why something is returned, dismissed or opened anew. */
export const mistakeReasonTitles = {
  facts: "事実の確認が足りない",
  category: "態様の見直し",
  measures: "対応の見直し",
  "not-a-mistake": "間違い接種に当たらない",
  "entered-twice": "二重の入力",
  "new-facts": "新しい事実",
  other: "その他",
} as const;

/** Number as it is shown: `X000012`. */
export const mistakeNumber = ({ serial }: { serial: number }): string =>
  `X${String(serial).padStart(6, "0")}`;
export const mistakeStates = stateNames(mistakeV1) as MistakeState[];
export const mistakeStateMeta = (state: MistakeState) => stateMeta(mistakeV1, state);
export const mistakeEventTitle = (event: string): string => {
  if (event === "open") return "発見";
  if (event === "sendWithYear") return "年次報告で報告";
  return (mistakeV1.events as Readonly<Record<string, { title: string }>>)[event]?.title ?? event;
};

const ended: MistakeState[] = ["closed", "dismissed"];
const narrowed = (filter: { state?: MistakeState | "open" | undefined }): SQL | undefined =>
  filter.state === "open" || filter.state === undefined
    ? notInArray(incident.state, ended)
    : eq(incident.state, filter.state);

/** Incidents of a state, or all that are under way, those known longest first. */
export async function listMistakes(
  work: Work,
  filter: { state?: MistakeState | "open" | undefined },
  { from, size }: Lines,
) {
  const where = narrowed(filter);
  const rows = await work.tx
    .select()
    .from(incident)
    .where(where)
    .orderBy(asc(incident.knownOn), asc(incident.serial))
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(incident, where) };
}

/** How many stand in each state. */
export const mistakeFigures = (work: Work) =>
  work.tx
    .select({ state: incident.state, incidents: count() })
    .from(incident)
    .groupBy(incident.state);

/** What waits in some states: how many, and the oldest. */
export async function mistakesWaiting(work: Work, states: MistakeState[]): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${incident.openedAt})`.mapWith(incident.openedAt),
    })
    .from(incident)
    .where(inArray(incident.state, states));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}
export const waitingMistakes = (work: Work, states: MistakeState[], { from, size }: Lines) =>
  work.tx
    .select()
    .from(incident)
    .where(inArray(incident.state, states))
    .orderBy(asc(incident.openedAt), asc(incident.serial))
    .limit(size)
    .offset(from);

/** Incidents of a person, the newest first. */
export const mistakesOf = (work: Work, personNumber: string): Promise<Mistake[]> =>
  work.tx
    .select()
    .from(incident)
    .where(eq(incident.personNumber, personNumber))
    .orderBy(desc(incident.serial));

/** An incident with who was told, its history, and what is sealed. @throws Problem 404 */
export async function readMistake(work: Work, id: string) {
  const [row] = await work.tx.select().from(incident).where(eq(incident.id, id));
  if (!row) throw notFound("この事案は見つかりません。");
  const [sealed] = row.measuresId ? await getSealed(work, [row.measuresId]) : [];
  return {
    row,
    measures: (sealed?.data as { text: string } | undefined)?.text ?? "",
    told: await work.tx
      .select({ told, staffName: staff.displayName })
      .from(told)
      .innerJoin(staff, eq(staff.id, told.toldBy))
      .where(eq(told.incidentId, id))
      .orderBy(asc(told.id)),
    events: await work.tx
      .select()
      .from(incidentEvent)
      .where(eq(incidentEvent.incidentId, id))
      .orderBy(asc(incidentEvent.revision)),
  };
}

/**
 * Begins an incident that somebody told of, perhaps of a record.
 *
 * @returns its id
 * @throws EntryProblem of a field; Problem 403, 404
 */
export async function openMistake(
  work: Work,
  given: {
    personNumber: string;
    shotId: string | undefined;
    foundBy: Exclude<Mistake["foundBy"], "entry">;
    knownOn: IsoDate;
    vaccine: string;
    dose: number | undefined;
    givenOn: IsoDate;
    clinicCode: string | undefined;
    clinicName: string | undefined;
  },
): Promise<string> {
  const { personNumber, shotId, foundBy, knownOn, vaccine, dose, givenOn } = given;
  if (knownOn > work.platform.clock.today() || knownOn < givenOn)
    throw new EntryProblem("knownOn", "知った日は、接種日から今日までの日にしてください。");
  const id = randomUUID();
  await work.sql`select mistakes.open_incident(${id}, ${personNumber}, ${shotId ?? null}, ${foundBy}, ${knownOn}, ${vaccine},
    ${dose ?? null}, ${givenOn}, ${given.clinicCode ?? null}, ${given.clinicName ?? null})`;
  return id;
}

const moved = "この事案は、ほかの職員が先に進めました。";

/** What somebody judged of an incident. */
export interface Judgement {
  category: MistakeCategory | undefined;
  report: keyof typeof reportTitles | undefined;
  harm: keyof typeof harmTitles | undefined;
  measures: string;
  payable: Mistake["payable"];
  payableReason: keyof typeof payableReasonTitles | undefined;
  claimId: string | undefined;
  reliefCaseId: string | undefined;
}

/**
 * Judges an incident: 態様, report, harm, what was done (sealed), whether it is paid, what it is linked to.
 *
 * @throws EntryProblem of a field; Problem 404, 409
 */
export async function judgeMistake(
  work: Work,
  { id, seen, ...said }: { id: string; seen: number } & Judgement,
): Promise<void> {
  const { row, measures } = await readMistake(work, id);
  if (said.category !== undefined && !Object.hasOwn(mistakeCategories, said.category))
    throw new EntryProblem("category", "態様を選んでください。");
  if ((said.payable === "undecided") !== (said.payableReason === undefined))
    throw new EntryProblem(
      "payableReason",
      "支払うかどうかを決めたときは、その理由を選んでください。",
    );
  if (
    row.reportedOn !== null &&
    (row.category !== (said.category ?? null) || row.report !== (said.report ?? null))
  )
    throw new EntryProblem("category", "報告した後は、態様と報告の区分を変えられません。");
  const { personNumber } = row;
  await requireOwnCase(work, "claim", personNumber, { now: said.claimId, before: row.claimId });
  await requireOwnCase(work, "relief", personNumber, {
    now: said.reliefCaseId,
    before: row.reliefCaseId,
  });
  const sealed =
    said.measures === "" || said.measures === measures
      ? row.measuresId
      : await putSealed(work, {
          holder: row.personNumber,
          program: "vaccination",
          kind: "mistake-words",
          data: { text: said.measures },
        });
  await refuseInWords(
    work.sql`select mistakes.judge(${id}, ${seen}, ${said.category ?? null}, ${said.report ?? null}, ${said.harm ?? null}, ${sealed},
      ${said.payable}, ${said.payableReason ?? null}, ${said.claimId ?? null}, ${said.reliefCaseId ?? null})`,
    moved,
  );
}

/** Notes who was told, when and how. @throws EntryProblem of `toldOn`; Problem 404, 409 */
export async function tellMistake(
  work: Work,
  given: {
    id: string;
    seen: number;
    party: keyof typeof partyTitles;
    way: keyof typeof wayTitles;
    toldOn: IsoDate;
  },
): Promise<void> {
  const { row } = await readMistake(work, given.id);
  if (given.toldOn < row.givenOn || given.toldOn > work.platform.clock.today())
    throw new EntryProblem("toldOn", "連絡した日は、接種日から今日までの日にしてください。");
  await refuseInWords(
    work.sql`select mistakes.tell(${given.id}, ${given.seen}, ${given.party}, ${given.way}, ${given.toldOn})`,
    moved,
  );
}

function standing(work: Work, { row, told }: Awaited<ReturnType<typeof readMistake>>) {
  const toldTo = (party: string) => told.some((one) => one.told.party === party);
  return {
    definition: mistakeV1,
    state: row.state,
    context: {
      actingStaffId: work.actor.staffId,
      judgedBy: row.judgedBy,
      askedBy: row.askedBy,
      judged: row.category !== null && row.report !== null && row.harm !== null,
      measured: row.measuresId !== null,
      report: row.report,
      personTold: toldTo("person"),
      clinicTold: row.foundBy === "clinic" || toldTo("clinic"),
      prefectureTold: toldTo("prefecture"),
      payDecided: row.payable !== "undecided",
    } satisfies MistakeContext,
  };
}

/** Buttons of an incident. */
export const mistakeActions = (work: Work, found: Awaited<ReturnType<typeof readMistake>>) =>
  actionsAt(work.actor, standing(work, found), {
    program: "vaccination",
    reach: { office: found.row.officeCode },
  });

/** One step of an incident. @throws EntryProblem of `reason` or `sentOn`; Problem 403, 404, 409 */
export async function moveMistake(
  work: Work,
  step: {
    id: string;
    seen: number;
    type: Exclude<MistakeEvent, "judge" | "tell">;
    reason?: string | undefined;
    sentOn?: IsoDate | undefined;
  },
): Promise<void> {
  const { id, seen, type } = step;
  const found = await readMistake(work, id);
  const target = stateAfter(standing(work, found), type);
  const asks = mistakeV1.events[type].comment === "required";
  if (asks && !(step.reason && Object.hasOwn(mistakeReasonTitles, step.reason)))
    throw new EntryProblem("reason", "理由を選んでください。");
  const { sentOn } = step;
  if (
    type === "send" &&
    !(sentOn && sentOn >= found.row.knownOn && sentOn <= work.platform.clock.today())
  )
    throw new EntryProblem("sentOn", "報告した日は、知った日から今日までの日にしてください。");
  await refuseInWords(
    work.sql`select mistakes.move(${id}, ${seen}, ${type}, ${target}, ${asks ? (step.reason ?? null) : null}, ${type === "send" ? (sentOn ?? null) : null})`,
    moved,
  );
}

/** Incidents of a yearly report, or of a fiscal year for the list of it; by 態様, then day. */
export const mistakesOfYear = (work: Work, year: number, { from, size }: Lines) =>
  work.tx
    .select()
    .from(incident)
    .where(and(eq(incident.reportYear, year)))
    .orderBy(asc(incident.category), asc(incident.givenOn), asc(incident.serial))
    .limit(size)
    .offset(from);
