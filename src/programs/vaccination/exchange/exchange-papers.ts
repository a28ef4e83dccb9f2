import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { exchangePaper } from "#db/schema/exchange.ts";
import { joinPdfs } from "#forms/index.ts";
import { recordAnswer } from "#forms/vaccination/record-answer.ts";
import { recordInquiry } from "#forms/vaccination/record-inquiry.ts";
import { documentNumber, makePaper } from "#src/platform/letters/index.ts";
import {
  addressLine,
  lookAtPerson,
  type Person,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type InquiryKind, inquiryKinds } from "#workflows/vaccination/exchange/inquiry.ts";
import { doseLabel, findVaccine } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { vaccinationLetters, vaccinationPapers } from "../papers.ts";
import type { RecordRow } from "../records/revisions.ts";

/** Where a letter goes. */
export interface Addressee {
  municipality: string;
  postalCode: string;
  address: string;
}

/** A paper that is made and sealed, not yet entered. */
export interface SealedPaper {
  id: string;
  template: string;
  sealedId: string;
  documentNumber: string;
  pdf: Uint8Array;
}

/** What the other side fills in, by what is asked. */
const answerColumns: Readonly<Record<InquiryKind, readonly string[]>> = {
  records: ["予防接種の種類", "回数", "接種年月日", "製造番号", "医療機関"],
  tax: ["年度", "市町村民税の課税・非課税", "所得割額", "備考"],
  medical: ["診療年月", "医療機関", "給付額", "高額療養費等"],
  allowance: ["手当の名称", "支給の期間", "等級", "月額"],
};
const answerLines: Readonly<Record<InquiryKind, number>> = {
  records: 10,
  tax: 3,
  medical: 6,
  allowance: 3,
};

const printed = (person: Person) => ({
  name: shownName(person),
  kana: shownKana(person),
  birthDate: person.birthDate,
  ...(person.sex === "female" && { sex: "女" as const }),
  ...(person.sex === "male" && { sex: "男" as const }),
});

async function common(work: Work, person: Person, to: Addressee) {
  return {
    to: {
      name: to.municipality,
      postalCode: to.postalCode,
      address: to.address,
      honorific: "御中",
    },
    documentNumber: await documentNumber(work, vaccinationLetters, "document"),
    date: work.platform.clock.today(),
    office: (await officeFinder(work))(person.officeCode),
    program: vaccinationLetters.title,
    facts: [],
    person: printed(person),
  };
}

async function keep(
  work: Work,
  person: Person,
  number: string,
  made: Awaited<ReturnType<typeof makePaper>>,
): Promise<SealedPaper> {
  const sealedId = await putSealed(work, {
    holder: person.personNumber,
    program: "vaccination",
    kind: "exchange-paper",
    data: made.pdf,
  });
  return {
    id: randomUUID(),
    template: made.paper.template,
    sealedId,
    documentNumber: number,
    pdf: made.pdf,
  };
}

const subjectOf = ({ personNumber, officeCode }: Person) => ({ personNumber, officeCode });

/** A person with what a letter tells of them. @throws Problem 404 */
export async function personOfLetter(work: Work, personNumber: string): Promise<Person> {
  const person = await lookAtPerson(work, personNumber, ["facts", "name", "address"]);
  if (!person) throw notFound();
  return person;
}

/** 照会書, or its 督促. Where somebody lives who is under 支援措置 is told to nobody. */
export async function makeInquiryLetter(
  work: Work,
  person: Person,
  of: {
    number: string;
    kind: InquiryKind;
    to: Addressee;
    basis: string;
    deadline: IsoDate;
    askedOn?: IsoDate | undefined;
  },
): Promise<SealedPaper> {
  const data = await common(work, person, of.to);
  const hidden = person.isProtected || person.addressMasked || !person.address;
  return keep(
    work,
    person,
    data.documentNumber,
    await makePaper(work, vaccinationPapers, {
      form: recordInquiry,
      data: {
        ...data,
        address: hidden
          ? ""
          : `${addressLine(person)}${person.address?.building ? `　${person.address.building}` : ""}`,
        matter: inquiryKinds[of.kind],
        inquiryNumber: of.number,
        basis: of.basis,
        deadline: of.deadline,
        answers: answerColumns[of.kind],
        lines: answerLines[of.kind],
        ...(of.askedOn && { askedOn: of.askedOn }),
      },
      subject: subjectOf(person),
      sample: false,
    }),
  );
}

/** 回答書 with the records that are told of. */
export async function makeAnswerLetter(
  work: Work,
  person: Person,
  of: {
    to: Addressee;
    theirNumber: string;
    receivedOn: IsoDate;
    basis: string;
    records: readonly RecordRow[];
  },
): Promise<SealedPaper> {
  const data = await common(work, person, of.to);
  return keep(
    work,
    person,
    data.documentNumber,
    await makePaper(work, vaccinationPapers, {
      form: recordAnswer,
      data: {
        ...data,
        theirNumber: of.theirNumber,
        receivedOn: of.receivedOn,
        basis: of.basis,
        vaccinations: of.records.map((row) => {
          const vaccine = findVaccine(row.vaccine);
          return {
            vaccine: vaccine?.label ?? row.vaccine,
            dose: vaccine ? doseLabel(row.vaccine as VaccineId, row.dose) : `${row.dose}回目`,
            date: row.givenOn as IsoDate,
            lot: [row.product, row.lot].filter(Boolean).join(" ") || "―",
            place: row.clinicName ?? "―",
          };
        }),
      },
      subject: subjectOf(person),
      sample: false,
    }),
  );
}

/** Papers of an inquiry or of an answer, in order. */
export const papersOf = (work: Work, of: { inquiry: string } | { handOn: string }) =>
  work.tx
    .select()
    .from(exchangePaper)
    .where(
      "inquiry" in of
        ? eq(exchangePaper.inquiryId, of.inquiry)
        : eq(exchangePaper.handOnId, of.handOn),
    )
    .orderBy(asc(exchangePaper.issuedAt));

/** A paper as it was issued. @throws Problem 403 under 支援措置, 404 */
export async function readExchangePaper(work: Work, id: string) {
  const [row] = await work.tx.select().from(exchangePaper).where(eq(exchangePaper.id, id));
  if (!row) throw notFound("この文書は見つかりません。");
  return { row, pdf: await getSealedOne<Uint8Array>(work, row.sealedId) };
}

/** Several letters as one file, to be printed and folded into window envelopes. */
export const joined = (papers: readonly Uint8Array[]): Promise<Uint8Array> => joinPdfs(papers);
