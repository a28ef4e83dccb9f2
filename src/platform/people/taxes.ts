import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Assessment, Dependants, TaxedIncome } from "#workflows/taxes/income.ts";
import type { KeyRing } from "../vault/key-ring.ts";
import type { Work } from "../work.ts";
import { lookAtRecords, subjectToken } from "./feed-records.ts";

/** 税情報 of an income year, as the tax feed brings it and the vault keeps it. Amounts are whole yen. */
export interface TaxFacts {
  /** 所得年: the calendar year in which the income arose. */
  incomeYear: number;
  /** 更正日: day of the determination. */
  determinedOn: IsoDate;
  assessment: Assessment;
  /** 合計所得金額. */
  total: number;
  /** Incomes and deductions; all nothing where the year is undeclared. */
  income: TaxedIncome;
  dependants: Dependants;
  /** 市町村民税所得割額. */
  incomeLevy: number;
}

/** What is known of somebody's income of a year. */
export interface KnownIncome {
  facts: TaxFacts | undefined;
  /** Business date on which the facts came. */
  knownFrom: IsoDate | undefined;
  /** Date of the last full file since the person is needed: without facts, the tax office knows of nothing. */
  coveredOn: IsoDate | null;
}

/**
 * Income of a year of people whom the 事務 of the work needs, by 統合宛名番号: the last determination, or the
 * last that was known on a day. Needs the right `person.read-tax`; each look is logged as `tax`. The database
 * refuses people of whom no need was announced (see `announceNeed`).
 */
export async function incomesOf(
  work: Work,
  personNumbers: readonly string[],
  incomeYear: number,
  knownOn?: IsoDate,
): Promise<Map<string, KnownIncome>> {
  const subject = String(incomeYear);
  const known = await lookAtRecords<TaxFacts>(work, "tax", personNumbers, { subject, knownOn });
  return new Map(
    [...known].map(([personNumber, { records, coveredOn }]) => {
      const [last] = records;
      return [personNumber, { facts: last?.content, knownFrom: last?.knownFrom, coveredOn }];
    }),
  );
}

/** Keyed token of what the tax feed tells of somebody's income of a year. */
export const incomeToken = (keys: KeyRing, personNumber: string, incomeYear: number): string =>
  subjectToken(keys, "tax", { personNumber, subject: String(incomeYear) });
