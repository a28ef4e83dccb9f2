/** How rows are held against what is known under the same key. */
export interface KeyComparison<Row, Known> {
  keyOf(row: Row): string;
  known: ReadonlyMap<string, Known>;
  /** Whether the row says what is known; left out, it does where nothing `differs`. */
  same?(row: Row, known: Known): boolean;
  /** What may differ, by the keys of the kind's `changeTitles`. */
  differs: Readonly<Record<string, (row: Row, known: Known) => boolean>>;
}

/** A row beside what is known. */
export type Compared<Known> =
  | { verdict: "new"; known?: undefined; changes?: undefined }
  | { verdict: "changed" | "unchanged"; known: Known; changes: string[] };

/** Compares rows with what is known, in the order given: new where nothing is known under the key. */
export function compareByKey<Row, Known>(
  rows: readonly Row[],
  { keyOf, known, same, differs }: KeyComparison<Row, Known>,
): Compared<Known>[] {
  return rows.map((row) => {
    const before = known.get(keyOf(row));
    if (before === undefined) return { verdict: "new" };
    if (same?.(row, before)) return { verdict: "unchanged", known: before, changes: [] };
    const changes = Object.keys(differs).filter((change) => differs[change]?.(row, before));
    const verdict = same || changes.length > 0 ? "changed" : "unchanged";
    return { verdict, known: before, changes };
  });
}
