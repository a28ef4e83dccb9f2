import type { Recipient } from "#forms/index.ts";
import type { Candidate, Piece } from "#src/platform/mailings/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { readCriteria } from "#workflows/vaccination/targets/criteria.ts";
import { isGoing, type Outcome } from "#workflows/vaccination/targets/outcomes.ts";
import { targetSubject } from "#workflows/vaccination/targets/subjects.ts";
import { cautionedOn, recipientsOfMail } from "../special/index.ts";
import { type Extraction, toldOf } from "./extractions.ts";
import { type JudgedDose, judgePeople } from "./judge-people.ts";
import type { TargetVaccine } from "./vaccines.ts";

/** One dose as it stands on a piece. */
export interface DoseFacts {
  readonly subject: string;
  readonly of: Pick<TargetVaccine, "name" | "diseases" | "kind">;
  readonly label: string;
  readonly usableFrom: IsoDate;
  readonly usableTo: IsoDate;
}

/** What a piece is about: one dose, of a booklet all of them. */
export interface TargetFacts {
  readonly doses: readonly DoseFacts[];
  /** Of a person with a 要注意 on the day of the letter. */
  readonly caution?: true | undefined;
}

/** Outcomes that a mailing calls by the same name. */
const sameReason = [
  "already-sent",
  "no-address",
  "birth-unknown",
  "moved-out",
  "deceased",
] as const;

/** The people of an extraction as candidates: those who go, and those who would but for something that a mailing lists, too. */
export async function candidatesOf(
  work: Work,
  extraction: Extraction,
): Promise<Candidate<never>[]> {
  const rows = await toldOf(work, extraction.id, sameReason);
  const candidates = rows.map(({ personNumber, subject, outcome }): Candidate<never> => {
    const leftOut = sameReason.find((reason) => reason === outcome);
    return { personNumber, subject, ...(leftOut && { leftOut }) };
  });
  if (extraction.output !== "booklet") return candidates;
  // A person gets one booklet, whatever is in it; left out is who has nothing at all to be sent.
  return [...Map.groupBy(candidates, ({ personNumber }) => personNumber)].map(
    ([personNumber, some]) => {
      const going = some.some(({ leftOut }) => leftOut === undefined);
      const leftOut = going ? undefined : some[0]?.leftOut;
      return { personNumber, subject: "booklet", ...(leftOut && { leftOut }) };
    },
  );
}

/** For each piece, in order, what would be printed as the records stand now, or what became of the person. */
export async function preparePieces(
  work: Work,
  extraction: Extraction,
  { pieces, datedOn }: { pieces: readonly Piece[]; datedOn: IsoDate },
): Promise<({ facts: TargetFacts; to: Recipient } | { outcome: Outcome | undefined })[]> {
  const people = new Map(pieces.map(({ personNumber, person }) => [personNumber, person]));
  const search = {
    criteria: readCriteria(extraction.criteria),
    output: extraction.output,
    on: extraction.asOf as IsoDate,
  };
  const judged = await judgePeople(work, search, [...people.values()]);
  const cautioned = await cautionedOn(work, [...people.keys()], datedOn);
  const to = await recipientsOfMail(work, pieces, datedOn);
  return pieces.map(({ personNumber, subject, person }, index) => {
    const all = judged.get(personNumber) ?? [];
    const recipient = to[index];
    if (!person.bornOn || !recipient) return { outcome: "birth-unknown" };
    const doses = (subject === "booklet" ? all : all.filter((one) => subjectOf(one) === subject))
      .filter(({ verdict }) => isGoing(verdict.outcome))
      .flatMap((one) => factsOf(one, { asked: search.on, datedOn }) ?? []);
    if (doses.length > 0) {
      const caution = cautioned.has(personNumber) || undefined;
      return { facts: { doses, caution }, to: recipient };
    }
    return { outcome: whyNone(all, subject) };
  });
}

const subjectOf = ({ verdict }: JudgedDose): string | undefined =>
  verdict.subject && targetSubject(verdict.subject);

/** What became of a dose that was found and is not sent: judged otherwise now, or its vaccine is. */
function whyNone(all: readonly JudgedDose[], subject: string): Outcome | undefined {
  const [vaccine] = subject.split(":");
  const now = all.find(({ of }) => subject === "booklet" || of.vaccine.id === vaccine);
  if (!now) return undefined;
  // Another dose is next: the one that was found has been given.
  return isGoing(now.verdict.outcome) ? "done" : now.verdict.outcome;
}

/** Nothing where the time of the dose is over on the day of the letter. A dose that is open already may be given from that day. */
function factsOf(
  one: JudgedDose,
  { asked, datedOn }: { asked: IsoDate; datedOn: IsoDate },
): DoseFacts | undefined {
  const { label, usableFrom, usableTo } = one.verdict;
  const subject = subjectOf(one);
  if (!subject || !label || !usableFrom || !usableTo || usableTo < datedOn) return undefined;
  const { name, diseases, kind } = one.of;
  const from = usableFrom <= asked ? datedOn : later(usableFrom, datedOn);
  return { subject, of: { name, diseases, kind }, label, usableFrom: from, usableTo };
}
