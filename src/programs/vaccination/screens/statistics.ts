import { isExactOfProgram } from "#src/platform/statistics/index.ts";
import {
  ageUnknown,
  bandTitle,
  type FigureTable,
  mailingSheet,
  type Sheet,
  type Statistics,
  tableByPart,
} from "#src/web/statistics/index.ts";
import { sourceTitles } from "#workflows/vaccination/records/channels.ts";
import { doseLabel, schedule, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import { countCoupons, countShots, type ShotFigures } from "../counts.ts";

const exact: Sheet["exact"] = (work) => isExactOfProgram(work, "vaccination", "person.read");

/** 接種券 issued, printed again and cancelled. */
const coupons: Sheet = {
  id: "coupons",
  title: "接種券",
  asks: "period",
  byOffice: false,
  source: "接種券の発行履歴。発行・再印刷・取消のそれぞれの日で数える。",
  exact,
  read: async (work, asked) => [
    tableByPart(asked, {
      title: "接種券の発行",
      found: await countCoupons(work, asked.period),
      columns: [
        { title: "発行", unit: "枚", charted: true, value: ({ issued }) => issued },
        { title: "再印刷", unit: "枚", charted: true, value: ({ reprinted }) => reprinted },
        { title: "取消", unit: "枚", charted: true, value: ({ cancelled }) => cancelled },
      ],
    }),
  ],
};

const ages = [0, 1, 2, 3, 5, 7, 13, 20, 65] as const;
const ageGroups = ages.map((from, n) => [String(from), bandTitle(from, ages[n + 1])] as const);

/** Vaccinations given in the period, by vaccine and dose: by the way the record came, and by age (VAC-6). */
const shots: Sheet = {
  id: "shots",
  title: "接種",
  asks: "period",
  byOffice: false,
  source: "接種記録。期間内に接種した回数で、年齢は接種日の満年齢。",
  exact,
  async read(work, { period }) {
    const found = await countShots(work, period, ages);
    const doses = found.filter(({ dimension }) => dimension === "all").toSorted(inSchedule);
    const table = (
      title: string,
      {
        dimension,
        groups,
      }: { dimension: "source" | "age"; groups: readonly (readonly [string, string])[] },
    ): FigureTable => ({
      title,
      rowTitle: "予防接種",
      chart: "bars",
      columns: [
        { title: "接種", unit: "回", charted: true },
        ...groups.map(([, title]) => ({ title, unit: "回" })),
      ],
      rows: doses.map((all) => ({
        title: `${vaccineLabel(all.vaccine)} ${doseLabel(all.vaccine, all.dose)}`,
        figures: [
          { value: all.shots },
          ...groups.map(([value]) => ({
            value:
              found.find(
                (one) =>
                  one.dimension === dimension &&
                  one.value === value &&
                  one.vaccine === all.vaccine &&
                  one.dose === all.dose,
              )?.shots ?? 0,
          })),
        ],
      })),
    });
    return [
      table("年齢別", {
        dimension: "age",
        groups: found.some(({ dimension, value }) => dimension === "age" && value === "unknown")
          ? [...ageGroups, ["unknown", ageUnknown]]
          : ageGroups,
      }),
      table("記録の経路別", {
        dimension: "source",
        // There are more ways than a screen holds: those by which nothing came are left out.
        groups: Object.entries(sourceTitles).filter(([source]) =>
          found.some(({ dimension, value }) => dimension === "source" && value === source),
        ),
      }),
    ];
  },
};

const placeOf = new Map<string, number>(schedule.map(({ id }, place) => [id, place]));
const inSchedule = (a: ShotFigures, b: ShotFigures): number =>
  (placeOf.get(a.vaccine) ?? 0) - (placeOf.get(b.vaccine) ?? 0) || a.dose - b.dose;

/** What 予防接種 counts. */
export const vaccinationStatistics: Statistics = {
  program: "vaccination",
  title: "予防接種",
  sheets: [shots, coupons, mailingSheet("vaccination")],
};
