import { addressLine, type Person, shownKana, shownName } from "../people/index.ts";
import type { Applicant } from "./applicant.ts";

/** An applicant's name as the register has it; what it knows is never typed again. */
export const registeredName = (person: Person | undefined): Pick<Applicant, "name" | "kana"> => ({
  name: person ? shownName(person) : "",
  kana: person ? shownKana(person) : "",
});

/** The address likewise. */
export const registeredAddress = (
  person: Person | undefined,
): Pick<Applicant, "postalCode" | "address" | "building"> => ({
  postalCode: person?.address?.postalCode ?? "",
  address: person ? addressLine(person) : "",
  building: person?.address?.building ?? "",
});
