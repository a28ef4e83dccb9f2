import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { unseal } from "../vault/seal.ts";
import type { Work } from "../work.ts";
import { type BirthColumns, birthOfRow, type KnownBirth } from "./birth.ts";
import type { PersonName, RegisterDetails, Residence, Sex } from "./person-record.ts";

/** What can be looked at; the access log names it. `facts` always come along. */
export type PersonItem = "facts" | "name" | "address" | "details" | "individual-number";

/** A person as looked at: what was not asked for, or may not be seen, is not there. */
export interface Person extends KnownBirth {
  personNumber: string;
  /** The number to which this one was merged (番号の統合); what is told is of the person under that one. */
  followedTo?: string;
  householdNumber: string;
  isHead: boolean;
  relationship: string;
  sex: Sex;
  nationality: "jp" | "foreign";
  officeCode: string;
  residence: Residence;
  diedOn?: IsoDate;
  /** 住登外者: not told by the register; `residence` is the empty period on the day of the opening. */
  outside: boolean;
  /** 支援措置 in force on the business date. */
  isProtected: boolean;
  /** The address is withheld because the person is protected. */
  addressMasked: boolean;
  revision: number;
  name?: PersonName;
  address?: {
    postalCode: string;
    town: string;
    townCode: string;
    block: string;
    building: string;
    /** In Japanese, only of people outside the register who live abroad. */
    country?: string;
  };
  /** Asked for as `details`; withheld as the address is. */
  details?: RegisterDetails;
  individualNumber?: string;
}

/** Looks at persons: each look is checked and logged by the database. In the order asked; unknown numbers are left out. */
export async function lookAtPeople(
  work: Work,
  personNumbers: string[],
  items: PersonItem[],
): Promise<Person[]> {
  if (personNumbers.length === 0) return [];
  const rows = await work.sql<LookRow[]>`
    select * from vault.look(${personNumbers}::text[], ${items}::text[])`;
  const found = new Map(rows.map((row) => [row.asked ?? row.person_number, opened(work, row)]));
  return personNumbers.flatMap((number) => found.get(number) ?? []);
}

/** Looks at one person; `undefined` where there is none. */
export async function lookAtPerson(
  work: Work,
  personNumber: string,
  items: PersonItem[],
): Promise<Person | undefined> {
  return (await lookAtPeople(work, [personNumber], items))[0];
}

/** The person of a request about their own data (開示請求ほか); logged, and an address under 支援措置 stays withheld. */
export async function lookForRequest(
  work: Work,
  request: number,
  items: ("name" | "address" | "details")[],
): Promise<Person> {
  const [row] = await work.sql<LookRow[]>`
    select * from vault.look_for_request(${request}, ${items}::text[])`;
  if (!row) throw new Error("nobody in the register");
  return opened(work, row);
}

/** 統合宛名番号 of all who belong to the person's household, head first. */
export async function householdOf(work: Work, personNumber: string): Promise<string[]> {
  const rows = await work.sql<{ person_number: string }[]>`
    select person_number from vault.household_of(${personNumber})`;
  return rows.map((row) => row.person_number);
}

interface LookRow extends BirthColumns {
  person_number: string;
  household_number: string;
  is_head: boolean;
  relationship: string;
  sex: Sex;
  nationality: "jp" | "foreign";
  office_code: string;
  town_code: string | null;
  postal_code: string | null;
  resident_from: IsoDate;
  from_reason: Residence["fromReason"];
  resident_to: IsoDate | null;
  to_reason: NonNullable<Residence["toReason"]> | null;
  died_on: IsoDate | null;
  outside: boolean;
  /** The number asked for; `person_number` is the one that it is followed to. None of a request about one's own data. */
  asked?: string;
  is_protected: boolean;
  address_masked: boolean;
  revision: number;
  sealed_name: Buffer | null;
  sealed_address: Buffer | null;
  sealed_details: Buffer | null;
  wrapped_key: Buffer;
  sealed_individual_number: Buffer | null;
  individual_number_key: Buffer | null;
}

function opened(work: Work, row: LookRow): Person {
  const ring = work.platform.keys;
  const key = ring.unwrap(row.wrapped_key);
  const person: Person = {
    personNumber: row.asked ?? row.person_number,
    ...(row.asked && row.asked !== row.person_number && { followedTo: row.person_number }),
    householdNumber: row.household_number,
    isHead: row.is_head,
    relationship: row.relationship,
    ...birthOfRow(row),
    sex: row.sex,
    nationality: row.nationality,
    officeCode: row.office_code,
    residence: {
      from: row.resident_from,
      fromReason: row.from_reason,
      ...(row.resident_to && { to: row.resident_to }),
      ...(row.to_reason && { toReason: row.to_reason }),
    },
    ...(row.died_on && { diedOn: row.died_on }),
    outside: row.outside,
    isProtected: row.is_protected,
    addressMasked: row.address_masked,
    revision: row.revision,
  };
  if (row.sealed_name) {
    person.name = JSON.parse(
      unseal(key, `${row.person_number}|name`, row.sealed_name).toString(),
    ) as PersonName;
  }
  if (row.sealed_address) {
    const { town, block, building, movedTo, country } = JSON.parse(
      unseal(key, `${row.person_number}|address`, row.sealed_address).toString(),
    ) as { town: string; block: string; building: string; movedTo?: string; country?: string };
    person.address = {
      postalCode: row.postal_code ?? "",
      townCode: row.town_code ?? "",
      town,
      block,
      building,
      ...(country && { country }),
    };
    if (movedTo) person.residence.movedTo = movedTo;
  }
  if (row.sealed_details) {
    person.details = JSON.parse(
      unseal(key, `${row.person_number}|details`, row.sealed_details).toString(),
    ) as RegisterDetails;
  }
  if (row.sealed_individual_number && row.individual_number_key) {
    person.individualNumber = unseal(
      ring.unwrap(row.individual_number_key, "individual-number"),
      `${row.person_number}|individual-number`,
      row.sealed_individual_number,
    ).toString();
  }
  return person;
}
