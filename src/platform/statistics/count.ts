import type { CaseDeadlines } from "#workflows/cases/deadlines.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { Work } from "../work.ts";
import type { Period } from "./period.ts";

/** What is counted: a period, and one office or all that the person may count. */
export interface Counted {
  period: Period;
  office?: string | undefined;
}

/** A row of a period: its month or 年度 by the first day, or the whole (`null`). */
interface OfPart {
  bucket: IsoDate | null;
}

/** What became of the cases of a kind in a part of a period. */
export interface CaseFigures extends OfPart {
  received: number;
  granted: number;
  refused: number;
  revoked: number;
  withdrawn: number;
  /** Days from 受付 to a grant or a refusal. */
  medianDays: number | null;
  /** Decided later than the 標準処理期間. */
  late: number;
}

/** Received and decided cases of a kind by month or 年度, and of the whole period. @throws 42501 without `statistics.read` */
export function countCases(
  { sql }: Work,
  kind: string,
  { period, office = undefined }: Counted,
  deadlines: DatedParameter<CaseDeadlines>,
): Promise<CaseFigures[]> {
  const { from, to, byYear } = period;
  const since = deadlines.rows.map((row) => row.from);
  const days = deadlines.rows.map(({ value }) => value.standardDays);
  return sql<CaseFigures[]>`
    select bucket, received, granted, refused, revoked, withdrawn, median_days::float8 as "medianDays", late
      from statistics.cases_by_month(${kind}, ${office ?? null}, ${from}, ${to}, ${byYear}, ${since}::date[], ${days}::integer[])`;
}

/** Certificates of a sort in a part of a period. */
export interface CertificateFigures extends OfPart {
  sort: string;
  first: number;
  again: number;
  renewed: number;
  ended: number;
}

/** Certificates issued and ended, by sort. @throws 42501 without `statistics.read` */
export function countCertificates(
  { sql }: Work,
  program: string,
  { period, office }: Counted,
): Promise<CertificateFigures[]> {
  const { from, to, byYear } = period;
  return sql<CertificateFigures[]>`
    select * from statistics.certificates_by_month(${program}, ${office ?? null}, ${from}, ${to}, ${byYear})`;
}

/** How many people one group of those entitled on a day has. */
export interface EntitledFigures {
  dimension: "all" | "age" | "office" | "kind";
  /** First age of the band, code of the office, or kind of entitlement. */
  value: string | null;
  people: number;
}

/** Who was entitled on a day, by the first ages of the bands, office and kind. @throws 42501 without `statistics.read` */
export function countEntitled(
  { sql }: Work,
  program: string,
  asked: { on: IsoDate; office?: string | undefined; ages: readonly number[] },
): Promise<EntitledFigures[]> {
  const { on, office, ages } = asked;
  return sql<EntitledFigures[]>`
    select * from statistics.entitled_on(${program}, ${office ?? null}, ${on}, ${[...ages]}::integer[])`;
}

/** The same on each of some days. @throws 42501 without `statistics.read` */
export function countEntitledOnDays(
  { sql }: Work,
  program: string,
  asked: { days: readonly IsoDate[]; office?: string | undefined; ages: readonly number[] },
): Promise<(EntitledFigures & { on: IsoDate })[]> {
  const { days, office, ages } = asked;
  return sql<(EntitledFigures & { on: IsoDate })[]>`
    select on_day::text as on, dimension, value, people
      from statistics.entitled_on_days(${program}, ${office ?? null}, ${[...days]}::date[], ${[...ages]}::integer[])`;
}

/** What is under way: of a state of a kind of case, or in the hands of one person. */
export type OpenFigures = { cases: number; overdue: number; oldest: IsoDate | null } & (
  | { dimension: "state"; kind: string; state: string; title: string }
  | { dimension: "holder"; assigned: number | null; name: string | null }
);

/** What is under way today; by 担当 only where the person could see the rows. @throws 42501 without `statistics.read` */
export function countOpen(
  { sql }: Work,
  program: string,
  office?: string | undefined,
): Promise<OpenFigures[]> {
  return sql<OpenFigures[]>`
    select dimension, kind, state, title, assigned_to as assigned, name, cases, overdue, oldest
      from statistics.open_cases(${program}, ${office ?? null}) order by dimension desc, cases desc, title, name`;
}

/** 照会 that were sent in a part of a period. */
export interface InquiryFigures extends OfPart {
  sent: number;
  answered: number;
  reminded: number;
  closed: number;
  medianDays: number | null;
}

