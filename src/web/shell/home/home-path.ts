import type { WorkListName } from "#src/platform/cases/index.ts";
import { workLists } from "#src/platform/cases/index.ts";
import type { Values } from "../../values.ts";

/** How many lines a page of each list of the home page has. */
export const linesOfHome = 20;

/** Which part of the work is looked at: one sort of it, and the page of each list. Holds no personal data. */
export interface HomeQuery {
  /** Sort of what waits, such as 審査待ち; all where it is left out. */
  kind: string | undefined;
  /** Sort of what one could stand in for. */
  supportKind: string | undefined;
  /** Of what waits, only what is in this person's hands (担当), or in nobody's. */
  assigned: "mine" | "nobody" | undefined;
  /** Page of each list, from 1. */
  pages: Readonly<Record<WorkListName, number>>;
}

/** Names of the pages in the address; the first list is the page itself. */
const pageNames: Readonly<Record<WorkListName, string>> = {
  waiting: "page",
  support: "support",
  returned: "returned",
  sent: "sent",
};

export function readHomeQuery(query: Values): HomeQuery {
  const pageOf = (list: WorkListName) => Math.max(1, query.integer(pageNames[list]) ?? 1);
  return {
    kind: query.text("work") || undefined,
    supportKind: query.text("support-work") || undefined,
    assigned: query.choice("assigned", ["mine", "nobody"]),
    pages: {
      waiting: pageOf("waiting"),
      support: pageOf("support"),
      returned: pageOf("returned"),
      sent: pageOf("sent"),
    },
  };
}

/** The same with other pages. */
export const withPage = (asked: HomeQuery, list: WorkListName, page: number): HomeQuery => ({
  ...asked,
  pages: { ...asked.pages, [list]: page },
});

/** Address of the home page that shows this part; the first page of a list is not named. */
export function homePath({ kind, supportKind, assigned, pages }: HomeQuery): string {
  const given = { work: kind, "support-work": supportKind, assigned };
  const query = new URLSearchParams([
    ...Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ...workLists
      .filter((list) => pages[list] > 1)
      .map((list) => [pageNames[list], String(pages[list])]),
  ]);
  return query.size > 0 ? `/?${query}` : "/";
}

/** How many pages so many lines make; one at least. */
export const pagesOf = (count: number): number => Math.max(1, Math.ceil(count / linesOfHome));
