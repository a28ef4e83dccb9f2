import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { modulesNamed } from "../found-by-folder.ts";
import { notFound } from "../problem.ts";

/** Every figure that the city sets on the screen: what each `workflows/<folder>/city-parameters.ts` exports. */
export const cityParameters: readonly CityParameter[] = (
  await modulesNamed<{ cityParameters: readonly CityParameter[] }>("city-parameters")
).flatMap((one) => one.cityParameters);

/** @throws Problem 404 where there is none of that key */
export function cityParameterOf(key: string): CityParameter {
  const found = cityParameters.find((one) => one.key === key);
  if (!found) throw notFound("その数値はありません。");
  return found;
}
