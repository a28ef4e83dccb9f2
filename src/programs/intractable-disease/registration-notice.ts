import { eq } from "drizzle-orm";
import { registration } from "#db/schema/intractable-review.ts";
import {
  registrationIssued,
  registrationRefused,
} from "#forms/intractable-disease/registration-notice.ts";
import { currentData, enteredOf } from "#src/platform/applications/index.ts";
import { getCase } from "#src/platform/cases/index.ts";
import { cityOf } from "#src/platform/city/index.ts";
import { registeredAddress, registeredName } from "#src/platform/entry-parts/index.ts";
import {
  type Addressee,
  documentNumber,
  makePaper,
  recipientOf,
  requireReleasedAddress,
} from "#src/platform/letters/index.ts";
import { lookAtPerson, type Person, shownName } from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { intractable } from "./application.ts";
import {
  noticesOf,
  type Registration,
  type RegistrationNotice,
  registrationRefusals,
} from "./registrations.ts";

const basis = "難病の患者に対する医療等に関する法律第28条第2項";

/** To whom papers about a 登録者証 go: as the application says it, or to the mild themselves. */
export async function addresseeOf(
  work: Work,
  { kind, caseId, personNumber }: Registration,
  person: Person,
): Promise<Addressee> {
  const own = { ...registeredName(person), ...registeredAddress(person) };
  if (!caseId) return own;
  const entered =
    kind === "recipient"
      ? await currentData(work, intractable, { caseId, personNumber })
      : await enteredOf(work, intractable, await getCase(work, caseId));
  return entered ? intractable.addressee(entered, work.platform.clock.today()) : own;
}

async function decided(work: Work, id: string) {
  const [row] = await work.tx.select().from(registration).where(eq(registration.id, id));
  if (!row) throw notFound("登録者証が見つかりません。");
  if (row.state !== "decided")
    throw new Problem({ status: 409, message: "登録者証の通知書は、決裁の後に作ります。" });
  return { row, notice: (await noticesOf(work, [row])).get(id) };
}

/**
 * 発行通知書 or 却下通知書 of what was decided, numbered and kept as it was printed; one that is there stays.
 *
 * @throws Problem 403 under 支援措置, 404, 409, 422 where a character can't be printed
 */
export async function tellRegistration(work: Work, id: string): Promise<void> {
  const { row, notice } = await decided(work, id);
  if (notice) return;
  const { personNumber, officeCode, caseId, outcome, refusal } = row;
  const person = await lookAtPerson(work, personNumber, ["facts", "name", "address"]);
  if (!person) throw notFound();
  requireReleasedAddress(work, [person]);
  const number = await documentNumber(work, intractable.letters, "document");
  const data = {
    to: await recipientOf(work, await addresseeOf(work, row, person)),
    documentNumber: number,
    date: work.platform.clock.today(),
    office: (await officeFinder(work))(officeCode),
    program: intractable.letters.title,
    facts: caseId
      ? [
          {
            label: intractable.words.receivedOn,
            value: formatWareki((await getCase(work, caseId)).receivedOn as IsoDate),
          },
        ]
      : [],
    personName: shownName(person),
    basis,
  };
  const { papers } = intractable.letters;
  const of = { subject: { personNumber, officeCode }, sample: false };
  const { pdf, paper } =
    outcome === "granted"
      ? await makePaper(work, papers, {
          form: registrationIssued,
          data: { ...data, from: row.validFrom as IsoDate, onPaper: row.paper },
          ...of,
        })
      : await makePaper(work, papers, {
          form: registrationRefused,
          data: {
            ...data,
            reason: `${registrationRefusals[refusal ?? "diagnosis"]}。`,
            appeal: (await cityOf(work)).appeal,
          },
          ...of,
        });
  const { program } = intractable;
  const kind = "registration-paper";
  const sealedId = await putSealed(work, { holder: personNumber, program, kind, data: pdf });
  await refuseInWords(
    work.sql`select intractable_review.tell_registration(${id}, ${number}, ${paper.template}, ${paper.setting}, ${sealedId})`,
    "この登録者証の通知書は、ほかの職員が作りました。",
  );
}

/**
 * The notice as it was issued; made first where it isn't there yet.
 *
 * @throws Problem as {@link tellRegistration}
 */
export async function printNotice(
  work: Work,
  id: string,
): Promise<{ notice: RegistrationNotice; pdf: Uint8Array }> {
  await tellRegistration(work, id);
  const { row, notice } = await decided(work, id);
  if (!notice) throw new Error("the notice was not kept");
  const person = await lookAtPerson(work, row.personNumber, ["facts"]);
  requireReleasedAddress(work, person ? [person] : []);
  return { notice, pdf: await getSealedOne<Uint8Array>(work, notice.sealedId) };
}
