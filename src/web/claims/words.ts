/** An amount as it stands in tables. */
export const yen = (amount: number): string => `${amount.toLocaleString("ja-JP")}円`;

/** Addresses of the screens of the claims of a 事務. */
export const claimPaths = (program: string) =>
  ({
    intake: `/${program}/claims`,
    find: `/${program}/claims/find`,
    /** `person` is the last part of the person's own address. */
    person: (person: string) => `/${program}/claims/people/${person}` as const,
    list: `/${program}/cases?kind=${encodeURIComponent(`${program}/claim`)}`,
    claim: (id: string) => `/${program}/cases/${id}` as const,
    receipts: (id: string) => `/${program}/cases/${id}/receipts` as const,
    findings: (id: string) => `/${program}/cases/${id}/findings` as const,
  }) as const;
