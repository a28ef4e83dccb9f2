import type { Values } from "../../values.ts";

/** How many lines a page of each list of the home page has. */
export const linesOfHome = 20;

/** Which part of the work is looked at: one sort of it, and the page of each list. Holds no personal data. */
export interface HomeQuery {
  /** Sort of work, such as 審査待ち; all where it is left out. */
  kind: string | undefined;
  waiting: number;
  returned: number;
  sent: number;
}

export function readHomeQuery(query: Values): HomeQuery {
  const pageOf = (name: string) => Math.max(1, query.integer(name) ?? 1);
  return {
    kind: query.text("work") || undefined,
    waiting: pageOf("page"),
    returned: pageOf("returned"),
    sent: pageOf("sent"),
  };
}

/** Address of the home page that shows this part; the first page of a list is not named. */
export function homePath({ kind, waiting, returned, sent }: HomeQuery): string {
  const pages = Object.entries({ page: waiting, returned, sent }).filter(([, page]) => page > 1);
  const query = new URLSearchParams([
    ...(kind ? [["work", kind]] : []),
    ...pages.map(([name, page]) => [name, String(page)]),
  ]);
  return query.size > 0 ? `/?${query}` : "/";
}

/** How many pages so many lines make. */
export const pagesOf = (count: number): number => Math.ceil(count / linesOfHome);
