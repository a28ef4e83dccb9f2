import type { PrintedPerson, Recipient } from "#forms/index.ts";
import { recipientOf } from "#src/platform/letters/index.ts";
import {
  addressLine,
  lookAtPerson,
  type Person,
  shownKana,
  shownName,
} from "#src/platform/people/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";

/** Somebody of a claim, looked at with name and address. @throws Problem 404 */
export async function personOf(work: Work, personNumber: string): Promise<Person> {
  const person = await lookAtPerson(work, personNumber, ["facts", "name", "address"]);
  if (!person) throw new Problem({ status: 404, message: "請求に関わる方が見つかりません。" });
  return person;
}

/** Where letters to somebody go: as they are registered, here or outside the register. */
export const letterTo = (work: Work, person: Person): Promise<Recipient> =>
  recipientOf(work, {
    name: shownName(person),
    postalCode: person.address?.postalCode ?? "",
    address: addressLine(person),
    building: person.address?.building ?? "",
  });

export const printed = (person: Person): PrintedPerson => ({
  name: shownName(person),
  kana: shownKana(person),
  birthDate: person.birthDate,
  ...(person.sex === "unknown" ? {} : { sex: person.sex === "male" ? "男" : "女" }),
});

/** An address with its 方書 on one line. */
export const wholeAddress = (person: Person): string =>
  [addressLine(person), person.address?.building].filter(Boolean).join("　");
