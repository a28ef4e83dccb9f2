import { readTable } from "#db/city/names.ts";

/** Towns of the city as they stand in addresses. */
const towns = readTable("towns.tsv")
  .slice(1)
  .map(([postalCode = "", , office = "", town = "", , townCode = ""]) => ({
    postalCode,
    name: town,
    address: `熊本県${office}${town}`,
    townCode,
  }));

const byPostalCode = new Map(towns.map(({ postalCode, address }) => [postalCode, address]));

/** Prefecture, 区 and town of a postal code (seven digits), where the city has it. */
export const addressOfPostalCode = (digits: string): string | undefined => byPostalCode.get(digits);

/** 町字コード of the towns whose name begins so. */
export const townCodesOf = (beginning: string): string[] =>
  towns.filter(({ name }) => name.startsWith(beginning)).map(({ townCode }) => townCode);
