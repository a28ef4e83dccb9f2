import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { nationalTable, smallCounts } from "./reports/national-table.ts";

/** What a city sets for the reports of 予防接種. */
export const cityParameters = [nationalTable, smallCounts] as readonly CityParameter[];
