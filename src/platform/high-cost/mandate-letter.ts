import { eq } from "drizzle-orm";
import { mandate } from "#db/schema/high-cost.ts";
import { highCostMandate, type MandateData } from "#forms/index.ts";
import { addDays, addYears, type IsoDate } from "#workflows/dates/iso-date.ts";
import { insurerGroups } from "#workflows/medical/copay-plan.ts";
import { insurerGroupOf } from "#workflows/medical/insurers.ts";
import { recordAudit } from "../audit/write.ts";
import { cityOf } from "../city/index.ts";
import {
  makePaper,
  type ProgramLetters,
  recipientOf,
  requireReleasedAddress,
} from "../letters/index.ts";
import { addressLine, lookAtPeople, shownName } from "../people/index.ts";
import { officeFinder } from "../printing/index.ts";
import { conflict, notFound, Problem } from "../problem.ts";
import { ofThisProgram } from "../refusals.ts";
import type { Work } from "../work.ts";
import { readEntry } from "./entries.ts";
import { ASKED_AGAIN_AFTER } from "./mandates.ts";

/** Number of a 委任状 as it is printed: `M000012`. */
export const mandateNumber = ({ serial }: { serial: number }): string =>
  `M${String(serial).padStart(6, "0")}`;

/** Nobody younger is insured themself: 被用者保険 and 世帯主 begin with work, after compulsory school. Ours, so that no letter goes to a child. */
const INSURED_FROM_YEARS = 15;

/**
 * The request for a 委任状 with the form to be signed, of an entry for which it was asked. Printed as things stand; what comes back is
 * the signed paper itself.
 *
 * @throws Problem 403 under 支援措置, 404, 409 where it isn't asked for, 422 where no letter can be sent to that person
 */
export async function printMandate(
  work: Work,
  letters: ProgramLetters,
  { entryId, mandateId }: { entryId: string; mandateId: string },
): Promise<{ pdf: Uint8Array; name: string }> {
  const { entry } = await readEntry(work, entryId);
  const [found] = await work.tx.select().from(mandate).where(eq(mandate.id, mandateId));
  const row = ofThisProgram(work, found);
  if (!row || ![...entry.persons, entry.household].includes(row.personNumber))
    throw notFound("この委任状は見つかりません。");
  if (row.state !== "asked") throw conflict("返送を待っている委任状だけが印刷できます。");
  const today = work.platform.clock.today();
  const people = await lookAtPeople(
    work,
    [...new Set([row.personNumber, ...entry.persons])],
    ["facts", "name", "address"],
  );
  const insured = people.find(({ personNumber }) => personNumber === row.personNumber);
  if (!insured) throw notFound("被保険者が見つかりません。");
  // What the letter says of a child under 支援措置 may tell the insured person where they are cared for.
  requireReleasedAddress(work, people);
  if (insured.birthDate && insured.birthDate > addYears(today, -INSURED_FROM_YEARS))
    throw new Problem({
      status: 422,
      message:
        "お子さまへの委任状の依頼は印刷できません。「保険の確認」で被保険者を入力し、その人の委任状として依頼してください。",
    });
  if (!insured.address)
    throw new Problem({
      status: 422,
      message: "被保険者の住所が登録されていないため、郵送する文書を作れません。",
    });
  const city = await cityOf(work);
  const group = insurerGroupOf(row.insurerNumber);
  const from = monthInWords(row.fromMonth);
  const number = mandateNumber(row);
  const data: Omit<MandateData, "issuer"> = {
    to: await recipientOf(work, {
      name: shownName(insured),
      postalCode: insured.address.postalCode,
      address: addressLine(insured),
      building: insured.address.building ?? "",
    }),
    documentNumber: number,
    date: today,
    office: (await officeFinder(work))(row.officeCode),
    program: letters.title,
    facts: [],
    number,
    insured: { name: shownName(insured), address: addressLine(insured) },
    insurer: { name: group ? insurerGroups[group] : "保険者番号", number: row.insurerNumber },
    persons: entry.persons.flatMap((one) => {
      const person = people.find(({ personNumber }) => personNumber === one);
      return person ? [{ name: shownName(person), birthDate: person.birthDate as IsoDate }] : [];
    }),
    period: row.toMonth === null ? `${from}から、撤回されるまで` : from,
    mandatary: `${city.mayor.title}　${city.mayor.name}`,
    returnBy: addDays(today, ASKED_AGAIN_AFTER),
  };
  const { pdf } = await makePaper(work, letters.papers, {
    form: highCostMandate,
    data,
    subject: { personNumber: row.personNumber, officeCode: row.officeCode },
    sample: false,
  });
  await recordAudit(work, {
    kind: "print",
    action: "high-cost.mandate-printed",
    persons: people.map(({ personNumber }) => personNumber),
    detail: { number },
  });
  return { pdf, name: `${number}.pdf` };
}

/** 令和8年9月 */
export const monthInWords = (month: string): string =>
  new Intl.DateTimeFormat("ja-JP-u-ca-japanese", {
    era: "long",
    year: "numeric",
    month: "long",
    timeZone: "UTC",
  }).format(new Date(`${month}-01T00:00:00Z`));
