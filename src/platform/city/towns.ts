import { eq } from "drizzle-orm";
import { town } from "#db/schema/city.ts";
import { foldKanji } from "#workflows/text/fold-kanji.ts";
import type { Work } from "../work.ts";
import { findCity } from "./city.ts";

/**
 * What a postal code (seven digits) tells of an address: prefecture, 市区 and town; as far as they agree where it stands for
 * several towns. Nothing where the city does not have it.
 */
export async function addressOfPostalCode(work: Work, digits: string): Promise<string | undefined> {
  const rows = await townsOfPostalCode(work, digits);
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
 * The part of a written address behind the town, which the postal code (seven digits) names; nothing where the address is not
 * in a town of that code.
 */
export async function behindTown(
  work: Work,
  { postalCode, address }: { postalCode: string; address: string },
): Promise<string | undefined> {
  const rows = await townsOfPostalCode(work, postalCode);
  if (rows.length === 0) return undefined;
  const written = withoutPrefecture(address, (await findCity(work))?.prefecture);
  const [longest] = rows
    .map(({ locality, name }) => locality + name)
    .filter((beginning) => written.startsWith(beginning))
    .sort((one, other) => other.length - one.length);
  return longest === undefined ? undefined : written.slice(longest.length);
}

/** An address without the name of the city's prefecture, which may be left out. */
export const withoutPrefecture = (address: string, prefecture: string | undefined): string =>
  prefecture && address.startsWith(prefecture) ? address.slice(prefecture.length) : address;

const townsOfPostalCode = (work: Work, postalCode: string) =>
  work.tx
    .select({ locality: town.locality, name: town.name })
    .from(town)
    .where(eq(town.postalCode, postalCode))
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
