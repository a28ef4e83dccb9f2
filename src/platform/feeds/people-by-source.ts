import { matchSources } from "../people/index.ts";
import type { Work } from "../work.ts";
import type { RowItems } from "./items.ts";
import type { PersonOfRow } from "./kind.ts";

/** How a kind finds the persons of its rows by the number of the resident register (住民番号) in an item. */
export const peopleBySource =
  (item: string) =>
  async (work: Work, rows: readonly RowItems[]): Promise<PersonOfRow[]> => {
    const sources = rows.map((row) => row[item] ?? "");
    const known = await matchSources(work, [...new Set(sources.filter(Boolean))]);
    return sources.map((source) =>
      source ? (known.get(source)?.personNumber ?? null) : undefined,
    );
  };
