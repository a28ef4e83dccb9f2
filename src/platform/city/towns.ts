import { inArray } from "drizzle-orm";
import { town } from "#db/schema/city.ts";
import { foldKanji } from "#workflows/text/fold-kanji.ts";
import type { Work } from "../work.ts";
import { findCity } from "./city.ts";

/**
 * What a postal code (seven digits) tells of an address: prefecture, 市区 and town; as far as they agree where it stands for
 * several towns. Nothing where the city does not have it.
 */
export async function addressOfPostalCode(work: Work, digits: string): Promise<string | undefined> {
  const rows = await townsOfPostalCodes(work, [digits]);
  if (rows.length === 0) return undefined;
  const known = [(await findCity(work))?.prefecture ?? ""];
  for (const part of ["locality", "name"] as const) {
    const values = new Set(rows.map((row) => row[part]));
    if (values.size > 1) break;
    known.push(...values);
  }
  return known.join("");
}

/**
 * The part of each written address behind the town, which the postal code (seven digits) names; nothing where an address is not
 * in a town of its code.
 */
export async function behindTowns(
  work: Work,
  addresses: readonly { postalCode: string; address: string }[],
): Promise<(string | undefined)[]> {
  const codes = [...new Set(addresses.map(({ postalCode }) => postalCode))];
  const rows = Map.groupBy(await townsOfPostalCodes(work, codes), ({ postalCode }) => postalCode);
  const prefecture = (await findCity(work))?.prefecture;
  return addresses.map(({ postalCode, address }) => {
    const written = withoutPrefecture(address, prefecture);
    const [longest] = (rows.get(postalCode) ?? [])
      .map(({ locality, name }) => locality + name)
      .filter((beginning) => written.startsWith(beginning))
      .sort((one, other) => other.length - one.length);
    return longest === undefined ? undefined : written.slice(longest.length);
  });
}

/** An address without the name of the city's prefecture, which may be left out. */
export const withoutPrefecture = (address: string, prefecture: string | undefined): string =>
  prefecture && address.startsWith(prefecture) ? address.slice(prefecture.length) : address;

const townsOfPostalCodes = (work: Work, postalCodes: readonly string[]) =>
  work.tx
    .select({ postalCode: town.postalCode, locality: town.locality, name: town.name })
    .from(town)
    .where(inArray(town.postalCode, [...postalCodes]))
    .orderBy(town.officeCode, town.townCode);

/**
 * 町字コード of the towns whose name begins so, as names are sought (竜ヶ崎 for 龍ケ崎); `undefined` before the city's towns are
 * loaded.
 */
export async function townCodesOf(work: Work, beginning: string): Promise<string[] | undefined> {
  const towns = await work.tx
    .selectDistinct({ code: town.townCode, name: town.name })
    .from(town)
    .orderBy(town.townCode);
  if (towns.length === 0) return undefined;
  const sought = foldKanji(beginning);
  return [
    ...new Set(
      towns.filter(({ name }) => foldKanji(name).startsWith(sought)).map(({ code }) => code),
    ),
  ];
}
