import type { Sql } from "postgres";
import { makePersonNumber } from "#workflows/numbers/person-number.ts";

/** Whether a person is a copy. */
export const isCopy = (personNumber: string): boolean => personNumber.startsWith("2");

/** Brings a city to `--copies` and `--shots`, where it is not there yet. */
export async function enlarge(
  { admin, population }: { admin: Sql; population: number },
  { copies, shots }: { copies: number; shots: number },
): Promise<void> {
  const [known] = await admin`select from vault.person where person_number like '2%' limit 1`;
  if (copies > 1 && !known) await copyPeople(admin, copies);
  if (shots > 0) await addOldRecords(admin, shots);
  if (copies > 1 || shots > 0) {
    const [is] = await admin<{ people: number; records: number }[]>`
      select (select count(*)::integer from vault.person) as people, (select count(*)::integer from vaccination.shot) as records`;
    console.log(
      `  of ${population.toLocaleString("en")} people ${is?.people.toLocaleString("en")} were made, with ${is?.records.toLocaleString("en")} records of vaccinations`,
    );
  }
}

/** People of one statement. */
const lot = 20_000;
/** Numbers that no feed of a bench gives. */
const firstCopy = 200_000_000;

const peopleCopied = `
  insert into vault.person (person_number, source_token, household_number, is_head, relationship, birth_date, birth_told, birth_reckoned, sex, nationality, office_code, town_code,
    postal_code, resident_from, from_reason, resident_to, to_reason, died_on, protected_from, protected_to, sealed_name, sealed_address, fingerprint, name_tokens, name_tokens_version)
  select c.number, -c.number::bigint, left(c.number, 4) || p.household_number, p.is_head, p.relationship, p.birth_date - $1::integer, p.birth_told, p.birth_reckoned, p.sex,
         p.nationality, p.office_code, p.town_code, p.postal_code, p.resident_from, p.from_reason, p.resident_to, p.to_reason, p.died_on, p.protected_from, p.protected_to,
         p.sealed_name, p.sealed_address, p.fingerprint, p.name_tokens, p.name_tokens_version
    from copied c join vault.person p on p.person_number = c.was where not p.outside`;

/**
 * Makes a city larger in the database: of everybody so many copies with their records, born up to 27 days earlier so that they are
 * no mere multiples. Copies have the keys of who they were copied from and numbers with their check digits; names and addresses
 * stay sealed for the original and cannot be opened.
 *
 * @param times how many times as many people there are afterwards
 */
async function copyPeople(admin: Sql, times: number): Promise<void> {
  const originals = await admin<{ number: string }[]>`
    select person_number as number from vault.person where person_number not like '2%' order by 1`;
  for (let copy = 1; copy < times; copy++)
    for (let from = 0; from < originals.length; from += lot) {
      const some = originals.slice(from, from + lot);
      const numbers = some.map((_, at) =>
        makePersonNumber(firstCopy + copy * 1_000_000 + from + at),
      );
      await admin.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`create temp table copied (was text primary key, number text) on commit drop`;
        await sql`insert into copied select * from unnest(${some.map(({ number }) => number)}::text[], ${numbers}::text[])`;
        await sql`analyze copied`;
        await sql.unsafe(peopleCopied, [copy % 28]);
        await sql`
          insert into vault.holder_key select c.number, k.wrapped_key from copied c join vault.holder_key k on k.holder = c.was`;
        await sql`
          insert into vaccination.shot (person_number, vaccine, dose, given_on, product, lot, volume, route, clinic_code, source, entered_by)
          select c.number, s.vaccine, s.dose, s.given_on, s.product, s.lot, s.volume, s.route, s.clinic_code, s.source, s.entered_by
            from copied c join vaccination.shot s on s.person_number = c.was`;
      });
    }
  await admin`vacuum analyze vault.person, vaccination.shot`;
}

/**
 * Gives people older records until there are so many in all: of seasons long ago, which a city keeps and no rule of today looks at.
 */
async function addOldRecords(admin: Sql, records: number): Promise<void> {
  const [{ shots = 0 } = {}] = await admin<{ shots: number }[]>`
    select count(*)::integer as shots from vaccination.shot`;
  const [{ people = 0 } = {}] = await admin<{ people: number }[]>`
    select count(*)::integer as people from vault.person`;
  for (let year = 1; year * people < records - shots + people && year <= 20; year++) {
    const most = Math.min(people, records - shots - (year - 1) * people);
    await admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`
        insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
        select p.person_number, 'old-' || ${year}::text, 1, date '1990-10-01' + ${year * 366}::integer + (p.place % 100)::integer, 'feed', 1
          from (select person_number, row_number() over (order by person_number) as place from vault.person) p where p.place <= ${most}`;
    });
  }
  await admin`vacuum analyze vaccination.shot`;
}
