import type { Form } from "../language/form.ts";
import { moneyReceipt } from "./money-receipt.ts";
import { repaymentDunning, repaymentReminder } from "./overdue.ts";
import { paymentSlipLetter } from "./payment-slip.ts";
import { repaymentDecision } from "./repayment-decision.ts";
import { runStatement } from "./run-statement.ts";
import { transferBook } from "./transfer-book.ts";

/** What the letters about a 返還金 are printed with, in their newest versions: for the 帳票の設定 of a 事務. */
export const repaymentForms: readonly Form<unknown>[] = [
  repaymentDecision,
  repaymentDunning,
  repaymentReminder,
  paymentSlipLetter,
  moneyReceipt,
];

/** What the runs of a 事務 are printed with. */
export const runForms: readonly Form<unknown>[] = [runStatement, transferBook];

/** Forms of payments and repayments of every 事務, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [
  repaymentDecision,
  repaymentDunning,
  repaymentReminder,
  paymentSlipLetter,
  moneyReceipt,
  runStatement,
  transferBook,
];
