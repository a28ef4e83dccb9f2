import type { Actor } from "#src/platform/access/index.ts";
import {
  hasReached,
  lookAtHousehold,
  lookAtPeople,
  type Person,
  selectPeople,
  sourceNumbersOf,
} from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { addDays, addMonths } from "#workflows/dates/iso-date.ts";
import { type CertifiedTax, certifiedTaxes } from "./other-offices.ts";

/** Days for which the oldest application in hand has waited, at most. */
const oldest = 30;
/** Months for which patients have lived here at least: longer than an entitlement looks back. */
const patientsSettled = 6;
/** Ages below which children are applied for. */
const below = 15;

/** A variant of a character, which the fonts of the program may not have: such a paper stops until somebody decides. */
const variant = /[\u{E0100}-\u{E01EF}]/u;

/** Who looks, of which office and how many are to be found. */
interface Finders {
  prepares: Actor;
  enters: Actor;
}
interface Wanted {
  count: number;
  officeCode?: string | undefined;
}

/** Children of an office who live here with an adult whose address is whole, the youngest first. */
export const findSomeChildren = (
  platform: Platform,
  staff: Finders,
  wanted: Wanted,
): Promise<string[]> =>
  findByChild(platform, staff, wanted, async (work, child) => {
    const { adult, subject } = await lookAtHousehold(work, child);
    const isWhole = /^\d{7}$/.test(adult?.address?.postalCode ?? "");
    const isPlain = [adult, subject].every((one) => !variant.test(one?.name?.kanji ?? ""));
    return isWhole && isPlain && isSettled(work, subject) ? child : undefined;
  });

/** People of an office who bring up children alone, so far as the register tells. */
export const findSingleParents = (
  platform: Platform,
  staff: Finders,
  wanted: Wanted,
): Promise<string[]> =>
  findByChild(platform, staff, wanted, async (work, child) => {
    const { household, adult } = await lookAtHousehold(work, child);
    const today = work.platform.clock.today();
    const grown = household.filter((one) => hasReached(one, 18, today) === true);
    const isWhole = /^\d{7}$/.test(adult?.address?.postalCode ?? "");
    const isOpen = household.every(
      (one) => !one.isProtected && one.officeCode === adult?.officeCode,
    );
    const isHere = household.every((one) => isSettled(work, one));
    return isWhole && isOpen && isHere && grown.length === 1 ? adult?.personNumber : undefined;
  });

/** Ages of patients who apply for themselves, without what is asked of the very old. */
const patientAges = { from: 30, to: 65 };

/** Somebody who applies for themselves, with their 市町村民税 by 賦課年度. */
export interface FoundPatient {
  personNumber: string;
  taxes: ReadonlyMap<number, CertifiedTax>;
}

/** Grown-up people of an office whose address is whole, whose tax is declared, and who have lived here for long. */
export async function findPatients(
  platform: Platform,
  { prepares, enters }: Finders,
  { count, officeCode = "431010" }: Wanted,
): Promise<FoundPatient[]> {
  const today = platform.clock.today();
  const { from, to } = patientAges;
  const births = [{ from: addMonths(today, -12 * to), to: addMonths(today, -12 * from) }];
  const known = await runWork(platform, prepares, { purpose: "mailing" }, (work) =>
    selectPeople(work, { births, residentOn: today }),
  );
  const some = known
    .filter(
      (one) =>
        one.officeCode === officeCode &&
        !one.isProtected &&
        one.residence.from <= addMonths(today, -patientsSettled),
    )
    .slice(0, 2 * count)
    .map(({ personNumber }) => personNumber);
  const taxes = await certifiedTaxes(platform);
  const inCases = { purpose: "case", program: "intractable-disease" } as const;
  const found = await runWork(platform, enters, inCases, async (work) => {
    const sources = await sourceNumbersOf(work, some);
    const people = await lookAtPeople(work, some, ["name", "address"]);
    return people.flatMap(({ personNumber, name, address }) => {
      const told = taxes.get(sources.get(personNumber) ?? "");
      const isWhole = /^\d{7}$/.test(address?.postalCode ?? "");
      return told?.size === 2 && isWhole && !variant.test(name?.kanji ?? "")
        ? [{ personNumber, taxes: told }]
        : [];
    });
  });
  if (found.length < count) throw new Error(`only ${found.length} patients to apply`);
  return found.slice(0, count);
}

/** Lives here since before the oldest application in hand, which nobody could have received earlier. */
const isSettled = (work: Work, { residence }: Person): boolean =>
  residence.from <= addDays(work.platform.clock.today(), -oldest);

/** Goes through the children of an office until enough people are found, each once. */
async function findByChild(
  platform: Platform,
  { prepares, enters }: Finders,
  { count, officeCode = "431010" }: Wanted,
  find: (work: Work, child: string) => Promise<string | undefined>,
): Promise<string[]> {
  const today = platform.clock.today();
  const births = [{ from: addMonths(today, -12 * below), to: today }];
  const known = await runWork(platform, prepares, { purpose: "mailing" }, (work) =>
    selectPeople(work, { births, residentOn: today }),
  );
  const children = known
    .filter((child) => child.officeCode === officeCode && !child.isProtected)
    .toSorted((a, b) => b.birthDate.localeCompare(a.birthDate));
  const found = new Set<string>();
  await runWork(platform, enters, { purpose: "case", program: "child-medical" }, async (work) => {
    for (const { personNumber } of children) {
      if (found.size === count) return;
      const person = await find(work, personNumber);
      if (person) found.add(person);
    }
  });
  if (found.size < count) throw new Error(`only ${found.size} people to apply for`);
  return [...found];
}
