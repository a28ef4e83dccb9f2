import type { SpecialKind } from "#workflows/vaccination/special/kinds.ts";

/** Addresses of 特例・注意. People are named by the token of their page. */
export const specialPaths = {
  list: "/vaccination/special",
  entry: (id: string) => `/vaccination/special/${id}` as const,
  newOf: (person: string, kind: SpecialKind) =>
    `/vaccination/special-new/${person}/${kind}` as const,
} as const;
