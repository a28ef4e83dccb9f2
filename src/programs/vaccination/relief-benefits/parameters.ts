import { cityParameterRows } from "#src/platform/parameters/index.ts";
import type { Work } from "#src/platform/work.ts";
import { reliefAmountParameters } from "#workflows/vaccination/city-parameters-relief.ts";
import type { CityAmounts } from "#workflows/vaccination/relief/amounts.ts";

/** Amounts that two people of the city set, beside those of the law. */
export const amountsOfCity = async (work: Work): Promise<CityAmounts> => ({
  A: await cityParameterRows(work, reliefAmountParameters.A),
  B: await cityParameterRows(work, reliefAmountParameters.B),
  city: await cityParameterRows(work, reliefAmountParameters.city),
});
