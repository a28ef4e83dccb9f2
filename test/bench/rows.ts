import { writeFileSync } from "node:fs";

/** One line of the result. All of them say "at most": `ratio` is how many times the reference ours takes. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the peer or the limit takes, in the same unit, measured in the same run on the same server. */
  readonly reference: number;
  /** What the reference is. */
  readonly peer: string;
  readonly ratio: number;
  readonly reach: number;
  readonly met: boolean;
}

type Given = Omit<Row, "ratio" | "met"> & {
  /** Of what is done in a second more is better: then the reference is divided by ours. */
  more?: boolean;
};

const rows: Row[] = [];

/** Adds a line to the result and says it. */
export function add({ more = false, ...given }: Given): void {
  const ratio = more ? given.reference / given.value : given.value / given.reference;
  const row = { ...given, ratio, met: ratio <= given.reach };
  rows.push(row);
  console.log(`  ${row.name}: ${told(row)}`);
}

const told = ({ value, unit, reference, peer, ratio, reach, met }: Row) =>
  `${shown(value)} ${unit}, ${peer} ${shown(reference)}: ${shown(ratio)} × (${met ? "reached" : "NOT reached"}: ${shown(reach)} ×)`;

/** Three digits that count. */
const shown = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));

/**
 * The cost per person of the same work in the largest city against the smallest: constant within 20 %.
 *
 * @param costs of whole pieces of work, by population
 */
export function addGrowth(name: string, costs: ReadonlyMap<number, number>): void {
  const [first, last] = [[...costs].at(0), [...costs].at(-1)];
  if (!first || !last || costs.size < 2) return;
  const [smallest, largest] = [(first[1] / first[0]) * 1e6, (last[1] / last[0]) * 1e6];
  const peer = `at ${first[0].toLocaleString("en")}`;
  const title = `${name}, CPU per person or row at ${last[0].toLocaleString("en")}`;
  add({ name: title, value: largest, unit: "µs", reference: smallest, peer, reach: 1.2 });
}

/** Prints what was measured in one table, as Markdown, and writes it where `--json` says. */
export function finish(file: string | undefined): void {
  if (rows.length === 0) return;
  console.log("\n| what | ours | peer or limit | ratio | reach | |\n|---|---|---|---|---|---|");
  for (const { name, value, unit, reference, peer, ratio, reach, met } of rows)
    console.log(
      `| ${name} | ${shown(value)} ${unit} | ${peer}: ${shown(reference)} | ${shown(ratio)} | ${shown(reach)} | ${met ? "met" : "**not met**"} |`,
    );
  if (file) writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
}
