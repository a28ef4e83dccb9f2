import { eq } from "drizzle-orm";
import { registration } from "#db/schema/intractable-review.ts";
import { registrationCertificate } from "#forms/intractable-disease/registration.ts";
import { registeredName } from "#src/platform/entry-parts/index.ts";
import { type MadePaper, makePaper, recipientOf } from "#src/platform/letters/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { officeFinder } from "#src/platform/printing/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { intractable } from "./application.ts";
import { addresseeOf } from "./registration-notice.ts";

/**
 * 登録者証 on paper, in the letter that carries it, as the register has the person today; it can be printed again.
 *
 * @throws Problem 404; 409 where it wasn't decided, or isn't asked for on paper; 422 where the address is withheld
 */
export async function registrationPaper(work: Work, id: string): Promise<MadePaper> {
  const [row] = await work.tx.select().from(registration).where(eq(registration.id, id));
  if (!row) throw notFound("登録者証が見つかりません。");
  if (row.state !== "decided" || row.outcome !== "granted" || !row.paper || !row.validFrom)
    throw new Problem({
      status: 409,
      message: "紙の登録者証は、紙を希望し、発行が決裁された方に印刷します。",
    });
  const { personNumber, officeCode } = row;
  const person = await lookAtPerson(work, personNumber, ["facts", "name", "address"]);
  if (!person) throw notFound();
  if (person.addressMasked)
    throw new Problem({
      status: 422,
      message: "支援措置の方です。登録者証は印刷せず、担当者が本人に渡し方を確かめてください。",
    });
  const { name, kana } = registeredName(person);
  return makePaper(work, intractable.letters.papers, {
    form: registrationCertificate,
    data: {
      to: await recipientOf(work, await addresseeOf(work, row, person)),
      person: { name, kana, birthDate: person.birthDate },
      from: row.validFrom as IsoDate,
      issuedOn: (row.decidedOn ?? work.platform.clock.today()) as IsoDate,
      office: (await officeFinder(work))(officeCode),
    },
    subject: { personNumber, officeCode },
    sample: false,
  });
}
