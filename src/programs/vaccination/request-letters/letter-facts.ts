import type { Recipient } from "#forms/index.ts";
import type { RequestData } from "#forms/vaccination/request-parts.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { recipientOf, requireReleasedAddress, type Unissued } from "#src/platform/letters/index.ts";
import { addressLine, lookAtPeople } from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { lineTitle } from "#workflows/vaccination/request-letters/findings.ts";
import { validUntil } from "#workflows/vaccination/request-letters/terms.ts";
import { vaccineLabel } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { historiesOf } from "../shots.ts";
import { lettersOf, linesOfLetter, type OpenedRequest, openRequest } from "./requests.ts";

/** Stands where a number will be, on a paper that is only looked at. */
export const draft = "（下書き）";

/** What every paper of a letter is filled with. */
export interface LetterPaperFacts {
  data: Unissued<RequestData>;
  opened: OpenedRequest;
  /** Whom the applicant's letters go to. */
  applicant: Recipient;
  /** Doses with their numbers, for papers that stand for one. */
  doses: readonly { vaccine: VaccineId; dose: number; plannedOn: IsoDate }[];
  /** The person lives, or somebody they live with, where nobody may know. */
  isProtected: boolean;
}

/**
 * Facts of the papers of a letter: of the one that holds, or as it would be issued today for `months`.
 *
 * @throws Problem 403 under 支援措置 for who may not see the address
 */
export async function letterPaperFacts(
  work: Work,
  found: CaseRow,
  { months }: { months?: number } = {},
): Promise<LetterPaperFacts> {
  const opened = await openRequest(work, found);
  if (!opened) throw new Problem({ status: 422, message: "申請内容が入力されていません。" });
  const numbers = [
    found.personNumber,
    ...(opened.applicantNumber === undefined ? [] : [opened.applicantNumber]),
  ];
  const people = await lookAtPeople(work, numbers, ["facts", "name", "address"]);
  requireReleasedAddress(work, people);
  const person = people.find(({ personNumber }) => personNumber === found.personNumber);
  if (!person?.name) throw new Error("the subject of a case is in the register");
  const isProtected = people.some((one) => one.isProtected);
  const today = work.platform.clock.today();
  const letter = (await lettersOf(work, found.id)).find(({ endedOn }) => endedOn === null);
  const decided = (await linesOfLetter(work, found.id)).filter(({ state }) => state === "open");
  const doses = letter
    ? decided.map(({ vaccine, dose, plannedOn }) => ({
        vaccine: vaccine as VaccineId,
        dose,
        plannedOn: plannedOn as IsoDate,
      }))
    : opened.lines;
  const { applicant } = opened;
  const from = (letter?.issuedOn as IsoDate | undefined) ?? today;
  const to = await recipientOf(work, applicant);
  return {
    opened,
    applicant: to,
    doses,
    isProtected,
    data: {
      to,
      documentNumber: draft,
      date: today,
      office: (await officeFinder(work))(found.officeCode),
      program: "予防接種",
      facts: [],
      person: {
        name: person.name.kanji,
        kana: person.name.kana,
        birthDate: person.birthDate,
        ...(person.sex === "unknown" ? {} : { sex: person.sex === "male" ? "男" : "女" }),
      },
      // What goes to others never tells where somebody under 支援措置 lives.
      address: isProtected || !person.address ? "" : (addressLine(person) ?? ""),
      guardian: ["parent", "guardian"].includes(applicant.relation) ? applicant.name : "",
      letterNumber: letter?.number ?? draft,
      doses: doses.map((one) => ({ title: lineTitle(one), plannedOn: one.plannedOn })),
      from,
      until: (letter?.validTo as IsoDate | undefined) ?? validUntil(from, months ?? 1),
    },
  };
}

/** What was given of the series of these doses, in words. */
export async function historyInWords(
  work: Work,
  personNumber: string,
  isOfSeries: (vaccine: string) => boolean,
  dateInWords: (date: IsoDate) => string,
): Promise<string[]> {
  const shots = (await historiesOf(work, [personNumber])).get(personNumber) ?? [];
  return shots
    .filter(({ vaccine }) => isOfSeries(vaccine))
    .map(
      ({ vaccine, dose, date }) =>
        `${vaccineLabel(vaccine as VaccineId)}${dose ? ` ${dose}回目` : ""}　${dateInWords(date)}`,
    );
}
