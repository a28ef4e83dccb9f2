import {
  addDays,
  addMonths,
  addYears,
  daysInMonth,
  type IsoDate,
  type IsoMonth,
} from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { RefundDeadline } from "#workflows/medical/city-parameters.ts";
import { yen } from "#workflows/text/yen.ts";
import type { ClaimFault, ClaimFaultCode } from "./faults.ts";
import { type ClaimReceipt, roundingOf, shareOf } from "./receipt.ts";
import type { RefundMonth } from "./refund.ts";

/** The last day on which a receipt may be claimed; nothing where the day of payment counts and is not known. */
export function lastDayToClaim(
  { month, paidOn }: Pick<ClaimReceipt, "month" | "paidOn">,
  { start, count, unit }: RefundDeadline,
): IsoDate | undefined {
  const first =
    start === "payment" ? paidOn && addDays(paidOn, 1) : addMonths(`${month}-01` as IsoDate, 1);
  if (first === undefined) return undefined;
  return addDays(unit === "months" ? addMonths(first, count) : addYears(first, count), -1);
}

/** What is known beside a receipt. */
export interface JudgeContext {
  readonly receivedOn: IsoDate;
  /** Nothing where two people have not set it. */
  readonly deadlineOf: (month: IsoMonth) => RefundDeadline | undefined;
  /** Whether the city's plan reckons a pharmacy together with its prescriber in the month. */
  readonly joinsPharmacy: (month: IsoMonth) => boolean;
  /** What the database finds by register, ledger and other claims. */
  readonly found: readonly ClaimFault[];
}

/** What speaks against each receipt before its amount is reckoned. */
export function judgeReceipts(
  receipts: readonly ClaimReceipt[],
  context: JudgeContext,
): ClaimFault[] {
  return receipts.flatMap((receipt) => [
    ...context.found.filter(({ number }) => number === receipt.number),
    ...faultsOf(receipt, context),
  ]);
}

function faultsOf(
  receipt: ClaimReceipt,
  { receivedOn, deadlineOf, joinsPharmacy }: JudgeContext,
): ClaimFault[] {
  const { number, month, day, documents, care } = receipt;
  const faults: ClaimFault[] = [];
  const add = (code: ClaimFaultCode, detail?: string) => {
    faults.push({ number, code, detail });
  };
  const has = (document: ClaimReceipt["documents"][number]) => documents.includes(document);
  if (!has("receipt")) add(has("certificate") ? "receipt-lost" : "no-receipt");
  const share = shareOf(receipt);
  const off = roundingOf(receipt);
  const bore = receipt.paid - receipt.reimbursed;
  const byInsurer = receipt.reimbursed + receipt.highCost + receipt.additionalBenefit > 0;
  const paidWhole = bore > share + off && receipt.insuranceTenths > 0;
  if ((byInsurer || paidWhole || care === "appliance") && !has("insurer-decision"))
    add("no-insurer-decision");
  if (care === "appliance" && !has("doctor")) add("no-doctor");
  if (care === "pharmacy" && receipt.prescriber === undefined && joinsPharmacy(month))
    add("prescriber-missing");
  const [year = 0, of = 0] = month.split("-").map(Number);
  if (day !== undefined && day > daysInMonth(year, of)) add("day-impossible");
  const deadline = deadlineOf(month);
  const last = deadline && lastDayToClaim(receipt, deadline);
  if (!last) add("deadline-unknown", deadline ? "領収日が未入力" : "申請期限の定めが未登録");
  else if (receivedOn > last) add("late", `期限 ${formatWareki(last)}`);
  if (receipt.paid > receipt.cost + off) add("paid-above-cost");
  else if (Math.abs(bore - share) > off) add("amount-differs", `求めた額 ${yen(share)}`);
  if (
    receipt.reimbursed + receipt.highCost + receipt.additionalBenefit + receipt.otherPublic >
    receipt.paid
  )
    add("received-above-paid");
  return faults;
}

/** What the amounts of a month say against its receipts. */
export function judgeAmounts(receipts: readonly ClaimReceipt[], month: RefundMonth): ClaimFault[] {
  return month.receipts.flatMap((refunded): ClaimFault[] => {
    const { number, amount, highCost } = refunded;
    const receipt = receipts.find((one) => one.number === number);
    if (!receipt) return [];
    const faults: ClaimFault[] = [];
    if (month.categoryMissing && receipt.highCost === 0)
      faults.push({ number, code: "category-missing" });
    if (highCost > 0 && highCost !== receipt.highCost)
      faults.push({ number, code: "high-cost-differs", detail: `求めた額 ${yen(highCost)}` });
    if (amount === 0) faults.push({ number, code: "nothing-left" });
    return faults;
  });
}
