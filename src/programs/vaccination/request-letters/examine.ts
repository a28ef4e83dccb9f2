import type { CaseRow } from "#src/platform/cases/index.ts";
import { cityParameterOn } from "#src/platform/parameters/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { DatedRow } from "#workflows/parameters/dated.ts";
import {
  type LetterFinding,
  letterFindingsOf,
  lineKey,
} from "#workflows/vaccination/request-letters/findings.ts";
import type { RequestReason } from "#workflows/vaccination/request-letters/reasons.ts";
import { type LetterTerms, letterTerms } from "#workflows/vaccination/request-letters/terms.ts";
import { historiesOf } from "../shots.ts";
import { circumstancesOf } from "../special/index.ts";
import { acceptedOf, type OpenedRequest, openRequest } from "./requests.ts";

/** A finding, and for what it was accepted. */
export interface JudgedFinding extends LetterFinding {
  accepted: string | undefined;
}

export interface Examined extends OpenedRequest {
  terms: DatedRow<LetterTerms>;
  findings: readonly JudgedFinding[];
  /** Findings that nobody can accept. */
  blocked: number;
  /** Doubtful ones that nobody has accepted yet. */
  doubtful: number;
}

/**
 * Looks at what was keyed by all that is known today: the register, the records, other letters, the city's terms.
 *
 * @returns nothing before anything was keyed
 * @throws Problem 503 where two people have not set the terms of the day on which it was received
 */
export async function examine(work: Work, found: CaseRow): Promise<Examined | undefined> {
  const opened = await openRequest(work, found);
  if (!opened) return undefined;
  const { request, lines, sealed } = opened;
  const person = await lookAtPerson(work, found.personNumber, ["facts"]);
  if (!person) throw new Error("the subject of a case is in the register");
  const terms = await cityParameterOn(work, letterTerms, found.receivedOn as IsoDate);
  const history = await historiesOf(work, [found.personNumber]);
  const elsewhere = await work.sql<{ vaccine: string; dose: number; other: string }[]>`
    select vaccine, dose, other from request_letters.open_elsewhere(${found.id})`;
  const findings = letterFindingsOf(lines, {
    today: work.platform.clock.today(),
    reason: request.reason as RequestReason,
    place: sealed.stay,
    birth: person.bornOn,
    sex: person.sex === "male" ? "male" : "female",
    diedOn: person.diedOn,
    circumstances: (await circumstancesOf(work, [found.personNumber])).get(found.personNumber),
    residence: { from: person.residence.from, to: person.residence.to },
    history: history.get(found.personNumber) ?? [],
    openElsewhere: new Map(elsewhere.map(({ other, ...dose }) => [lineKey(dose), other])),
    terms: terms.value,
  });
  const accepted = await acceptedOf(work, found.id, request.revision);
  const judged = findings.map((one) => ({
    ...one,
    accepted: accepted.find(({ number, code }) => number === one.line && code === one.code)?.reason,
  }));
  return {
    ...opened,
    terms,
    findings: judged,
    blocked: judged.filter(({ level }) => level === "blocked").length,
    doubtful: judged.filter((one) => one.level === "doubtful" && one.accepted === undefined).length,
  };
}
