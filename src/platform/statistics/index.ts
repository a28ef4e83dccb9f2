/** Counts of the work by month, day and office: computed by the database, never rows. */
export {
  countBenefits,
  countCases,
  countCertificates,
  countEntitled,
  countInquiries,
  countMailings,
  countOpen,
  countPayments,
  isExact,
  isExactOfProgram,
} from "./count.ts";
export { monthsOf, type Period, yearsBefore, yearsUpTo } from "./period.ts";
