import { type IsoDate, partsOf } from "#workflows/dates/iso-date.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { type IncomeLimit, incomeLimits } from "./income-limits.ts";

/** An ordinance's limits, and which year's income it looks at. */
export interface IncomeOrdinance {
  readonly title: string;
  readonly applicant: DatedParameter<IncomeLimit>;
  readonly supporter: DatedParameter<IncomeLimit>;
  /** The article of the city's own ordinance, where it was seen. */
  readonly basis?: readonly string[];
  /**
   * From this month on the income of the year before counts, until then that of two years before; without
   * it always that of two years before.
   */
  readonly switchMonth?: number;
}

export type Relation = "applicant" | "supporter";

const FORMER = "児童扶養手当法施行令第2条の4(令和6年10月31日まで)";
const CURRENT = "児童扶養手当法施行令第2条の4(令和6年11月1日改正)";
const EACH = 380_000;

const partial: DatedParameter<IncomeLimit> = {
  name: "児童扶養手当の所得限度額(一部支給)",
  rows: [
    {
      from: "2018-08-01",
      to: "2024-10-31",
      value: { none: 1_920_000, each: EACH },
      source: FORMER,
      certainty: "established",
    },
    {
      from: "2024-11-01",
      value: { none: 2_080_000, each: EACH },
      source: CURRENT,
      certainty: "established",
    },
  ],
};

const full: DatedParameter<IncomeLimit> = {
  name: "児童扶養手当の所得限度額(全部支給)",
  rows: [
    {
      from: "2018-08-01",
      to: "2024-10-31",
      value: { none: 490_000, each: EACH },
      source: FORMER,
      certainty: "established",
    },
    {
      from: "2024-11-01",
      value: { none: 690_000, each: EACH },
      source: CURRENT,
      certainty: "established",
    },
  ],
};

const supporter: DatedParameter<IncomeLimit> = {
  name: "児童扶養手当の所得限度額(扶養義務者等)",
  rows: [
    {
      from: "2018-08-01",
      value: { none: 2_360_000, each: EACH },
      source: "児童扶養手当法施行令第2条の4(令和6年11月の改正でも不変)",
      certainty: "established",
    },
  ],
};

const kept: DatedParameter<IncomeLimit> = {
  name: "改正前の一部支給の所得限度額を使い続ける条例",
  rows: [
    {
      from: "2018-08-01",
      value: { none: 1_920_000, each: EACH },
      source: "条例の一例。令和6年11月の改正にならわない市がある",
      certainty: "assumed",
    },
  ],
};

/** 横浜市's ordinance was seen, the rules with its amounts were not. */
const yokohama = (
  name: string,
  { rows }: DatedParameter<IncomeLimit>,
): DatedParameter<IncomeLimit> => ({
  name: `横浜市ひとり親家庭等医療費助成の所得限度額(${name})`,
  rows: rows.map((row) => ({
    ...row,
    source: `未確認の仮設定(市の規則で定める額。児童扶養手当と同じとした。${row.source})`,
    certainty: "assumed",
  })),
});

/** Presets. Which of them an ordinance follows, and its month of change, has to be read in the ordinance. */
export const incomeOrdinances = {
  "national-partial": {
    title: "国の一部支給の基準",
    applicant: partial,
    supporter,
    switchMonth: 11,
  },
  "national-full": { title: "国の全部支給の基準", applicant: full, supporter, switchMonth: 11 },
  "kept-2024-10": {
    title: "令和6年10月までの一部支給の基準",
    applicant: kept,
    supporter,
    switchMonth: 11,
  },
  yokohama: {
    title: "横浜市(前々年の所得。限度額は仮設定)",
    applicant: yokohama("ひとり親等", partial),
    supporter: yokohama("扶養義務者等", supporter),
    basis: ["横浜市ひとり親家庭等の医療費助成に関する条例第4条第2項"],
  },
} as const satisfies Record<string, IncomeOrdinance>;

export const incomeArea: PresetArea<IncomeOrdinance> = {
  id: "single-parent-medical.income",
  title: "ひとり親家庭等医療費助成の所得限度額",
  presets: incomeOrdinances,
  settable: (["applicant", "supporter"] as const).map((who) => ({
    parameter: incomeLimits[who],
    rowsOf: (ordinance) => ordinance[who],
    withRows: (ordinance, rows) => ({ ...ordinance, [who]: rows }),
  })),
};

/** Facts of an income test; `income` is what is left after the deductions, yen. */
export interface IncomeFacts {
  readonly on: IsoDate;
  readonly relation: Relation;
  readonly dependants: number;
  readonly income: number;
  /** Of the dependants: spouses from 70 and dependants from 70 on. */
  readonly elderlyDependants?: number | undefined;
  /** Of the dependants: those of 19 to 22, and those of 16 to 18. */
  readonly studentDependants?: number | undefined;
}

const ELDERLY = { applicant: 100_000, supporter: 60_000 } as const;
const STUDENT = 150_000;

/** Whose year's income counts on a day (所得年). */
export function incomeYearOn(on: IsoDate, { switchMonth }: IncomeOrdinance): number {
  const { year, month } = partsOf(on);
  return month >= (switchMonth ?? Number.POSITIVE_INFINITY) ? year - 1 : year - 2;
}

/** Whether an income lies below the limit of the ordinance; the limit itself is too much. */
export function incomeTest(facts: IncomeFacts, ordinance: IncomeOrdinance) {
  const table = ordinance[facts.relation];
  const row = rowOn(table, facts.on);
  const { none, each } = row.value;
  const limit = none + each * facts.dependants + additions(facts);
  return {
    limit,
    within: facts.income < limit,
    incomeYear: incomeYearOn(facts.on, ordinance),
    basis: [...(ordinance.basis ?? []), citeRow(table, row)],
  };
}

/** Supporters get nothing for one of the elderly when all their dependants are elderly. */
function additions({ relation, dependants, ...facts }: IncomeFacts): number {
  const elderly = facts.elderlyDependants ?? 0;
  if (relation === "applicant")
    return elderly * ELDERLY.applicant + (facts.studentDependants ?? 0) * STUDENT;
  const counted = elderly > 0 && elderly === dependants ? elderly - 1 : elderly;
  return counted * ELDERLY.supporter;
}
