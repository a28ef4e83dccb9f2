/** Address of the statistics of a 事務. */
export const statisticsPath = (program: string) => `/${program}/statistics` as const;
