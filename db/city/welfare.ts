import { addDays, addYears, type IsoDate, later } from "#workflows/dates/iso-date.ts";
import type { Random } from "./random.ts";
import { csvLine, livesHere, type Resident } from "./resident.ts";
import { isSingleParent } from "./taxes.ts";

/** The columns of the welfare file, in order, as `docs/feeds.md` describes them. */
export const welfareHeader = csvLine(["住民番号", "種別", "等級", "開始日", "終了日"]);

/** 種別 of the file. */
const benefits = {
  publicAssistance: "01",
  physical: "11",
  intellectual: "12",
  mental: "13",
  specialChild: "21",
  childRearing: "22",
} as const;

/** Lines of the welfare file for a household: invented, the same for the same household. */
export function welfareLines(random: Random, household: Resident[], asOf: IsoDate): string[] {
  const present = household.filter(livesHere);
  const line = (resident: Resident, kind: keyof typeof benefits, grade = "") => {
    const from = later(resident.born, addDays(asOf, -random.between(30, 3_600)));
    const to = random.chance(0.12) ? later(from, addDays(asOf, -random.between(1, 700))) : "";
    return csvLine([resident.id, benefits[kind], grade, compact(from), compact(to)]);
  };
  const poor = random.chance(present.length === 1 ? 0.03 : 0.012);
  const hasMinor = present.some(({ born }) => born > addYears(asOf, -18));
  const lines = poor ? present.map((resident) => line(resident, "publicAssistance")) : [];
  for (const resident of present) {
    const old = resident.born < addYears(asOf, -60);
    if (random.chance(old ? 0.08 : 0.012))
      lines.push(line(resident, "physical", String(random.between(1, 6))));
    if (random.chance(0.008))
      lines.push(line(resident, "intellectual", random.pick(["A1", "A2", "B1", "B2"])));
    if (resident.born < addYears(asOf, -16) && random.chance(0.011))
      lines.push(line(resident, "mental", String(random.between(1, 3))));
    if (resident.relation === "02" && hasMinor && random.chance(0.012))
      lines.push(line(resident, "specialChild", String(random.between(1, 2))));
    if (hasMinor && isSingleParent(present, resident) && random.chance(0.7))
      lines.push(line(resident, "childRearing"));
  }
  return lines;
}

const compact = (date: IsoDate | "") => date.replaceAll("-", "");
