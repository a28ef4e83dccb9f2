import { fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import type { StageTable } from "./stages.ts";

const STANDARD_SOURCE = "介護保険法施行令第38条、第39条(第9期の標準乗率、公費軽減後)";

const standard = (threshold: number): StageTable => ({
  roundTo: 1,
  threshold,
  welfare: { stage: 1, rate: 285, before: 455 },
  untaxedHousehold: [
    { stage: 1, rate: 285, before: 455 },
    { stage: 2, rate: 485, before: 685 },
    { stage: 3, rate: 685, before: 690 },
  ],
  untaxedPerson: [
    { stage: 4, rate: 900 },
    { stage: 5, rate: 1_000 },
  ],
  taxed: [
    { stage: 6, from: 0, rate: 1_200 },
    { stage: 7, from: 1_200_000, rate: 1_300 },
    { stage: 8, from: 2_100_000, rate: 1_500 },
    { stage: 9, from: 3_200_000, rate: 1_700 },
    { stage: 10, from: 4_200_000, rate: 1_900 },
    { stage: 11, from: 5_200_000, rate: 2_100 },
    { stage: 12, from: 6_200_000, rate: 2_300 },
    { stage: 13, from: 7_200_000, rate: 2_400 },
  ],
  nontaxLimit: 450_000,
});

const row = (year: number, value: StageTable, source: string) =>
  ({
    from: fiscalYearStart(year),
    to: fiscalYearEnd(year),
    value,
    source,
    certainty: "established",
  }) as const;

const yokohama: StageTable = {
  base: 79_440,
  roundTo: 10,
  threshold: 826_500,
  welfare: { stage: 1, rate: 200 },
  untaxedHousehold: [
    { stage: 2, rate: 200 },
    { stage: 3, rate: 340 },
    { stage: 4, rate: 585 },
  ],
  untaxedPerson: [
    { stage: 5, rate: 900 },
    { stage: 6, rate: 1_000 },
  ],
  taxed: [
    { stage: 7, from: 0, rate: 1_070 },
    { stage: 8, from: 1_200_000, rate: 1_100 },
    { stage: 9, from: 1_600_000, rate: 1_270 },
    { stage: 10, from: 2_100_000, rate: 1_300 },
    { stage: 11, from: 2_500_000, rate: 1_550 },
    { stage: 12, from: 3_200_000, rate: 1_750 },
    { stage: 13, from: 4_200_000, rate: 1_950 },
    { stage: 14, from: 5_200_000, rate: 2_150 },
    { stage: 15, from: 6_200_000, rate: 2_350 },
    { stage: 16, from: 7_200_000, rate: 2_500 },
    { stage: 17, from: 10_000_000, rate: 3_000 },
    { stage: 18, from: 20_000_000, rate: 3_250 },
    { stage: 19, from: 30_000_000, rate: 3_500 },
  ],
  nontaxLimit: 450_000,
};

/** Stages by city. */
export const stageTables = {
  standard: {
    name: "介護保険料の段階(国の標準13段階)",
    rows: [
      row(2024, standard(800_000), STANDARD_SOURCE),
      row(2025, standard(809_000), STANDARD_SOURCE),
      row(2026, standard(826_500), STANDARD_SOURCE),
    ],
  },
  yokohama: {
    name: "介護保険料の段階(横浜市19段階)",
    rows: [row(2026, yokohama, "横浜市介護保険条例(令和8年度の公表された表)")],
  },
} as const satisfies Record<string, DatedParameter<StageTable>>;

export const stageArea: PresetArea<DatedParameter<StageTable>> = {
  id: "long-term-care.stages",
  title: "介護保険料の段階",
  presets: stageTables,
};

/** What the city settles for 介護保険. */
export const presetAreas = [stageArea];
