import { formatWareki } from "#workflows/dates/wareki.ts";

export const program = "vaccination";

/** `令和6年5月`, of a month or of a day in it. */
export const monthInWords = (month: string): string =>
  formatWareki(`${month.slice(0, 7)}-01` as `${number}-${number}-${number}`).replace(/1日$/u, "");

/** `令和8年` of a calendar year, by its last day. */
export const yearInWords = (year: number): string =>
  formatWareki(`${year}-12-31` as `${number}-${number}-${number}`).replace(/12月31日$/u, "");

/** Addresses of the pensions; ids of rows, never of people. */
export const pensionPaths = {
  list: "/vaccination/pensions",
  one: (id: string) => `/vaccination/pensions/${id}` as const,
  runs: "/vaccination/pensions/runs",
  run: (id: string) => `/vaccination/pensions/runs/${id}` as const,
  reports: "/vaccination/pensions/reports",
} as const;
