import { schoolStart } from "#workflows/dates/ages.ts";
import { addDays, addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Random } from "./random.ts";
import { csvLine, livesHere, type Resident } from "./resident.ts";

interface Plan {
  /** Vaccine code of the feed. */
  vaccine: string;
  product: string;
  /** Months of age at which each dose is usually given; MR 2期 has the year before school instead. */
  months: readonly number[];
  /** Born between these days. */
  from: IsoDate;
  to?: IsoDate;
  sex?: "female";
  coverage: number;
}

/** The routine vaccinations of children born since 2007, as far as a register of today needs them. */
const plans: readonly Plan[] = [
  { vaccine: "rota1", product: "ロタリックス", months: [2, 3], from: "2020-08-01", coverage: 0.95 },
  { vaccine: "hepb", product: "ビームゲン", months: [2, 3, 8], from: "2016-04-01", coverage: 0.97 },
  {
    vaccine: "pcv",
    product: "プレベナー２０",
    months: [2, 3, 4, 12],
    from: "2013-11-01",
    coverage: 0.97,
  },
  {
    vaccine: "5mix",
    product: "ゴービック",
    months: [2, 3, 4, 12],
    from: "2024-02-01",
    coverage: 0.97,
  },
  {
    vaccine: "4mix",
    product: "テトラビック",
    months: [3, 4, 5, 17],
    from: "2012-08-01",
    to: "2024-01-31",
    coverage: 0.97,
  },
  {
    vaccine: "hib",
    product: "アクトヒブ",
    months: [2, 3, 4, 12],
    from: "2013-02-01",
    to: "2024-01-31",
    coverage: 0.97,
  },
  {
    vaccine: "bcg",
    product: "乾燥ＢＣＧワクチン",
    months: [5],
    from: "2007-04-01",
    coverage: 0.97,
  },
  { vaccine: "mr1", product: "ミールビック", months: [12], from: "2007-04-01", coverage: 0.96 },
  {
    vaccine: "vzv",
    product: "乾燥弱毒生水痘ワクチン",
    months: [12, 19],
    from: "2013-10-01",
    coverage: 0.93,
  },
  {
    vaccine: "je1",
    product: "エンセバック",
    months: [36, 37, 49],
    from: "2007-04-01",
    coverage: 0.94,
  },
  { vaccine: "mr2", product: "ミールビック", months: [66], from: "2007-04-01", coverage: 0.93 },
  { vaccine: "je2", product: "ジェービックＶ", months: [110], from: "2007-04-01", coverage: 0.75 },
  { vaccine: "dt2", product: "沈降ＤＴ", months: [134], from: "2007-04-01", coverage: 0.78 },
  {
    vaccine: "hpv9",
    product: "シルガード９",
    months: [150, 157],
    from: "2009-04-02",
    sex: "female",
    coverage: 0.4,
  },
];

/** The first line of the vaccinations file. */
export const shotHeader = csvLine([
  "住民番号",
  "ワクチンコード",
  "回数",
  "接種日",
  "製品名",
  "ロット番号",
]);

/** Lines of the vaccinations somebody has had until the day; nothing for those whose family wants none. */
export function shotLines(random: Random, resident: Resident, asOf: IsoDate): string[] {
  if (resident.born < "2007-04-01" || random.chance(0.015)) return [];
  const until = livesHere(resident) ? asOf : resident.event.date;
  // Some are always late: illness, a move, a family that waits.
  const late = random.chance(0.12) ? random.between(1, 3) : 0;
  return plans.flatMap((plan) => {
    const { vaccine, product, sex, from, to = "9999-12-31" } = plan;
    if (resident.born < from || resident.born > to || (sex && sex !== resident.sex)) return [];
    if (!random.chance(plan.coverage) || (vaccine === "rota1" && late > 1)) return [];
    const stopsAfter = random.chance(0.04)
      ? random.between(1, plan.months.length)
      : plan.months.length;
    const lines: string[] = [];
    // At least 28 days between two doses, which is right for every vaccine here.
    let earliest: IsoDate = resident.born;
    for (const [index, month] of plan.months.slice(0, stopsAfter).entries()) {
      const usual =
        vaccine === "mr2"
          ? addDays(schoolStart(resident.born), -random.between(10, 350))
          : addDays(addMonths(resident.born, month), random.between(0, 20) + late * 30);
      const date = workday(usual < earliest ? earliest : usual);
      if (date > until) break;
      earliest = addDays(date, 28);
      const lot = `${random.pick(["A", "B", "D", "K"])}${random.between(100, 999)}${random.pick(["", "A", "B"])}`;
      lines.push(
        csvLine([resident.id, vaccine, String(index + 1), date.replaceAll("-", ""), product, lot]),
      );
    }
    return lines;
  });
}

/** Clinics give none on Sundays. */
function workday(date: IsoDate): IsoDate {
  return new Date(date).getUTCDay() === 0 ? addDays(date, 1) : date;
}
