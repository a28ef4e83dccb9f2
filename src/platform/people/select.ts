import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Work } from "../work.ts";
import { type BirthColumns, birthOfRow, type KnownBirth } from "./birth.ts";
import type { Residence, Sex } from "./person-record.ts";

/** A person in a selected set: what sets are chosen by, no direct identifier. */
export interface SelectedPerson extends KnownBirth {
  personNumber: string;
  sex: Sex;
  officeCode: string;
  /** `null` where the address is withheld (支援措置). */
  townCode: string | null;
  postalCode: string | null;
  residence: Residence;
  diedOn: IsoDate | null;
  isProtected: boolean;
}

/** Birth dates, both ends inclusive. */
export interface BirthRange {
  from: IsoDate;
  to: IsoDate;
}

/**
 * Selects people by birth date for a mailing. With `residentOn` only those who live here on that day;
 * without it also those who left or died, so that a list can say why somebody is left out. Of whom no day is known or set
 * (`bornOn`), everybody comes along who may be of the set.
 */
export async function selectPeople(
  work: Work,
  { births, residentOn }: { births: BirthRange[]; residentOn?: IsoDate | undefined },
): Promise<SelectedPerson[]> {
  const rows = await work.sql<
    (BirthColumns & {
      person_number: string;
      sex: Sex;
      office_code: string;
      town_code: string | null;
      postal_code: string | null;
      resident_from: IsoDate;
      from_reason: Residence["fromReason"];
      resident_to: IsoDate | null;
      to_reason: NonNullable<Residence["toReason"]> | null;
      died_on: IsoDate | null;
      is_protected: boolean;
    })[]
  >`select * from vault.select_people(${births.map((b) => b.from)}::date[],
      ${births.map((b) => b.to)}::date[], ${residentOn ?? null})`;
  return rows.map((row) => ({
    personNumber: row.person_number,
    ...birthOfRow(row),
    sex: row.sex,
    officeCode: row.office_code,
    townCode: row.town_code,
    postalCode: row.postal_code,
    residence: {
      from: row.resident_from,
      fromReason: row.from_reason,
      ...(row.resident_to && { to: row.resident_to }),
      ...(row.to_reason && { toReason: row.to_reason }),
    },
    diedOn: row.died_on,
    isProtected: row.is_protected,
  }));
}
