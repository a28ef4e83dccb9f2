import type { Sql, TransactionSql } from "postgres";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import type { CityFile } from "./city-file.ts";
import type { Town } from "./towns-file.ts";

/**
 * Registers the city and its presets with the administrator's connection, each from its day on. What is registered for a day
 * already in the same words is left as it is; in other words it is corrected by a further row.
 *
 * @returns how many rows were added
 */
export function registerCity(admin: Sql, { presets, from, ...city }: CityFile): Promise<number> {
  const { name, code, prefecture, mayor, appeal, numberPrefix, hours } = city;
  const row = {
    name,
    code,
    prefecture,
    mayor_title: mayor.title,
    mayor_name: mayor.name,
    review_authority: appeal.reviewAuthority,
    defendant: appeal.defendant,
    representative: appeal.representative,
    number_prefix: numberPrefix,
    hours,
  };
  return asOwner(admin, async (sql) => {
    const [same] = await sql`
      select from (select * from city.profile where valid_from = ${from} order by id desc limit 1) p
       where to_jsonb(p) @> ${JSON.stringify(row)}::text::jsonb`;
    let added = 0;
    if (!same) {
      await sql`insert into city.profile ${sql({ valid_from: from, ...row })}`;
      added += 1;
    }
    for (const one of presets) {
      const { count } = await sql`
        insert into city.preset (area, preset, valid_from, valid_to)
        select ${one.area}, ${one.preset}, ${one.from}::date, ${one.to ?? null}::date
         where (${one.preset}::text, ${one.to ?? null}::date) is distinct from
               (select (p.preset, p.valid_to) from city.preset p
                 where p.area = ${one.area} and p.valid_from = ${one.from} order by p.id desc limit 1)`;
      added += count;
    }
    if (added > 0) await recordByInstaller(sql, "city.registered", { code, from });
    return added;
  });
}

/** Puts a list of towns in the place of the one before. */
export function loadTowns(admin: Sql, towns: readonly Town[]): Promise<void> {
  return asOwner(admin, async (sql) => {
    await sql`delete from city.town`;
    await sql`
      insert into city.town (postal_code, office_code, locality, name, town_code)
      select * from unnest(${towns.map((one) => one.postalCode)}::text[], ${towns.map((one) => one.officeCode)}::text[],
        ${towns.map((one) => one.locality)}::text[], ${towns.map((one) => one.name)}::text[],
        ${towns.map((one) => one.townCode)}::text[])`;
    await recordByInstaller(sql, "city.towns-loaded", { towns: towns.length });
  });
}

/** What the city has yet to register for a day, a sentence each. */
export async function missingOfCity(
  sql: Sql | TransactionSql,
  today: IsoDate,
  areas: readonly PresetArea[],
): Promise<string[]> {
  const [found] = await sql<{ city: boolean; towns: boolean; areas: string[] }[]>`
    select exists (select from city.profile where valid_from <= ${today}) as city,
           exists (select from city.town) as towns,
           array(select distinct on (area) case when valid_to < ${today} then '' else area end from city.preset
                  where valid_from <= ${today} order by area, valid_from desc, id desc) as areas`;
  const open = areas.filter(({ id }) => !found?.areas.includes(id));
  return [
    ...(found?.city ? [] : ["市の設定がありません。帳票を発行できません（city register）。"]),
    ...(found?.towns ? [] : ["町の一覧がありません。郵便番号から住所を補えません（city towns）。"]),
    ...open.map(
      ({ id, title }) => `${title}の市の定めがありません（city register の presets に ${id}）。`,
    ),
  ];
}

function asOwner<T>(admin: Sql, run: (sql: TransactionSql) => Promise<T>): Promise<T> {
  return admin.begin(async (sql) => {
    await sql`set local role madoguchi_owner`;
    return run(sql);
  }) as Promise<T>;
}

/** Stands in the access log under the account of scheduled jobs: whoever installs has none. */
async function recordByInstaller(sql: TransactionSql, action: string, detail: object) {
  await sql`
    select audit.append('change', ${action}, null, null, ${JSON.stringify(detail)}::text::jsonb, s.id, null)
      from access.staff s where s.kind = 'system'`;
}
