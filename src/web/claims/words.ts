/** Addresses of the screens of the claims of a 事務. */
export const claimPaths = (program: string) =>
  ({
    intake: `/${program}/claims`,
    files: `/${program}/claims/files`,
    file: (id: string) => `/${program}/claims/files/${id}` as const,
    row: (id: string, line: number) => `/${program}/claims/files/${id}/rows/${line}` as const,
    find: `/${program}/claims/find`,
    /** `person` is the last part of the person's own address. */
    person: (person: string) => `/${program}/claims/people/${person}` as const,
    list: `/${program}/cases?kind=${encodeURIComponent(`${program}/claim`)}`,
    claim: (id: string) => `/${program}/cases/${id}` as const,
    receipts: (id: string) => `/${program}/cases/${id}/receipts` as const,
    findings: (id: string) => `/${program}/cases/${id}/findings` as const,
  }) as const;
