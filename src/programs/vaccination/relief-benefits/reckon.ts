import type { CaseRow } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { sumOf } from "#workflows/money/rounding.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import {
  type CityAmounts,
  lumpSum,
  medicalAllowance,
  medicalCost,
  type Reckoned,
  yearlyPension,
} from "#workflows/vaccination/relief/amounts.ts";
import { isPension, reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { claimableUntil } from "#workflows/vaccination/relief/claim-deadlines.ts";
import type { BenefitFault, BenefitFinding } from "#workflows/vaccination/relief/faults.ts";
import { sharesOf } from "#workflows/vaccination/relief/survivors.ts";
import { visitsThatCount } from "#workflows/vaccination/relief/visits.ts";
import { type ReliefBasis, reliefBasis } from "../relief/basis.ts";
import {
  type Claimed,
  type ClaimedRow,
  claimedOf,
  decidedBefore,
  type VisitRow,
  visitOf,
} from "./claimed.ts";
import { amountsOfCity } from "./parameters.ts";

/** One benefit as it is reckoned now. */
export interface ReckonedBenefit {
  readonly row: ClaimedRow;
  readonly amount: number;
  readonly steps: readonly AmountStep[];
  readonly basis: readonly string[];
  /** An amount that is not known for its time, in words. */
  readonly missing?: string;
}

/** A claim as it is reckoned now, with what speaks against it. */
export interface ReckonedClaim {
  readonly basis: ReliefBasis;
  readonly claimed: Claimed;
  readonly benefits: readonly ReckonedBenefit[];
  readonly findings: readonly BenefitFinding[];
}

interface Facts {
  readonly basis: ReliefBasis;
  readonly claimed: Claimed;
  readonly city: CityAmounts;
  readonly earlier: readonly EarlierRow[];
  readonly decidedBefore: boolean;
  readonly today: IsoDate;
}

interface EarlierRow {
  month: string;
  way: "outpatient" | "inpatient" | "pharmacy" | null;
  days: number[] | null;
  paid: string;
}

/**
 * What a claim comes to now; nothing before it was keyed.
 *
 * @param city amounts that are only proposed, where they are tried; else those that hold
 */
export async function reckonBenefits(
  work: Work,
  found: CaseRow,
  city?: CityAmounts,
): Promise<ReckonedClaim | undefined> {
  const claimed = await claimedOf(work, found.id);
  const basis = await reliefBasis(work, found.id);
  if (!claimed || !basis) return undefined;
  const months = [...new Set(claimed.visits.map(({ month }) => month))];
  const facts: Facts = {
    basis,
    claimed,
    city: city ?? (await amountsOfCity(work)),
    earlier: await work.sql<EarlierRow[]>`
      select * from relief_benefits.earlier(${found.id}, ${months}::text[])`,
    decidedBefore: basis.diedOn ? await decidedBefore(work, found, basis.diedOn) : false,
    today: work.platform.clock.today(),
  };
  const benefits = claimed.benefits.map((row) => reckonOne(facts, row));
  const known = await work.sql<
    { part: BenefitFinding["of"]; number: number; code: BenefitFault }[]
  >`
    select part, number, code from relief_benefits.found_against(${found.id})`;
  const findings = [
    ...known.map(({ part, number, code }) => ({ of: part, number, code })),
    ...claimed.visits.flatMap((row) => againstVisit(facts, row)),
    ...benefits.flatMap((one) => againstBenefit(facts, one)),
  ];
  const once = new Map(findings.map((one) => [`${one.of} ${one.number} ${one.code}`, one]));
  return { basis, claimed, benefits, findings: [...once.values()] };
}

/** Visits of a month that are paid for. */
function countingIn({ basis, claimed }: Facts, month: string) {
  const rows = claimed.visits.filter((one) => one.month === month && one.refusal === null);
  return visitsThatCount(basis.class === "B", rows.map(visitOf));
}

function reckonOne(facts: Facts, row: ClaimedRow): ReckonedBenefit {
  const nothing = { row, amount: 0, steps: [], basis: [] };
  if (row.refusal !== null) return nothing;
  try {
    const got = amountOf(facts, row);
    return got ? { row, ...got } : nothing;
  } catch (error) {
    if (!(error instanceof MissingParameterError)) throw error;
    return {
      ...nothing,
      missing: `${error.parameter}（${formatWareki(error.on)}）`,
    };
  }
}

function amountOf(facts: Facts, row: ClaimedRow): Reckoned | undefined {
  const { basis, city } = facts;
  const { benefit } = row;
  const off = row.otherBenefits;
  if (benefit === "medical-cost") return medicalCost(countingIn(facts, row.month ?? ""));
  if (benefit === "medical-allowance") return allowanceOf(facts, row.month ?? "");
  if (isPension(benefit))
    return yearlyPension(
      {
        class: basis.class,
        benefit,
        grade: row.grade ?? 1,
        homeCare: row.homeCare,
        otherBenefits: off,
      },
      row.fromMonth as IsoDate,
      city,
    );
  if (!basis.diedOn) return undefined;
  const whole = lumpSum(basis.class, benefit, basis.diedOn, 0, city);
  return whole && shareOf(facts, row, whole);
}

/** 医療手当 of a month by all its days, those of earlier claims too, less what was paid of it before. */
function allowanceOf(facts: Facts, month: string): Reckoned | undefined {
  const before = facts.earlier.filter((one) => one.month === month);
  const visits = before.flatMap(({ way, days }) => (way && days ? [{ way, days }] : []));
  const now = countingIn(facts, month);
  if (now.every(({ way }) => way === "pharmacy")) return undefined;
  const due = medicalAllowance(
    facts.basis.class,
    `${month}-01` as IsoDate,
    [...now, ...visits],
    facts.city,
  );
  const paid = before.reduce((sum, one) => sum + Number(one.paid), 0);
  if (!due || paid === 0) return due;
  const steps = [...due.steps, { label: "支給済の額", amount: -paid }];
  return { ...due, steps, amount: sumOf(steps) };
}

/** A lump sum divided among those of one rank who claim it, less what is taken off. */
function shareOf({ claimed }: Facts, row: ClaimedRow, whole: Reckoned): Reckoned {
  const sharing = claimed.benefits.filter(
    (one) => one.benefit === row.benefit && one.refusal === null,
  );
  const place = sharing.findIndex(({ number }) => number === row.number);
  const steps = [...whole.steps];
  const share = sharesOf(whole.amount, sharing.length)[place] ?? 0;
  if (sharing.length > 1)
    steps.push({ label: `${sharing.length}人で等分`, amount: share - whole.amount });
  const off = Math.min(row.otherBenefits, share);
  if (off > 0)
    steps.push({
      label: row.benefit === "survivor-lump-sum" ? "支払われた遺族年金" : "障害年金との調整",
      amount: -off,
    });
  return { ...whole, steps, amount: sumOf(steps) };
}

/** What speaks against a visit and only the rules know. */
function againstVisit({ basis, today }: Facts, row: VisitRow): BenefitFinding[] {
  if (row.refusal !== null) return [];
  const codes: BenefitFault[] = [];
  const lastDay = `${row.month}-${String(Math.max(...row.days)).padStart(2, "0")}`;
  if (!row.certificate) codes.push("no-certificate");
  if (lastDay < basis.shotOn) codes.push("before-shot");
  if (basis.class === "B" && visitsThatCount(true, [visitOf(row)]).length === 0)
    codes.push("not-hospital-equivalent");
  const until = claimableUntil({
    class: basis.class,
    benefit: "medical-cost",
    paidOn: (row.paidOn ?? undefined) as IsoDate | undefined,
  });
  if (row.paid + row.meals > 0 && until && basis.receivedOn > until) codes.push("late");
  if (lastDay > today) codes.push("future-month");
  return codes.map((code) => ({ of: "visit", number: row.number, code }));
}

/** What speaks against a benefit and only the rules know. */
function againstBenefit(facts: Facts, { row, amount, missing }: ReckonedBenefit): BenefitFinding[] {
  if (row.refusal !== null) return [];
  const { basis } = facts;
  const codes: BenefitFault[] = [];
  const until =
    row.benefit === "medical-cost"
      ? undefined
      : claimableUntil({
          class: basis.class,
          benefit: row.benefit,
          month: row.month ? (`${row.month}-01` as IsoDate) : undefined,
          diedOn: basis.diedOn ?? undefined,
          decidedBefore: facts.decidedBefore,
        });
  if (until && basis.receivedOn > until) codes.push("late");
  if (missing === undefined && amount <= 0) codes.push(faultOfNothing(facts, row));
  return codes.map((code) => ({ of: "benefit", number: row.number, code }));
}

function faultOfNothing(facts: Facts, row: ClaimedRow): BenefitFault {
  if (row.benefit === "medical-allowance")
    return countingIn(facts, row.month ?? "").some(({ way }) => way !== "pharmacy")
      ? "paid-before"
      : "no-visit";
  if (row.benefit === "medical-cost") return "nothing-borne";
  if (isPension(row.benefit)) return row.otherBenefits > 0 ? "nothing-borne" : "no-grade";
  return facts.basis.diedOn ? "nothing-borne" : "not-dead";
}

/** What a benefit is called, with its month. */
export const titleOf = ({ benefit, month }: Pick<ClaimedRow, "benefit" | "month">): string =>
  month
    ? `${reliefBenefits[benefit]} ${formatWareki(`${month}-01` as IsoDate).replace(/1日$/u, "分")}`
    : reliefBenefits[benefit];
