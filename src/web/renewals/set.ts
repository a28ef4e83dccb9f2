import type { AnyRenewalKind } from "#src/platform/renewals/index.ts";

/** The yearly renewal of a 事務 as its screens know it. */
export interface Renewals {
  program: string;
  /** Of the 事務, before the titles of pages. */
  title: string;
  kind: AnyRenewalKind;
  paths: ReturnType<typeof renewalPaths>;
  /** What guards a page on which a season or an answer is looked at. */
  reading: { right: "case.read"; program: string; purpose: "case" };
}

/** Addresses of the screens of the renewal of a 事務. */
export const renewalPaths = (program: string) =>
  ({
    seasons: `/${program}/renewals`,
    season: (id: string) => `/${program}/renewals/seasons/${id}` as const,
    answers: (id: string, query: Record<string, string> = {}) => {
      const text = new URLSearchParams(query).toString();
      return `/${program}/renewals/seasons/${id}/answers${text ? `?${text}` : ""}` as const;
    },
    entry: `/${program}/renewals/entry`,
    answer: (id: string) => `/${program}/renewals/answers/${id}` as const,
  }) as const;

export const renewalsOf = (kind: AnyRenewalKind): Renewals => {
  const { program, title } = kind.application;
  return {
    program,
    title,
    kind,
    paths: renewalPaths(program),
    reading: { right: "case.read", program, purpose: "case" },
  };
};
