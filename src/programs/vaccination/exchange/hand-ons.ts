import { randomUUID } from "node:crypto";
import { asc, count, eq, inArray, sql } from "drizzle-orm";
import { handOn, handOnEvent } from "#db/schema/exchange.ts";
import { shot } from "#db/schema/vaccination.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { numbersUnder } from "#src/platform/people/index.ts";
import { conflict, EntryProblem, notFound } from "#src/platform/problem.ts";
import {
  getRequest,
  type Provided,
  type ProvisionRule,
  provide,
  rulesInForce,
  takeReleased,
} from "#src/platform/provision/index.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import {
  declineReasons,
  type HandOnContext,
  type HandOnState,
  handOnV1,
} from "#workflows/vaccination/exchange/hand-on.ts";
import { checkAddressee } from "./asking.ts";
import { type Addressee, makeAnswerLetter, papersOf, personOfLetter } from "./exchange-papers.ts";

export type HandOn = typeof handOn.$inferSelect;

/** Number as it is shown: `K000012`. */
export const handOnNumber = ({ serial }: { serial: number }): string =>
  `K${String(serial).padStart(6, "0")}`;
export const handOnStates = stateNames(handOnV1) as HandOnState[];
export const handOnMeta = (state: HandOnState) => stateMeta(handOnV1, state);
/** A step in words; the first one too. */
export const handOnEventTitle = (event: string): string =>
  event === "open"
    ? "照会を受け付けた"
    : ((handOnV1.events as Readonly<Record<string, { title: string }>>)[event]?.title ?? event);

const moved = "この照会は、ほかの職員が先に進めました。";
const open: HandOnState[] = ["received", "awaiting-release"];

/** A page of those of a state, or of all, the latest first. */
export async function listHandOns(
  work: Work,
  state: HandOnState | undefined,
  { from, size }: Lines,
) {
  const where = state ? eq(handOn.state, state) : undefined;
  const rows = await work.tx
    .select()
    .from(handOn)
    .where(where)
    .orderBy(
      sql`${handOn.state} in ('received', 'awaiting-release') desc`,
      sql`${handOn.serial} desc`,
    )
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(handOn, where) };
}

/** How many stand in each state. */
export const handOnFigures = (work: Work) =>
  work.tx.select({ state: handOn.state, rows: count() }).from(handOn).groupBy(handOn.state);

