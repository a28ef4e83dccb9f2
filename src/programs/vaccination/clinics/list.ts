import { type SQL, sql } from "drizzle-orm";
import type { Lines } from "#src/platform/lines.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { soughtClinic } from "#workflows/vaccination/clinics/search.ts";
import type { ContractKind } from "#workflows/vaccination/contract-prices.ts";
import type { Clinic } from "./register.ts";
import type { ClinicState } from "./words.ts";

/** By what clinics are narrowed; what is left out is not asked. */
export interface ClinicFilter {
  /** A part of the name or the kana, or the beginning of the code. */
  text?: string | undefined;
  kind?: Clinic["kind"] | undefined;
  place?: Clinic["place"] | undefined;
  district?: string | undefined;
  vaccine?: string | undefined;
  contract?: ContractKind | undefined;
  /** `none`: no contract holds. */
  state?: ClinicState | "none" | undefined;
  /** On the list for residents. */
  listed?: true | undefined;
}

/** A clinic of a list, as it stands on the day. */
export interface ListedClinic {
  code: string;
  name: string;
  kana: string;
  kind: Clinic["kind"];
  place: Clinic["place"];
  postalCode: string;
  address: string;
  district: string;
  phone: string;
  listed: boolean;
  state: ClinicState;
  contracts: ContractKind[];
  vaccines: string[];
}

const stands = (day: IsoDate, name: string): SQL =>
  sql.raw(`'${day}'::date between ${name}.valid_from and coalesce(${name}.valid_to, 'infinity')`);

function conditions(filter: ClinicFilter, day: IsoDate): SQL {
  const all: SQL[] = [sql`true`];
  const { text = "" } = filter;
  const digits = text.normalize("NFKC").replace(/[\s-]/gu, "");
  const sought = soughtClinic(text);
  if (/^\d{3,10}$/.test(digits)) all.push(sql`c.code like ${`${digits}%`}`);
  else if (sought) {
    const parts = [
      ...(sought.name ? [sql`position(${sought.name} in c.name_folded) > 0`] : []),
      ...(sought.kana ? [sql`position(${sought.kana} in c.kana_folded) > 0`] : []),
    ];
    all.push(sql`(${sql.join(parts, sql` or `)})`);
  }
  if (filter.kind) all.push(sql`c.kind = ${filter.kind}`);
  if (filter.place) all.push(sql`c.place = ${filter.place}`);
  if (filter.district) all.push(sql`c.district = ${filter.district}`);
  if (filter.listed) all.push(sql`c.listed`);
  if (filter.vaccine)
    all.push(
      sql`exists (select from clinics.handled h where h.clinic_code = c.code and h.vaccine = ${filter.vaccine} and ${stands(day, "h")})`,
    );
  const contract = (kind?: ContractKind) =>
    sql`exists (select from clinics.contract k where k.clinic_code = c.code and k.state = 'confirmed' and k.what <> 'cancel' and ${stands(day, "k")}
      ${kind ? sql`and k.kind = ${kind}` : sql``})`;
  if (filter.contract) all.push(contract(filter.contract));
  if (filter.state === "none") all.push(sql`not ${contract()}`);
  else if (filter.state) all.push(sql`clinics.state_on(c.code, ${day}) = ${filter.state}`);
  return sql.join(all, sql` and `);
}

/** Clinics as they stand on a day, by kana, and how many there are; counted and cut by the database. */
export async function listClinics(
  work: Work,
  filter: ClinicFilter,
  { from, size }: Lines,
  day: IsoDate = work.platform.clock.today(),
): Promise<{ rows: ListedClinic[]; total: number }> {
  const rows = await work.tx.execute<
    Record<string, unknown> & ListedClinic & { total: number }
  >(sql`
    select c.code, c.name, c.kana, c.kind, c.place, c.postal_code as "postalCode", c.address, c.district, c.phone, c.listed, c.total,
           clinics.state_on(c.code, ${day}) as state,
           array(select k.kind from clinics.contracts_on(c.code, ${day}) k) as contracts,
           array(select h.vaccine from clinics.handled h where h.clinic_code = c.code and ${stands(day, "h")} order by h.vaccine) as vaccines
      from (select c.*, count(*) over ()::int as total from clinics.clinic c where ${conditions(filter, day)}
             order by c.kana_folded, c.code limit ${size} offset ${from}) c
     order by c.kana_folded, c.code`);
  const list = rows.map(({ total: _, ...row }) => row);
  if (list.length > 0 || from === 0) return { rows: list, total: rows[0]?.total ?? 0 };
  // Behind the last page: how many there are all the same.
  const first = await listClinics(work, filter, { from: 0, size: 1 }, day);
  return { rows: [], total: first.total };
}

/** 地区 that are used, for a choice. */
export async function districtsOf(work: Work): Promise<string[]> {
  const rows = await work.sql<{ district: string }[]>`
    select distinct district from clinics.clinic where district <> '' order by district limit 200`;
  return rows.map(({ district }) => district);
}

/** How many clinics have a contract of each kind today, and how many are 休止 or without a contract: for the head of the list. */
export async function clinicFigures(work: Work): Promise<Record<ClinicState | "none", number>> {
  const day = work.platform.clock.today();
  const [row] = await work.sql<Record<ClinicState | "none", number>[]>`
    select count(*) filter (where x.state = 'active')::int as active, count(*) filter (where x.state = 'suspended')::int as suspended,
           count(*) filter (where x.state = 'closed')::int as closed, count(*) filter (where not x.contracted)::int as none
      from (select clinics.state_on(c.code, ${day}) as state, exists (select from clinics.contracts_on(c.code, ${day})) as contracted
              from clinics.clinic c) x`;
  return row ?? { active: 0, suspended: 0, closed: 0, none: 0 };
}
