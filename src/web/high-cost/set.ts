import type { ProgramLetters } from "#src/platform/letters/index.ts";

/** 高額療養費 of a 事務 as its screens know it. */
interface HighCostSet {
  program: string;
  letters: ProgramLetters;
  /** Of the 事務, before the titles of pages. */
  title: string;
}

/** Addresses of the screens of 高額療養費 of a 事務. */
export const highCostPaths = (program: string) =>
  ({
    entries: `/${program}/high-cost`,
    entry: (id: string) => `/${program}/high-cost/entries/${id}` as const,
    byHand: `/${program}/high-cost/by-hand`,
    byHandRow: (id: string) => `/${program}/high-cost/by-hand/${id}` as const,
    searches: `/${program}/high-cost/searches`,
    search: (id: string) => `/${program}/high-cost/searches/${id}` as const,
    claims: `/${program}/high-cost/claims`,
    claim: (id: string) => `/${program}/high-cost/claims/${id}` as const,
  }) as const;

/** A set with what its screens share. */
export interface HighCosts extends HighCostSet {
  paths: ReturnType<typeof highCostPaths>;
  /** What guards a page on which it is looked at. */
  reading: { right: "high-cost.read"; program: string; purpose: "payment" };
}

export const highCostsOf = (set: HighCostSet): HighCosts => ({
  ...set,
  paths: highCostPaths(set.program),
  reading: { right: "high-cost.read", program: set.program, purpose: "payment" },
});
