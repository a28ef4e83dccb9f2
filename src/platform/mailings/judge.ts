import type { PieceProblem } from "#forms/index.ts";
import { lookAtPeople, type Person } from "../people/index.ts";
import {
  recordUnprintable,
  type StoppedCharacter,
  type StoppedPaper,
  stoppedCharacters,
} from "../printing/index.ts";
import type { Work } from "../work.ts";
import {
  type Candidate,
  type MailingKind,
  type Piece,
  type PreparedPiece,
  type RunOfKind,
  waitsForRelease,
} from "./kind.ts";
import { formFiller, type PrintedPiece, stopsOf } from "./print.ts";

/** A piece of a run, and whether it may be sent as things stand now. */
export interface Judged<Item> {
  item: Item;
  person: Person | undefined;
  /** Why it waits or is left out; `null` when it may be sent. */
  reason: string | null;
  /** What would be printed, of pieces that may be sent or wait for a release. */
  ready?: PreparedPiece & PrintedPiece;
  /** Characters for which it is left out. */
  characters: readonly StoppedCharacter[];
}

/**
 * Looks at the people of some pieces (no more than a few thousand: each look is logged) and asks the kind what would be
 * printed. In the order given.
 */
export async function judgePieces<Item extends Candidate>(
  work: Work,
  { kind, run, sample = false }: { kind: MailingKind; run: RunOfKind; sample?: boolean },
  items: readonly Item[],
): Promise<Judged<Item>[]> {
  const people = await peopleOf(work, items, ["name", "address"]);
  const judged = items.map((item): Judged<Item> => {
    const person = people.get(item.personNumber);
    return { item, person, reason: obstacleOf(person, item), characters: [] };
  });
  const open = judged.flatMap((one) => {
    const { item, person, reason } = one;
    if (reason !== null || !isAddressed(person)) return [];
    const { personNumber, subject, pieceNumber } = item;
    const number = pieceNumber ?? kind.number.sample;
    return [{ one, piece: { personNumber, subject, pieceNumber: number, person } }];
  });
  const pieces = open.map(({ piece }) => piece);
  const prepared = pieces.length === 0 ? [] : await kind.prepare(work, { ...run, sample }, pieces);
  const fill = await formFiller(work, kind, { sample });
  for (const [place, { one, piece }] of open.entries()) {
    const found = prepared[place];
    if (!found) throw new Error(`${kind.id} did not answer for every piece`);
    if ("leftOut" in found) {
      one.reason = found.leftOut;
      continue;
    }
    const { facts, to, issued, isProtected } = found;
    const paper = issued?.paper ?? run.paper;
    if (!paper) throw new Error(`${kind.id} did not say with what a piece was issued`);
    const whole = { ...piece, facts, to, paper, datedOn: issued?.on ?? run.datedOn };
    const printed = await fill(whole);
    const problems = stopsOf(printed);
    const waits = (piece.person.isProtected || isProtected) && !isReleased(one.item);
    if (!/^\d{7}$/.test(to.postalCode) || to.address === "")
      one.reason = waits ? "protected" : "no-address";
    else if (problems.length > 0) {
      one.reason = reasonOf(problems);
      one.characters = stoppedCharacters(problems);
    } else {
      one.ready = { ...whole, ...printed };
      if (piece.person.isProtected || isProtected) one.reason = "protected";
    }
  }
  return judged;
}

/**
 * What keeps any letter from a person, whatever it says. 支援措置 comes before an address that is missing: nobody completes
 * one for a letter that has to wait.
 */
function obstacleOf(person: Person | undefined, item: Candidate): string | null {
  if (!person) return "moved-out";
  if (person.diedOn || person.residence.toReason === "death") return "deceased";
  if (person.residence.to) return "moved-out";
  if (person.addressMasked) return "protected";
  if (isAddressed(person)) return null;
  return person.isProtected && !isReleased(item) ? "protected" : "no-address";
}

/** Whether somebody let a piece go although it waits: then its other faults count. */
const isReleased = ({ releasedBy = null }: Candidate): boolean => releasedBy !== null;

const isAddressed = (person: Person | undefined): person is Piece["person"] =>
  person?.name !== undefined && person.address !== undefined;

/** Why a piece is left out that the form cannot print. */
export const reasonOf = (problems: readonly PieceProblem[]): string =>
  problems.some(({ kind }) => kind === "does-not-fit") ? "no-room" : "no-glyph";

/** Whether a piece is printed: nothing keeps it, or it waited and was released. */
export const mayBeSent = ({ reason }: { reason: string | null }, released: boolean): boolean =>
  reason === null || (released && waitsForRelease(reason));

/** Enters in the 外字一覧 the characters that stopped pieces of a run. */
export async function recordStopped(
  work: Work,
  { papers, form }: MailingKind,
  /** None where it was printed in the office. */
  runId: string | undefined,
  judged: readonly Pick<Judged<unknown>, "person" | "characters">[],
): Promise<void> {
  const stopped = judged.flatMap(({ person, characters }): StoppedPaper[] => {
    if (!person || characters.length === 0) return [];
    const { personNumber, officeCode } = person;
    return [
      {
        personNumber,
        officeCode,
        program: papers.program,
        form: form.id,
        ...(runId && { runId }),
        characters,
      },
    ];
  });
  await recordUnprintable(work, stopped);
}

/** The people of some pieces, by 統合宛名番号. */
export async function peopleOf(
  work: Work,
  items: readonly { personNumber: string }[],
  wanted: readonly ("name" | "address")[],
): Promise<Map<string, Person>> {
  const numbers = [...new Set(items.map(({ personNumber }) => personNumber))];
  const people = await lookAtPeople(work, numbers, [...wanted]);
  return new Map(people.map((person) => [person.personNumber, person]));
}
