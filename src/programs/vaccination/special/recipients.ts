import type { Recipient } from "#forms/index.ts";
import { recipientsOf } from "#src/platform/letters/index.ts";
import type { Piece } from "#src/platform/mailings/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recipientOf } from "../coupon-data.ts";
import { mailingAddressesOn } from "./on-day.ts";

/** Whom letters of 予防接種 go to, in order: the 送付先 that stands on the day, else the person or their guardian. */
export async function recipientsOfMail(
  work: Work,
  pieces: readonly Pick<Piece, "person">[],
  on: IsoDate,
): Promise<Recipient[]> {
  const numbers = [...new Set(pieces.map(({ person }) => person.personNumber))];
  const elsewhere = [...(await mailingAddressesOn(work, numbers, on))];
  const to = await recipientsOf(
    work,
    elsewhere.map(([, addressee]) => addressee),
  );
  const known = new Map(elsewhere.map(([number], at) => [number, to[at]]));
  return pieces.map(({ person }) => known.get(person.personNumber) ?? recipientOf(person, on));
}

/** The same of one. */
export async function recipientOfMail(
  work: Work,
  person: Piece["person"],
  on: IsoDate,
): Promise<Recipient> {
  const [to] = await recipientsOfMail(work, [{ person }], on);
  if (!to) throw new Error("a person gives a recipient");
  return to;
}
