import { type ClaimFault, type ClaimFaultCode, faultKind } from "#workflows/claims/faults.ts";
import { judgeAmounts, judgeReceipts } from "#workflows/claims/judge.ts";
import type { RefusalReason } from "#workflows/claims/reasons.ts";
import type { ClaimCare, ClaimReceipt } from "#workflows/claims/receipt.ts";
import {
  type RefundedReceipt,
  type RefundMonth,
  refundOfMonth,
  type SettledCare,
} from "#workflows/claims/refund.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { RefundDeadline } from "#workflows/medical/city-parameters.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { MissingParameterError, rowOn } from "#workflows/parameters/dated.ts";
import { InputError } from "#workflows/rules/rule.ts";
import type { CaseRow } from "../cases/index.ts";
import { presetOf } from "../city/index.ts";
import { cityParameterOf, cityParameterOn } from "../parameters/index.ts";
import { lookAtPerson } from "../people/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { billsOf, type Judged, judgedOf, openSealedClaim, receiptOf } from "./bills.ts";
import type { ClaimKind } from "./kind.ts";

/** A receipt of a claim with all that is known of it now. */
export interface ReckonedReceipt {
  receipt: ClaimReceipt;
  faults: readonly ClaimFault[];
  judged: readonly Judged[];
  /** Faults that still want a word. */
  open: readonly ClaimFault[];
  /** What would become of it as it stands. */
  outcome: "granted" | "refused" | "open";
  reason?: RefusalReason | undefined;
  amount: number;
  lines: RefundedReceipt["lines"];
}

/** A claim as the rules judge it now. */
export interface ReckonedClaim {
  entryRevision: number;
  receipts: readonly ReckonedReceipt[];
  total: number;
  /** By month, what was paid above what is due by now. */
  overpaid: readonly { month: IsoMonth; amount: number }[];
  basis: readonly string[];
}

/** Judges the receipts of the entry that counts: what speaks against each, and what is refunded for the others. */
export async function reckonClaim(
  work: Work,
  kind: ClaimKind,
  found: CaseRow,
): Promise<ReckonedClaim> {
  const rows = await billsOf(work, found.id);
  const receipts = rows.map(receiptOf);
  const entryRevision = rows[0]?.revision ?? 0;
  const nothing = { entryRevision, receipts: [], total: 0, overpaid: [], basis: [] };
  if (receipts.length === 0) return nothing;
  const judged = await judgedOf(work, found.id, entryRevision);
  const months = [...new Set(receipts.map(({ month }) => month))].toSorted();
  const deadlines = new Map<IsoMonth, RefundDeadline | undefined>();
  for (const month of months) deadlines.set(month, await deadlineOn(work, kind, month));
  const joined = new Set<IsoMonth>();
  for (const month of months) if (await joinsPharmacy(work, kind, month)) joined.add(month);
  const before = judgeReceipts(receipts, {
    receivedOn: found.receivedOn as IsoDate,
    deadlineOf: (month) => deadlines.get(month),
    joinsPharmacy: (month) => joined.has(month),
    found: await foundAgainst(work, found.id),
  });
  const isOut = ({ number }: ClaimReceipt) =>
    before.some((one) => one.number === number && faultKind(one.code).level === "blocked") ||
    judged.some((one) => one.number === number && faultKind(one.code).level === "blocked");
  const settled = await settledCare(work, found.id, months);
  const faults = [...before];
  const refunded = new Map<number, RefundedReceipt>();
  const overpaid: { month: IsoMonth; amount: number }[] = [];
  const basis = new Set<string>();
  const person = await personOf(work, found);
  for (const month of months) {
    const counted = receipts.filter((one) => one.month === month && !isOut(one));
    if (counted.length === 0) continue;
    const own = settled.filter((one) => one.month === month);
    const result = kind.refundOfMonth
      ? await kind.refundOfMonth(work, { found, month, counted, settled: own })
      : await monthOf(work, kind, { month, counted, settled: own, person });
    if (!result) {
      faults.push(...counted.map(({ number }) => ({ number, code: "amount-unknown" as const })));
      continue;
    }
    faults.push(...judgeAmounts(counted, result));
    for (const one of result.receipts) refunded.set(one.number, one);
    for (const line of result.basis) basis.add(line);
    if (result.overpaid > 0) overpaid.push({ month, amount: result.overpaid });
  }
  const all = receipts.map((receipt): ReckonedReceipt => {
    const own = faults.filter(({ number }) => number === receipt.number);
    const said = judged.filter(({ number }) => number === receipt.number);
    const aside = said.find(({ code }) => faultKind(code).level === "blocked");
    // One word sets a receipt aside, whatever else speaks against it.
    const open = aside ? [] : own.filter(({ code }) => !said.some((one) => one.code === code));
    const blocked = open.some(({ code }) => faultKind(code).level === "blocked");
    const result = aside || blocked ? undefined : refunded.get(receipt.number);
    return {
      receipt,
      faults: own,
      judged: said,
      open,
      outcome: aside ? "refused" : result?.amount ? "granted" : "open",
      reason: aside ? (aside.reason as RefusalReason) : undefined,
      amount: result?.amount ?? 0,
      lines: result?.lines ?? [],
    };
  });
  return {
    entryRevision,
    receipts: all,
    total: all.reduce((sum, { amount }) => sum + amount, 0),
    overpaid,
    basis: [...basis],
  };
}

