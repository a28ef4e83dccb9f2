import { reachAge } from "#workflows/dates/ages.ts";
import { addDays, addYears, earlier, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Vaccine } from "../vocabulary.ts";

/** Until when a vaccine may be given after a long illness, and whether the years or the upper age set that day. */
export interface LongIllnessTerm {
  readonly until: IsoDate;
  readonly by: "years" | "age";
}

/**
 * 長期療養特例: the last day on which a vaccine may be given to somebody who could not be vaccinated until a day. The years (two,
 * of 高齢者肺炎球菌 and 帯状疱疹 one) begin with that day; some vaccines have an upper age besides (5種・4種混合15歳, Hib10歳,
 * 小児用肺炎球菌6歳, BCG4歳). Nothing where the vaccine has no such exception (ロタ, and those given again each season or pregnancy).
 *
 * Basis: 予防接種法施行令3条2項.
 */
export function longIllnessTerm(
  { longIllness }: Pick<Vaccine, "longIllness">,
  birth: IsoDate,
  hindranceTo: IsoDate,
): LongIllnessTerm | undefined {
  if (!longIllness) return undefined;
  const { years, below } = longIllness;
  const end = addDays(addYears(hindranceTo, years), -1);
  const oldest = below === undefined ? end : reachAge(birth, below);
  return { until: earlier(end, oldest), by: oldest < end ? "age" : "years" };
}
