import { type InquiryData, inquiryLetter } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { CaseRow } from "../cases/index.ts";
import { issueDocument } from "../documents/index.ts";
import { type InquiryRow, inquiryRows } from "../intake/index.ts";
import {
  documentNumber,
  makePaper,
  requireReleasedAddress,
  subjectOf,
  type Unissued,
} from "../letters/index.ts";
import { addressLine, lookAtHousehold, shownKana, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { basisOn } from "./basis.ts";
import type { ApplicationKind } from "./kind.ts";

/** Letters to other authorities, by the kind that their effect names. */
const kinds = ["inquiry", "inquiry-reminder"] as const;
type InquiryLetter = (typeof kinds)[number];

export const isInquiryLetter = (kind: string): kind is InquiryLetter =>
  kinds.some((one) => one === kind);

/**
 * Issues the 照会書 of the step that asked, or a 督促 to each authority that the step reminded and that has not answered.
 *
 * @throws Problem 403 for persons under 支援措置, 422 where nothing is to be asked any more
 */
export async function issueInquiryLetters<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  letter: InquiryLetter,
  { revision }: { revision: number },
): Promise<void> {
  const asked = (await inquiryRows(work, found.id)).filter(({ postalCode }) => postalCode !== null);
  const remindedOn = await businessDateOf(work, found.id, revision);
  const wanted = asked.filter((one) =>
    letter === "inquiry"
      ? one.revision === revision
      : one.remindedOn === remindedOn && one.answeredOn === null && one.closedOn === null,
  );
  if (wanted.length === 0) throw new Problem({ status: 422, message: "送る照会がありません。" });
  for (const inquiry of wanted) {
    const number = await documentNumber(work, kind.letters, "document");
    const data = await dataOf(work, kind, found, { inquiry, number });
    const made = await makePaper(work, kind.letters.papers, {
      form: inquiryLetter,
      data: letter === "inquiry" ? data : { ...data, askedOn: inquiry.askedOn as IsoDate },
      subject: subjectOf(found),
      sample: false,
    });
    await issueDocument(work, { number, kind: letter, case: found, ...made });
  }
}

async function businessDateOf(work: Work, caseId: string, revision: number): Promise<string> {
  const [row] = await work.sql<{ on: string }[]>`
    select business_date::text as on from cases.event where case_id = ${caseId} and revision = ${revision}`;
  if (!row) throw new Error("an effect is always of a step");
  return row.on;
}

async function dataOf<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  found: CaseRow,
  { inquiry, number }: { inquiry: InquiryRow; number: string },
): Promise<Unissued<InquiryData>> {
  const subject = kind.inquiries?.[inquiry.subject];
  if (!subject) throw new Error(`nobody is asked about ${inquiry.subject}`);
  const numbers = await subject.people(work, found);
  const { people } = await lookAtHousehold(work, found.personNumber, numbers);
  const persons = numbers.flatMap((one) => people.get(one) ?? []);
  if (persons.length === 0)
    throw new Problem({ status: 422, message: "照会の要る方がいなくなりました。" });
  requireReleasedAddress(work, persons);
  const date = work.platform.clock.today();
  const basis = await basisOn(work, kind.scheme, date);
  return {
    to: {
      postalCode: inquiry.postalCode ?? "",
      address: inquiry.address ?? "",
      name: inquiry.addressee,
      honorific: "御中",
    },
    documentNumber: number,
    date,
    office: (await officeFinder(work))(found.officeCode),
    program: kind.letters.title,
    facts: [],
    matter: await subject.matter(work, found),
    basis,
    deadline: inquiry.dueOn as IsoDate,
    people: persons.map((person) => ({
      name: shownName(person),
      kana: shownKana(person),
      birthDate: person.birthDate,
      address: [addressLine(person), person.address?.building].filter(Boolean).join("　"),
    })),
    answers: subject.answers,
  };
}