/** The person's month by the plan of the city; nothing where the plan, an age or an income is not known. */
async function monthOf(
  work: Work,
  kind: ClaimKind,
  about: {
    month: IsoMonth;
    counted: readonly ClaimReceipt[];
    settled: readonly SettledCare[];
    person: Awaited<ReturnType<typeof personOf>>;
  },
): Promise<RefundMonth | undefined> {
  const { month, counted, settled, person } = about;
  const { copayPlan } = await presetOf(work, kind.scheme, `${month}-01` as IsoDate);
  if (!copayPlan) return undefined;
  const reckon = (income: number | undefined) =>
    refundOfMonth(month, counted, settled, copayPlan, { birth: person.birth, income });
  try {
    return reckon(undefined);
  } catch (error) {
    if (error instanceof MissingParameterError) return undefined;
    if (!(error instanceof InputError)) throw error;
  }
  // The plan tells incomes apart: only then is the one that was keyed opened.
  const income = await person.income();
  if (income === undefined) return undefined;
  try {
    return reckon(income);
  } catch (error) {
    if (error instanceof InputError || error instanceof MissingParameterError) return undefined;
    throw error;
  }
}

/** Whether some band of the city's plan reckons a pharmacy with its prescriber (院外処方). */
async function joinsPharmacy(work: Work, kind: ClaimKind, month: IsoMonth): Promise<boolean> {
  const on = `${month}-01` as IsoDate;
  const { copayPlan } = await presetOf(work, kind.scheme, on);
  if (!copayPlan) return false;
  try {
    return rowOn(copayPlan, on).value.bands.some(({ pharmacyRule }) => pharmacyRule === "joined");
  } catch (error) {
    if (error instanceof MissingParameterError) return false;
    throw error;
  }
}

async function personOf(work: Work, found: CaseRow) {
  const person = await lookAtPerson(work, found.personNumber, ["facts"]);
  return {
    birth: person?.bornOn ?? undefined,
    income: async () => (await openSealedClaim(work, found)).income,
  };
}

/** Until when a month may be claimed; nothing where two people have not set it. */
async function deadlineOn(
  work: Work,
  { program }: ClaimKind,
  month: IsoMonth,
): Promise<RefundDeadline | undefined> {
  try {
    const parameter = cityParameterOf(
      `${program}.refund-deadline`,
    ) as unknown as CityParameter<RefundDeadline>;
    return (await cityParameterOn(work, parameter, `${month}-01` as IsoDate)).value;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

async function foundAgainst(work: Work, caseId: string): Promise<ClaimFault[]> {
  const rows = await work.sql<{ number: number; code: string; other: string | null }[]>`
    select number, code, other from claims.found_against(${caseId})`;
  return rows.map(({ number, code, other }) => ({
    number,
    code: code as ClaimFaultCode,
    ...(other ? { detail: `申請 ${other}` } : {}),
  }));
}

/** What was paid already for the person of a claim in some months, in kind and by other claims. */
async function settledCare(
  work: Work,
  caseId: string,
  months: readonly IsoMonth[],
): Promise<(SettledCare & { month: IsoMonth })[]> {
  const rows = await work.sql<
    {
      month: IsoMonth;
      institution: string | null;
      mark: Buffer | null;
      care: ClaimCare;
      tenths: number;
      times: number;
      meal_days: number;
      in_kind: boolean;
      cost: string;
      subsidy: string;
      paid: string;
      reimbursed: string;
      high_cost: string;
      additional_benefit: string;
      other_public: string;
      meals: string;
      prescriber: string | null;
      prescriber_mark: Buffer | null;
    }[]
  >`select * from claims.settled(${caseId}, ${[...months]}::text[])`;
  return rows.map((row) => ({
    month: row.month,
    institution: row.institution ?? row.mark?.toString("hex") ?? "",
    care: row.care,
    insuranceTenths: row.tenths,
    times: row.times,
    mealDays: row.meal_days,
    prescriber: row.prescriber ?? row.prescriber_mark?.toString("hex"),
    inKind: row.in_kind,
    cost: Number(row.cost),
    subsidy: Number(row.subsidy),
    paid: Number(row.paid),
    reimbursed: Number(row.reimbursed),
    highCost: Number(row.high_cost),
    additionalBenefit: Number(row.additional_benefit),
    otherPublic: Number(row.other_public),
    meals: Number(row.meals),
  }));
}
