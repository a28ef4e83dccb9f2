import { randomUUID } from "node:crypto";
import { and, asc, count, desc, eq, inArray, lt, notInArray, type SQL, sql } from "drizzle-orm";
import { inquiry, inquiryEvent } from "#db/schema/exchange.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import type { Provided } from "#src/platform/provision/index.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import {
  type InquiryContext,
  type InquiryEvent,
  type InquiryKind,
  type InquiryState,
  inquiryReasons,
  inquiryV1,
} from "#workflows/vaccination/exchange/inquiry.ts";
import { papersOf } from "./exchange-papers.ts";

export type Inquiry = typeof inquiry.$inferSelect;

/** Number as it is shown: `Q000012`. */
export const inquiryNumber = ({ serial }: { serial: number }): string =>
  `Q${String(serial).padStart(6, "0")}`;
export const inquiryStates = stateNames(inquiryV1) as InquiryState[];
export const inquiryMeta = (state: InquiryState) => stateMeta(inquiryV1, state);
/** A step in words; the first one too. */
export const inquiryEventTitle = (event: string): string =>
  event === "open"
    ? "照会を始めた"
    : ((inquiryV1.events as Readonly<Record<string, { title: string }>>)[event]?.title ?? event);

const ended: InquiryState[] = ["closed", "withdrawn"];
/** Said where somebody was faster. */
export const moved = "この照会は、ほかの職員が先に進めました。";

/**
 * Begins inquiries about people, one each. Who has one of the kind under way is passed over.
 *
 * @returns how many were begun, and the id of the last one
 * @throws Problem 403, 404
 */
export async function openInquiries(
  work: Work,
  given: { kind: InquiryKind; people: readonly string[]; caseId?: string | undefined },
): Promise<{ made: number; id: string }> {
  const people = [...new Set(given.people)];
  if (people.length === 0) throw new EntryProblem("people", "照会する方を選んでください。");
  const ids = people.map(() => randomUUID());
  const [row] = await work.sql<{ made: number }[]>`
    select exchange.open_inquiries(${ids}::uuid[], ${given.kind}, ${people}::text[], ${given.caseId ?? null}) as made`;
  return { made: row?.made ?? 0, id: ids.at(-1) ?? "" };
}

const narrowed = (filter: InquiryFilter, today: IsoDate): SQL | undefined =>
  and(
    filter.state === "overdue"
      ? and(eq(inquiry.state, "asked"), lt(inquiry.dueOn, today))
      : filter.state === undefined
        ? notInArray(inquiry.state, ended)
        : eq(inquiry.state, filter.state),
    filter.kind ? eq(inquiry.kind, filter.kind) : undefined,
    filter.caseId ? eq(inquiry.caseId, filter.caseId) : undefined,
    filter.personNumber ? eq(inquiry.personNumber, filter.personNumber) : undefined,
  );

/** Those of a state (or overdue), or all that are under way. */
export interface InquiryFilter {
  state?: InquiryState | "overdue" | undefined;
  kind?: InquiryKind | undefined;
  caseId?: string | undefined;
  personNumber?: string | undefined;
}

/** A page of inquiries, what is due first. */
export async function listInquiries(work: Work, filter: InquiryFilter, { from, size }: Lines) {
  const where = narrowed(filter, work.platform.clock.today());
  const rows = await work.tx
    .select()
    .from(inquiry)
    .where(where)
    .orderBy(asc(inquiry.dueOn), asc(inquiry.serial))
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(inquiry, where) };
}

/** All inquiries about a person, the newest first. */
export const inquiriesOf = (work: Work, personNumber: string): Promise<Inquiry[]> =>
  work.tx
    .select()
    .from(inquiry)
    .where(eq(inquiry.personNumber, personNumber))
    .orderBy(desc(inquiry.serial));

/** How many stand in each state. */
export const inquiryFigures = (work: Work) =>
  work.tx.select({ state: inquiry.state, inquiries: count() }).from(inquiry).groupBy(inquiry.state);

/** What waits in a state: how many, and the oldest. */
export async function inquiriesWaiting(
  work: Work,
  state: InquiryState | "overdue",
): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${inquiry.openedAt})`.mapWith(inquiry.openedAt),
    })
    .from(inquiry)
    .where(narrowed({ state }, work.platform.clock.today()));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}

/** An inquiry with its history, its papers and what is sealed. @throws Problem 404 */
export async function readInquiry(work: Work, id: string) {
  const row = await findInquiry(work, id);
  const [sealed] = row.answerId ? await getSealed(work, [row.answerId]) : [];
  return {
    row,
    answer: (sealed?.data as { text: string } | undefined)?.text ?? "",
    papers: await papersOf(work, { inquiry: id }),
    events: await work.tx
      .select()
      .from(inquiryEvent)
      .where(eq(inquiryEvent.inquiryId, id))
      .orderBy(asc(inquiryEvent.revision)),
  };
}

/** @throws Problem 404 */
export async function findInquiry(work: Work, id: string): Promise<Inquiry> {
  const [row] = await work.tx.select().from(inquiry).where(eq(inquiry.id, id));
  if (!row) throw notFound("この照会は見つかりません。");
  return row;
}

/** Where an inquiry stands, for its machine; `provision` is what came of naming the person. */
export function standing(row: Inquiry, provision?: Provided["outcome"]) {
  return {
    definition: inquiryV1,
    state: row.state,
    context: {
      addressed: row.municipality !== null,
      provided: provision === "provided" || row.askedOn !== null,
      waiting: provision === "waiting",
      answered: row.slipIds.length > 0 || row.answerId !== null,
    } satisfies InquiryContext,
  };
}

/** Buttons of an inquiry: the steps that are nothing but a step. */
export const inquiryActions = (work: Work, row: Inquiry) =>
  actionsAt(work.actor, standing(row), {
    program: "vaccination",
    reach: { office: row.officeCode },
  });

/** What may be done of the steps that ask for more. */
export const mayStep = (row: Inquiry, type: InquiryEvent): boolean => {
  const at = (inquiryV1.machine.states as Readonly<Record<string, { on?: object }>>)[row.state];
  return Object.hasOwn(at?.on ?? {}, type);
};

/** One step that asks for nothing more than a reason. @throws EntryProblem of `reason`; Problem 403, 404, 409 */
export async function moveInquiry(
  work: Work,
  step: { id: string; seen: number; type: InquiryEvent; reason?: string | undefined },
): Promise<void> {
  const { id, seen, type } = step;
  const row = await findInquiry(work, id);
  const target = stateAfter(standing(row), type);
  const asks = inquiryV1.events[type].comment === "required";
  if (asks && !(step.reason && Object.hasOwn(inquiryReasons, step.reason)))
    throw new EntryProblem("reason", "理由を選んでください。");
  await refuseInWords(
    work.sql`select exchange.move_inquiry(${id}, ${seen}, ${type}, ${target}, ${asks ? (step.reason ?? null) : null})`,
    moved,
  );
}

/** Inquiries by their ids that stand before they were asked, for a decision about many. */
export const openedAmong = (work: Work, ids: readonly string[]): Promise<Inquiry[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : work.tx
        .select()
        .from(inquiry)
        .where(
          and(
            inArray(inquiry.id, [...ids]),
            inArray(inquiry.state, ["opened", "awaiting-release"]),
          ),
        )
        .orderBy(asc(inquiry.serial));