/** What waits in a state: how many, and the oldest. */
export async function handOnsWaiting(work: Work, state: HandOnState): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${handOn.enteredAt})`.mapWith(handOn.enteredAt),
    })
    .from(handOn)
    .where(eq(handOn.state, state));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}
export const waitingHandOns = (work: Work, state: HandOnState, { from, size }: Lines) =>
  work.tx
    .select()
    .from(handOn)
    .where(eq(handOn.state, state))
    .orderBy(asc(handOn.enteredAt))
    .limit(size)
    .offset(from);

/** With its history, its paper and the records of the person. @throws Problem 404 */
export async function readHandOn(work: Work, id: string) {
  const row = await findHandOn(work, id);
  return {
    row,
    records: open.includes(row.state)
      ? await recordsUnder(work, row.personNumber)
      : row.shotIds.length > 0
        ? await work.tx
            .select()
            .from(shot)
            .where(inArray(shot.id, row.shotIds))
            .orderBy(asc(shot.givenOn), asc(shot.vaccine), asc(shot.dose))
        : [],
    papers: await papersOf(work, { handOn: id }),
    events: await work.tx
      .select()
      .from(handOnEvent)
      .where(eq(handOnEvent.handOnId, id))
      .orderBy(asc(handOnEvent.revision)),
  };
}

async function findHandOn(work: Work, id: string): Promise<HandOn> {
  const [row] = await work.tx.select().from(handOn).where(eq(handOn.id, id));
  if (!row) throw notFound("この照会は見つかりません。");
  return row;
}

/** Records of a person under any of their numbers. */
const recordsUnder = (work: Work, personNumber: string) =>
  work.tx
    .select()
    .from(shot)
    .where(inArray(shot.personNumber, numbersUnder(personNumber)))
    .orderBy(asc(shot.givenOn), asc(shot.vaccine), asc(shot.dose));

/** Rows of the table of provisions by which records of vaccination may be told. */
export const handOnRules = async (work: Work): Promise<ProvisionRule[]> =>
  (await rulesInForce(work)).filter(
    ({ items, way }) =>
      way === "paper" &&
      (["name", "birth-date", "vaccination-records"] as const).every((item) =>
        items.includes(item),
      ),
  );

/**
 * Enters that another municipality asked about somebody.
 *
 * @returns its id
 * @throws EntryProblem of a field; Problem 403
 */
export async function openHandOn(
  work: Work,
  given: {
    personNumber: string;
    municipalityCode: string | undefined;
    theirNumber: string;
    receivedOn: IsoDate;
    rule: number | undefined;
  } & Addressee,
): Promise<string> {
  checkAddressee(given);
  if (given.theirNumber.length < 1 || given.theirNumber.length > 60)
    throw new EntryProblem("theirNumber", "照会の文書番号を60文字以内で入力してください。");
  if (given.receivedOn > work.platform.clock.today())
    throw new EntryProblem("receivedOn", "照会を受けた日は、今日までの日にしてください。");
  const rule = (await handOnRules(work)).find(({ id }) => id === given.rule);
  if (!rule) throw new EntryProblem("rule", "提供先の表から、提供先と根拠を選んでください。");
  const id = randomUUID();
  await work.sql`select exchange.open_hand_on(${id}, ${given.personNumber}, ${given.municipalityCode ?? null}, ${given.municipality},
    ${given.postalCode}, ${given.address}, ${given.theirNumber}, ${given.receivedOn}, ${rule.id})`;
  return id;
}

const standing = (row: HandOn, provision?: Provided["outcome"]) => ({
  definition: handOnV1,
  state: row.state,
  context: {
    provided: provision === "provided",
    waiting: provision === "waiting",
    refused: provision === "refused",
  } satisfies HandOnContext,
});

/** Buttons: what is nothing but a step. */
export const handOnActions = (work: Work, row: HandOn) =>
  actionsAt(work.actor, standing(row), {
    program: "vaccination",
    reach: { office: row.officeCode },
  });
export const mayAnswer = (row: HandOn): boolean => open.includes(row.state);

/** What came of answering. */
export type HandedOn = "answered" | "waiting" | "refused";

/**
 * Answers: a provision of the records, entered in the register (PRV-1), and the paper of it. Of whom nothing is answered by itself
 * another person's release is waited for. A refusal is an answer, so that its record stays.
 *
 * @throws Problem 403, 404, 409, 422 where a character can't be printed
 */
export async function answerHandOn(
  work: Work,
  { id, seen }: { id: string; seen: number },
): Promise<HandedOn> {
  const row = await findHandOn(work, id);
  if (row.revision !== seen) throw conflict(moved);
  if (!mayAnswer(row)) stateAfter(standing(row, "provided"), "answer");
  const rule = (await handOnRules(work)).find((one) => one.id === row.ruleId);
  if (!rule)
    throw conflict("受け付けたときの提供先の表の行が、今は有効ではありません。回答できません。");
  const provided = await provideFor(work, row, rule);
  const move = (type: "answer" | "hold" | "refuse", paper?: Parameters<typeof stepOf>[4]) =>
    stepOf(work, row, type, { request: provided.request, seen }, paper);
  if (provided.outcome === "refused") {
    if (row.state === "received") await move("refuse");
    return "refused";
  }
  if (provided.outcome === "waiting") {
    if (row.state === "received") await move("hold");
    return "waiting";
  }
  const records = await recordsUnder(work, row.personNumber);
  const paper = await makeAnswerLetter(work, await personOfLetter(work, row.personNumber), {
    to: {
      municipality: row.municipality ?? "",
      postalCode: row.postalCode ?? "",
      address: row.address ?? "",
    },
    theirNumber: row.theirNumber,
    receivedOn: row.receivedOn as IsoDate,
    basis: rule.legalBasis,
    records,
  });
  await move("answer", { ...paper, shots: records.map((one) => one.id) });
  return "answered";
}

async function stepOf(
  work: Work,
  row: HandOn,
  type: "answer" | "hold" | "refuse",
  { request, seen }: { request: number; seen: number },
  paper?: Awaited<ReturnType<typeof makeAnswerLetter>> & { shots: readonly string[] },
): Promise<void> {
  const outcome = { answer: "provided", hold: "waiting", refuse: "refused" } as const;
  const target = stateAfter(standing(row, outcome[type]), type);
  await refuseInWords(
    work.sql`select exchange.move_hand_on(${row.id}, ${seen}, ${type}, ${target}, ${request}, null, ${paper ? [...paper.shots] : []}::uuid[],
      ${paper?.id ?? null}, ${paper?.template ?? null}, ${paper?.sealedId ?? null}, ${paper?.documentNumber ?? null})`,
    moved,
  );
}

async function provideFor(work: Work, row: HandOn, rule: ProvisionRule) {
  if (row.requestId !== null) {
    const { state } = await getRequest(work, row.requestId);
    if (state === "waiting") return { outcome: "waiting" as const, request: row.requestId };
    if (state === "refused") return { outcome: "refused" as const, request: row.requestId };
    if (state === "released") await takeReleased(work, row.requestId);
    return { outcome: "provided" as const, request: row.requestId };
  }
  return provide(work, {
    recipient: rule.recipient,
    basis: rule.legalBasis,
    person: row.personNumber,
    items: ["name", "birth-date", "vaccination-records"],
  });
}

/** Nothing is answered, with a reason. @throws EntryProblem of `reason`; Problem 403, 404, 409 */
export async function declineHandOn(
  work: Work,
  { id, seen, reason }: { id: string; seen: number; reason: string },
): Promise<void> {
  const row = await findHandOn(work, id);
  const target = stateAfter(standing(row), "decline");
  if (!Object.hasOwn(declineReasons, reason))
    throw new EntryProblem("reason", "理由を選んでください。");
  await refuseInWords(
    work.sql`select exchange.move_hand_on(${id}, ${seen}, 'decline', ${target}, null, ${reason}, ${[]}::uuid[], null, null, null, null)`,
    moved,
  );
}
