import { randomUUID } from "node:crypto";
import { asc, desc, eq, inArray } from "drizzle-orm";
import { recordPaper, shot } from "#db/schema/vaccination.ts";
import { historySheet } from "#forms/vaccination/history-sheet.ts";
import { vaccinationRecord } from "#forms/vaccination/record.ts";
import { englishRecord } from "#forms/vaccination/record-english.ts";
import { documentNumber, makePaper, requireReleasedAddress } from "#src/platform/letters/index.ts";
import {
  addressLine,
  lookAtPerson,
  type Person,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { sourceTitles } from "#workflows/vaccination/records/channels.ts";
import { englishVaccine } from "#workflows/vaccination/records/english.ts";
import { doseLabel, findVaccine } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { vaccinationLetters, vaccinationPapers } from "../papers.ts";
import type { RecordRow } from "./revisions.ts";

/** What can be issued of records. */
export const recordPaperTitles = {
  record: "予防接種済証",
  "record-english": "接種証明書（英文）",
  history: "予防接種履歴票",
} as const;
export type RecordPaperKind = keyof typeof recordPaperTitles;

/** Records of a person with all that they say, in order of time. */
export const recordsOfPerson = (work: Work, personNumber: string): Promise<RecordRow[]> =>
  work.tx
    .select()
    .from(shot)
    .where(eq(shot.personNumber, personNumber))
    .orderBy(asc(shot.givenOn), asc(shot.vaccine), asc(shot.dose));

/** Papers that were issued of the records of a person, the newest first. */
export const papersOfPerson = (work: Work, personNumber: string) =>
  work.tx
    .select()
    .from(recordPaper)
    .where(eq(recordPaper.personNumber, personNumber))
    .orderBy(desc(recordPaper.serial));

/**
 * Issues a paper of some records of a person: numbered, kept as issued, and from then on what it certifies is corrected by two.
 *
 * @returns its id and the PDF
 * @throws EntryProblem of `shots` or `roman`; Problem 403 under 支援措置, 404, 422 where a character can't be printed
 */
export async function issueRecordPaper(
  work: Work,
  given: { kind: RecordPaperKind; personNumber: string; shotIds: readonly string[]; roman: string },
): Promise<{ id: string; pdf: Uint8Array }> {
  const { kind, personNumber } = given;
  const person = await lookAtPerson(work, personNumber, ["facts", "name", "address"]);
  if (!person) throw notFound();
  requireReleasedAddress(work, [person]);
  const rows = given.shotIds.length
    ? await work.tx
        .select()
        .from(shot)
        .where(inArray(shot.id, [...given.shotIds]))
        .orderBy(asc(shot.givenOn), asc(shot.vaccine), asc(shot.dose))
    : [];
  const chosen = rows.filter((row) => row.personNumber === personNumber);
  if (chosen.length === 0) throw new EntryProblem("shots", "載せる接種を選んでください。");
  if (kind === "record-english" && !/^[A-Za-z][A-Za-z '.,-]{1,79}$/.test(given.roman))
    throw new EntryProblem("roman", "氏名のローマ字を、旅券のとおりに入力してください。");
  const number = await documentNumber(work, vaccinationLetters, "document");
  const { pdf, paper } = await make(work, { ...given, person, rows: chosen, number });
  const id = randomUUID();
  const sealedId = await putSealed(work, {
    holder: personNumber,
    program: "vaccination",
    kind: "record-paper",
    data: pdf,
  });
  await work.sql`select vaccination.issue_paper(${id}, ${kind}, ${personNumber}, ${chosen.map((row) => row.id)}::uuid[],
    ${paper.template}, ${sealedId}, ${number})`;
  return { id, pdf };
}

/** A paper as it was issued. @throws Problem 403 under 支援措置, 404 */
export async function readRecordPaper(work: Work, id: string) {
  const [row] = await work.tx.select().from(recordPaper).where(eq(recordPaper.id, id));
  if (!row) throw notFound("この証明は見つかりません。");
  const person = await lookAtPerson(work, row.personNumber, ["facts"]);
  if (person) requireReleasedAddress(work, [person]);
  return { row, pdf: await getSealedOne<Uint8Array>(work, row.sealedId) };
}

function make(
  work: Work,
  of: {
    kind: RecordPaperKind;
    person: Person;
    rows: readonly RecordRow[];
    number: string;
    roman: string;
  },
) {
  const { kind, person, rows, number } = of;
  const date = work.platform.clock.today();
  const subject = { personNumber: person.personNumber, officeCode: person.officeCode };
  const common = { subject, sample: false };
  if (kind === "record-english")
    return makePaper(work, vaccinationPapers, {
      ...common,
      form: englishRecord,
      data: {
        name: of.roman,
        birthDate: person.birthDate as IsoDate,
        sex: person.sex === "female" ? "Female" : person.sex === "male" ? "Male" : "",
        vaccinations: rows.map((row) => ({
          vaccine: englishVaccine(row.vaccine),
          dose: String(row.dose),
          date: row.givenOn as IsoDate,
          lot: row.lot ?? "-",
        })),
        documentNumber: number,
        date,
      },
    });
  const printed = {
    person: {
      name: shownName(person),
      kana: shownKana(person),
      birthDate: person.birthDate,
      ...(person.sex === "female" && { sex: "女" as const }),
      ...(person.sex === "male" && { sex: "男" as const }),
    },
    address: `${addressLine(person)}${person.address?.building ? `　${person.address.building}` : ""}`,
    date,
  };
  const lines = rows.map((row) => ({
    vaccine: findVaccine(row.vaccine)?.label ?? row.vaccine,
    dose: findVaccine(row.vaccine)
      ? doseLabel(row.vaccine as VaccineId, row.dose)
      : `${row.dose}回目`,
    date: row.givenOn as IsoDate,
    lot: [row.product, row.lot].filter(Boolean).join(" ") || "―",
    place: row.clinicName ?? "―",
  }));
  if (kind === "history")
    return makePaper(work, vaccinationPapers, {
      ...common,
      form: historySheet,
      data: {
        ...printed,
        vaccinations: lines.map((line, at) => ({
          ...line,
          source: sourceTitles[rows[at]?.source ?? ""] ?? "―",
        })),
      },
    });
  return makePaper(work, vaccinationPapers, {
    ...common,
    form: vaccinationRecord,
    data: { ...printed, vaccinations: lines, documentNumber: number },
  });
}
