import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withhold, withSums } from "#workflows/vaccination/reports/suppress.ts";

const shown = (cells: number[][], threshold: number): (number | "x")[][] => {
  const withheld = withhold({ cells }, threshold);
  return withSums(cells).map((row, at) =>
    row.map((n, column) => (withheld[at]?.[column] ? "x" : n)),
  );
};

/** All tables that agree with what is published, each cell being at most one away from what it is. */
function readings(cells: number[][], threshold: number): number[][][] {
  const withheld = withhold({ cells }, threshold);
  const inner = cells.flatMap((row, at) =>
    row.flatMap((_, column) => (withheld[at]?.[column] ? [[at, column] as const] : [])),
  );
  const agrees = (tried: number[][]) =>
    withSums(tried).every((row, at) =>
      row.every((n, column) =>
        withheld[at]?.[column] ? n >= 1 : n === withSums(cells)[at]?.[column],
      ),
    );
  const found: number[][][] = [];
  const table = cells.map((row) => [...row]);
  const go = (place: number) => {
    const next = inner[place];
    if (!next) {
      if (agrees(table)) found.push(withSums(table));
      return;
    }
    const [row, column] = next;
    const line = table[row] ?? [];
    const was = line[column] ?? 0;
    for (const by of [-1, 0, 1]) {
      line[column] = was + by;
      go(place + 1);
    }
    line[column] = was;
  };
  go(0);
  return found;
}

describe("庁外へ出す表の秘匿", () => {
  test("小さい数も、それを引き算で出せる数も伏せる", () => {
    expect(
      shown(
        [
          [3, 40],
          [50, 60],
        ],
        10,
      ),
    ).toEqual([
      ["x", "x", 43],
      ["x", "x", 110],
      [53, 100, 153],
    ]);
  });

  test("基準の数は出し、一つ下は伏せる。0は誰のことも語らないので出す", () => {
    expect(
      shown(
        [
          [10, 20],
          [30, 40],
        ],
        10,
      ).flat(),
    ).not.toContain("x");
    expect(
      shown(
        [
          [9, 20],
          [30, 40],
        ],
        10,
      )[0]?.[0],
    ).toBe("x");
    expect(
      shown(
        [
          [0, 20],
          [30, 40],
        ],
        10,
      ).flat(),
    ).not.toContain("x");
  });

  test("一人だけの表は、計まで伏せる", () => {
    expect(shown([[1]], 10)).toEqual([
      ["x", "x"],
      ["x", "x"],
    ]);
    expect(shown([[0, 1]], 10)).toEqual([
      [0, "x", "x"],
      [0, "x", "x"],
    ]);
  });

  test("計が小さければ、計も伏せる", () => {
    const [, second] = shown(
      [
        [50, 60],
        [2, 3],
        [70, 80],
      ],
      10,
    );
    expect(second).toEqual(["x", "x", "x"]);
  });

  test("伏せた1と1の列だけでは、どちらも1と分かるので、さらに伏せる", () => {
    // Both rows have a 1 and a 50: lowering is impossible for a 1, and raising one of them lowers the other.
    const table = shown(
      [
        [1, 50],
        [50, 1],
        [40, 40],
      ],
      10,
    );
    expect(table.flat().filter((one) => one === "x").length).toBeGreaterThan(2);
    expect(
      readings(
        [
          [1, 50],
          [50, 1],
          [40, 40],
        ],
        10,
      ).length,
    ).toBeGreaterThan(1);
  });

  test("何もなければ何も伏せない", () => {
    expect(withhold({ cells: [] }, 10)).toEqual([[false]]);
    expect(shown([[0, 0]], 10).flat()).toEqual([0, 0, 0, 0, 0, 0]);
  });

  const table = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    .chain(([height, width]) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    );

  test("公表した数からは、伏せたどの数も一つに決まらない", () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 2, max: 6 }), (cells, threshold) => {
        const withheld = withhold({ cells }, threshold);
        const sums = withSums(cells);
        const all = readings(cells, threshold);
        for (const [row, line] of withheld.entries())
          for (const [column, hidden] of line.entries()) {
            const n = sums[row]?.[column] ?? 0;
            if (0 < n && n < threshold) expect(hidden).toBe(true);
            if (hidden)
              expect(new Set(all.map((one) => one[row]?.[column])).size).toBeGreaterThan(1);
            if (n === 0) expect(hidden).toBe(false);
          }
      }),
      { numRuns: 300 },
    );
  });
});
