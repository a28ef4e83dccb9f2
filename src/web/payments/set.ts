import type { RepaymentLetters } from "#src/platform/payments/index.ts";

/** The payments of a 事務 as its screens know them. */
export interface PaymentSet extends RepaymentLetters {
  program: string;
  /** Of the 事務, before the titles of pages. */
  title: string;
}

/** Addresses of the screens of the payments of a 事務. */
export const paymentPaths = (program: string) =>
  ({
    runs: `/${program}/payments`,
    run: (id: string) => `/${program}/payments/runs/${id}` as const,
    settings: `/${program}/payments/settings`,
    setting: (id: number) => `/${program}/payments/settings/${id}` as const,
    accounts: `/${program}/payments/accounts`,
    account: (id: string) => `/${program}/payments/accounts/${id}` as const,
    /** `person` is the last part of the person's own address. */
    person: (person: string) => `/${program}/payments/people/${person}` as const,
    failed: `/${program}/payments/failed`,
    payable: (id: string) => `/${program}/payments/payables/${id}` as const,
    dunning: `/${program}/payments/repayments/dunning`,
    /** Papers of repayments by the day of their issue. */
    papers: `/${program}/payments/repayments/papers`,
    repayments: `/${program}/payments/repayments`,
    repayment: (id: string) => `/${program}/payments/repayments/${id}` as const,
  }) as const;

/** A set with what its screens share. */
export interface Payments extends PaymentSet {
  paths: ReturnType<typeof paymentPaths>;
  /** What guards a page on which payments are looked at. */
  reading: { right: "payment.read"; program: string; purpose: "payment" };
}

export const paymentsOf = (set: PaymentSet): Payments => ({
  ...set,
  paths: paymentPaths(set.program),
  reading: { right: "payment.read", program: set.program, purpose: "payment" },
});
