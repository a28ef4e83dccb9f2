import { asc, count, desc, eq } from "drizzle-orm";
import { extraction, seat, session } from "#db/schema/targets.ts";
import { inspectPiece, writeForm } from "#forms/index.ts";
import { type SessionLine, sessionList } from "#forms/vaccination/session-list.ts";
import { recordAudit } from "#src/platform/audit/write.ts";
import { lookAtPeople, type Person } from "#src/platform/people/index.ts";
import { officeFinder, printingOf } from "#src/platform/printing/index.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { vaccinationPapers } from "../papers.ts";
import { getExtraction, toldOf, useExtraction } from "./extractions.ts";
import { subjectTitle } from "./titles.ts";

/** A session seats so many people at most. */
const most = 2000;

/** When and where people come together, how many at once, and after how many minutes the next. */
export interface SessionEntry {
  readonly place: string;
  readonly heldOn: IsoDate;
  /** 13:00 */
  readonly opensAt: string;
  readonly together: number;
  readonly minutes: number;
}

/**
 * Seats the people of an extraction, the youngest first. Who is under 支援措置 is not put on a list of names.
 *
 * @throws EntryProblem where nobody is left or they are too many
 */
export async function seatSession(
  work: Work,
  extractionId: string,
  { place, heldOn, opensAt, together, minutes }: SessionEntry,
): Promise<number> {
  const rows = (await toldOf(work, extractionId)).filter(({ outcome }) => outcome === "included");
  if (rows.length === 0 || rows.length > most)
    throw new EntryProblem("place", `名簿にする人は1人から${most}人までです。`);
  const numbers = rows.map(({ personNumber }) => personNumber);
  const people = new Map(
    (await lookAtPeople(work, [...new Set(numbers)], ["facts"])).map((one) => [
      one.personNumber,
      one,
    ]),
  );
  const bornOf = (number: string) => people.get(number)?.bornOn ?? "";
  const seated = rows.toSorted(
    (one, other) =>
      -bornOf(one.personNumber).localeCompare(bornOf(other.personNumber)) ||
      one.personNumber.localeCompare(other.personNumber),
  );
  const [row] = await work.sql<{ id: number }[]>`
    select targets.seat_session(${extractionId}, ${place}, ${heldOn}, ${opensAt}::time, ${together}, ${minutes},
      ${seated.map(({ personNumber }) => personNumber)}::text[], ${seated.map(({ subject }) => subject)}::text[]) as id`;
  await useExtraction(work, extractionId);
  if (!row) throw new Error("nobody was seated");
  return row.id;
}

/** A session with how many people it seats. @throws Problem 404 */
export async function getSession(work: Work, id: number) {
  const [found] = await work.tx.select().from(session).where(eq(session.id, id));
  if (!found) throw notFound("この集団接種の名簿はありません。");
  const [all] = await work.tx.select({ seats: count() }).from(seat).where(eq(seat.sessionId, id));
  return { ...found, seats: all?.seats ?? 0 };
}

/** Sessions of an extraction, or of all, the latest first. */
export const listSessions = (work: Work, extractionId: string) =>
  work.tx
    .select({ session, title: extraction.title })
    .from(session)
    .innerJoin(extraction, eq(extraction.id, session.extractionId))
    .where(eq(session.extractionId, extractionId))
    .orderBy(desc(session.heldOn), desc(session.id));

/** Seats of a session in their order, a page of them. */
export const seatsOf = (work: Work, id: number, { from, size }: { from: number; size: number }) =>
  work.tx
    .select()
    .from(seat)
    .where(eq(seat.sessionId, id))
    .orderBy(asc(seat.seat))
    .offset(from)
    .limit(size);

/** When a seat is asked to come: 13:20. */
export function timeOfSeat(
  { opensAt, together, minutes }: Pick<SessionEntry, "opensAt" | "together" | "minutes">,
  place: number,
): string {
  const [hours = 0, first = 0] = opensAt.split(":").map(Number);
  const at = hours * 60 + first + Math.floor((place - 1) / together) * minutes;
  return `${Math.floor(at / 60)}:${String(at % 60).padStart(2, "0")}`;
}

/** The list of a session on paper. A name that cannot be printed stands in kana, so that the list is whole. */
export async function printSession(work: Work, id: number): Promise<Uint8Array> {
  const found = await getSession(work, id);
  await getExtraction(work, found.extractionId);
  const seats = await seatsOf(work, id, { from: 0, size: most });
  const numbers = [...new Set(seats.map(({ personNumber }) => personNumber))];
  const people = new Map(
    (await lookAtPeople(work, numbers, ["facts", "name"])).map((one) => [one.personNumber, one]),
  );
  const { fonts, wording } = await printingOf(work, vaccinationPapers);
  const options = { fonts, wording: wording(sessionList) };
  const office = (await officeFinder(work))(work.actor.officeCode ?? "");
  const head = { place: found.place, heldOn: found.heldOn as IsoDate, office };
  const lines = seats.flatMap(({ seat: place, personNumber, subject }): SessionLine[] => {
    const person = people.get(personNumber);
    if (!person?.name || person.addressMasked) return [];
    const [vaccine = "", ...dose] = subjectTitle(subject).split(" ");
    const of = { seat: place, time: timeOfSeat(found, place), vaccine, dose: dose.join(" ") };
    const line = { ...of, person: named(person, person.name.kanji) };
    const stopped = inspectPiece(sessionList, { ...head, lines: [line] }, options).length > 0;
    return [stopped ? { ...of, person: named(person, person.name.kana) } : line];
  });
  await recordAudit(work, {
    kind: "print",
    action: "targets.session-printed",
    persons: numbers,
    detail: { session: id },
  });
  return writeForm(sessionList, [{ ...head, lines }], options);
}

const named = (person: Person, name: string) => ({
  name,
  kana: person.name?.kana ?? "",
  birthDate: person.birthDate,
});
