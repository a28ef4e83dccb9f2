/** A table as it is published: cells with the sums of their rows, of their columns and of all. */
export interface PublishedTable {
  /** Counts, a row each. */
  readonly cells: readonly (readonly number[])[];
}

/** Which cells and sums are withheld; the last row and the last column are the sums. */
export type Withheld = readonly (readonly boolean[])[];

/** A cell of the table with its sums. */
type Place = readonly [row: number, column: number];

/** A way to change a cell: from a row to a column, or back. */
interface Arc {
  readonly to: number;
  readonly place: Place;
  readonly cost: number;
}

/**
 * Withholds what must not be known from a table that leaves the office (秘匿): every count above zero and below the threshold, sums
 * included (一次秘匿), and as many others as it takes so that none of these can be computed from what remains (二次秘匿). Zeros are
 * published: they tell of nobody.
 *
 * Sums are cells too: with them every row and every column adds up to nothing, and a withheld cell can be computed exactly if no
 * other table of whole numbers, with the same published cells and with 1 at least wherever something is withheld, has another number
 * there. Another one exists if the cell lies on a cycle of withheld cells along which 1 is added and taken in turn. So each withheld
 * cell is given such a cycle, the one that costs the fewest counts. Raising a cell with its three sums is always such a cycle.
 *
 * @param threshold counts from it on are shown
 */
export function withhold({ cells }: PublishedTable, threshold: number): Withheld {
  const table = withSums(cells);
  const withheld = table.map((row) => row.map((n) => 0 < n && n < threshold));
  for (;;) {
    const open = placesOf(table).find(
      ([row, column]) => withheld[row]?.[column] && !isProtected(table, withheld, [row, column]),
    );
    if (!open) return withheld;
    for (const [row, column] of cheapestCycle(table, withheld, open)) {
      const line = withheld[row];
      if (line) line[column] = true;
    }
  }
}

/** The table with the sums of its rows in a last column, and those of its columns in a last row. */
export function withSums(cells: readonly (readonly number[])[]): number[][] {
  const rows = cells.map((row) => [...row, row.reduce((sum, n) => sum + n, 0)]);
  const width = (cells[0]?.length ?? 0) + 1;
  const foot = Array.from({ length: width }, (_, column) =>
    rows.reduce((sum, row) => sum + (row[column] ?? 0), 0),
  );
  return [...rows, foot];
}

const placesOf = (table: readonly (readonly number[])[]): Place[] =>
  table.flatMap((row, at) => row.map((_, column): Place => [at, column]));

/** Whether a withheld cell could have another number, all that is published being the same. */
const isProtected = (
  table: readonly (readonly number[])[],
  withheld: Withheld,
  place: Place,
): boolean =>
  cycleThrough(table, place, ([row, column]) => (withheld[row]?.[column] ? 0 : undefined)) !==
  undefined;

/** The places of the cycle through a cell that withholds the fewest counts more. */
function cheapestCycle(
  table: readonly (readonly number[])[],
  withheld: Withheld,
  place: Place,
): readonly Place[] {
  const cycle = cycleThrough(table, place, ([row, column]) => {
    const n = table[row]?.[column] ?? 0;
    // The number of cells counts a little, so that of two ways of equal cost the shorter one is taken.
    return withheld[row]?.[column] ? 0.001 : n > 0 ? n + 0.001 : undefined;
  });
  if (!cycle) throw new Error("a cell with its sums is always a cycle");
  return cycle;
}

/**
 * The cheapest cycle through a cell: the cell is raised, or lowered if it has 2 at least, and so are others in turn.
 *
 * @param costOf what it costs to use a cell; nothing where it cannot be used
 */
function cycleThrough(
  table: readonly (readonly number[])[],
  place: Place,
  costOf: (place: Place) => number | undefined,
): readonly Place[] | undefined {
  const height = table.length;
  const arcs = new Map<number, Arc[]>();
  const add = (from: number, arc: Arc) => arcs.set(from, [...(arcs.get(from) ?? []), arc]);
  for (const other of placesOf(table)) {
    if (other[0] === place[0] && other[1] === place[1]) continue;
    const cost = costOf(other);
    if (cost === undefined) continue;
    for (const [from, to] of waysOf(table, other)) add(from, { to, place: other, cost });
  }
  const found = waysOf(table, place).flatMap(([from, to]) => {
    const way = cheapestWay(arcs, to, from, height + (table[0]?.length ?? 0));
    return way ? [way] : [];
  });
  const best = found.toSorted((a, b) => a.cost - b.cost)[0];
  return best && [place, ...best.places];
}

/** Row to column raises a cell and lowers a sum: both count against their row and column with the other sign. */
function waysOf(
  table: readonly (readonly number[])[],
  [row, column]: Place,
): (readonly [from: number, to: number])[] {
  const n = table[row]?.[column] ?? 0;
  if (n < 1) return [];
  const isSum = (row === table.length - 1) !== (column === (table[0]?.length ?? 0) - 1);
  const end = table.length + column;
  const [raised, lowered] = isSum
    ? ([
        [end, row],
        [row, end],
      ] as const)
    : ([
        [row, end],
        [end, row],
      ] as const);
  return n >= 2 ? [raised, lowered] : [raised];
}

/** Dijkstra: from one node to another, with the places on the way. */
function cheapestWay(
  arcs: ReadonlyMap<number, readonly Arc[]>,
  from: number,
  to: number,
  nodes: number,
): { cost: number; places: Place[] } | undefined {
  const cost = new Array<number>(nodes).fill(Number.POSITIVE_INFINITY);
  const came = new Array<{ from: number; place: Place } | undefined>(nodes).fill(undefined);
  const done = new Set<number>();
  cost[from] = 0;
  for (;;) {
    let at = -1;
    for (let node = 0; node < nodes; node += 1)
      if (
        !done.has(node) &&
        (cost[node] ?? 0) < (at < 0 ? Number.POSITIVE_INFINITY : (cost[at] ?? 0))
      )
        at = node;
    if (at < 0) return undefined;
    if (at === to) break;
    done.add(at);
    for (const arc of arcs.get(at) ?? []) {
      const sum = (cost[at] ?? 0) + arc.cost;
      if (sum < (cost[arc.to] ?? 0)) {
        cost[arc.to] = sum;
        came[arc.to] = { from: at, place: arc.place };
      }
    }
  }
  const places: Place[] = [];
  for (let node = to; node !== from; ) {
    const step = came[node];
    if (!step) return undefined;
    places.push(step.place);
    node = step.from;
  }
  return { cost: cost[to] ?? 0, places };
}
