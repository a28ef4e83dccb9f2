/** The register of copies of the lists of a 事務. */
export const copiesPath = (program: string) => `/${program}/copies` as const;