/** 照会 by the month in which they were sent. @throws 42501 without `statistics.read` */
export function countInquiries(
  { sql }: Work,
  program: string,
  { period, office }: Counted,
): Promise<InquiryFigures[]> {
  const { from, to, byYear } = period;
  return sql<InquiryFigures[]>`
    select bucket, sent, answered, reminded, closed, median_days::float8 as "medianDays"
      from statistics.inquiries_by_month(${program}, ${office ?? null}, ${from}, ${to}, ${byYear})`;
}

/** 一括発送 that were approved in a part of a period. */
export interface MailingFigures extends OfPart {
  runs: number;
  made: number;
  sent: number;
  returned: number;
  settled: number;
}

/** 一括発送 by the month of the approval. @throws 42501 without `statistics.read` */
export function countMailings(
  { sql }: Work,
  program: string,
  { period }: Counted,
): Promise<MailingFigures[]> {
  const { from, to, byYear } = period;
  return sql<MailingFigures[]>`
    select * from statistics.mailings_by_month(${program}, ${from}, ${to}, ${byYear})`;
}

/** 支払 that were decided, paid, failed or set off in a part of a period; sums are whole yen. */
export interface PaymentFigures extends OfPart {
  decided: number;
  decidedYen: number;
  transferred: number;
  transferredYen: number;
  inCash: number;
  inCashYen: number;
  failed: number;
  setOff: number;
}

/** 支払 by the month in which each happened. @throws 42501 without `statistics.read` */
export function countPayments(
  { sql }: Work,
  program: string,
  { period, office }: Counted,
): Promise<PaymentFigures[]> {
  const { from, to, byYear } = period;
  return sql<PaymentFigures[]>`
    select bucket, decided, decided_yen::float8 as "decidedYen", transferred, transferred_yen::float8 as "transferredYen",
           in_cash as "inCash", in_cash_yen::float8 as "inCashYen", failed, set_off as "setOff"
      from statistics.payments_by_month(${program}, ${office ?? null}, ${from}, ${to}, ${byYear})`;
}

/** 給付 by receipts in one group of them; sums are whole yen. */
export interface BenefitFigures {
  dimension: "all" | "part" | "care" | "age" | "office" | "institution";
  /** First day of the month or 年度, kind of care, first age of the band, code of the office or the institution. */
  value: string | null;
  /** Name of the institution. */
  title: string | null;
  receipts: number;
  people: number;
  points: number;
  subsidy: number;
  patientPays: number;
}

/** 給付 by the month of treatment, in groups. @throws 42501 without `statistics.read` */
export function countBenefits(
  { sql }: Work,
  program: string,
  { period, office, ages }: Counted & { ages: readonly number[] },
): Promise<BenefitFigures[]> {
  const { from, to, byYear } = period;
  return sql<BenefitFigures[]>`
    select dimension, value, title, receipts, people, points::float8, subsidy::float8, patient_pays::float8 as "patientPays"
      from statistics.benefits(${program}, ${office ?? null}, ${from}, ${to}, ${byYear}, ${[...ages]}::integer[])`;
}

/** 給付 by 償還払い in one group of 領収書; sums are whole yen. */
export interface RefundFigures {
  dimension: "all" | "part" | "care" | "age" | "office";
  /** First day of the month or 年度, kind of care, first age of the band, or code of the office. */
  value: string | null;
  receipts: number;
  people: number;
  /** 医療費 of the 領収書. */
  cost: number;
  paid: number;
}

/** 償還払い by the month of treatment, in groups. @throws 42501 without `statistics.read` */
export function countRefunds(
  { sql }: Work,
  program: string,
  { period, office, ages }: Counted & { ages: readonly number[] },
): Promise<RefundFigures[]> {
  const { from, to, byYear } = period;
  return sql<RefundFigures[]>`
    select dimension, value, receipts, people, cost::float8, paid::float8
      from statistics.refunds(${program}, ${office ?? null}, ${from}, ${to}, ${byYear}, ${[...ages]}::integer[])`;
}

/** Whether the counts are exact: for who could see every row behind them. @throws 42501 without `statistics.read` */
export async function isExact(
  { sql }: Work,
  program: string,
  asked: { office?: string | undefined; rows: "case.read" | "payment.read" | "receipt.read" },
): Promise<boolean> {
  const [row] = await sql<{ exact: boolean }[]>`
    select exact from statistics.scope(${program}, ${asked.office ?? null}, ${asked.rows})`;
  return row?.exact ?? false;
}

/** The same of what belongs to no office. @throws 42501 without `statistics.read` */
export async function isExactOfProgram(
  { sql }: Work,
  program: string,
  rows: "mailing.read" | "person.read",
): Promise<boolean> {
  const [row] = await sql<{ exact: boolean }[]>`
    select statistics.scope_of_program(${program}, ${rows}) as exact`;
  return row?.exact ?? false;
}
