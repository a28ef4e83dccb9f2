import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { type CityFile, loadTowns, readTownsFile, registerCity } from "#src/platform/city/index.ts";

/** The city of the demonstration; the mayor is invented. */
export const demonstrationCity: CityFile = {
  from: "2019-04-01",
  name: "熊本市",
  code: "431001",
  prefecture: "熊本県",
  mayor: { title: "熊本市長", name: "実証　太郎" },
  appeal: { reviewAuthority: "熊本市長", defendant: "熊本市", representative: "熊本市長" },
  numberPrefix: "熊",
  hours: "平日 8時30分から17時15分まで",
  presets: [
    { area: "child-medical.period", preset: "kumamoto", from: "2019-04-01" },
    { area: "child-medical.scheme", preset: "kumamoto", from: "2019-04-01" },
    { area: "single-parent-medical.period", preset: "kumamoto", from: "2019-04-01" },
    { area: "single-parent-medical.scheme", preset: "kumamoto", from: "2019-04-01" },
    { area: "single-parent-medical.benefits", preset: "assumed", from: "2019-04-01" },
    { area: "single-parent-medical.income", preset: "national-partial", from: "2019-04-01" },
    { area: "intractable-disease.plan", preset: "september", from: "2019-04-01" },
    { area: "intractable-disease.payer-numbers", preset: "assumed", from: "2019-04-01" },
    { area: "intractable-disease.scheme", preset: "assumed", from: "2019-04-01" },
    { area: "long-term-care.stages", preset: "standard", from: "2024-04-01" },
  ],
};

const townsFile = new URL("../../db/city/data/towns.tsv", import.meta.url);

/** Registers the city of the demonstration with its towns; a city that is registered stays. */
export async function registerDemonstrationCity(administratorUrl: string): Promise<void> {
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  try {
    const registered = await admin`select from city.profile limit 1`;
    if (registered.length > 0) return;
    await registerCity(admin, demonstrationCity);
    const read = readTownsFile(await readFile(townsFile, "utf8"));
    if ("faults" in read) throw new Error(read.faults.join("\n"));
    await loadTowns(admin, read.content);
  } finally {
    await admin.end();
  }
}
