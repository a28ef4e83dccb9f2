/** Counts of the work by month, day and office: computed by the database, never rows. */
export {
  countBenefits,
  countCases,
  countCertificates,
  countEntitled,
  countEntitledOnDays,
  countInquiries,
  countMailings,
  countOpen,
  countPayments,
  countRefunds,
  type EntitledFigures,
  isExact,
  isExactOfProgram,
  type RefundFigures,
} from "./count.ts";
export { monthsOf, type Period, yearsBefore, yearsUpTo } from "./period.ts";
