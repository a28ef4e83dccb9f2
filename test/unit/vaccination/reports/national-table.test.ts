import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arrange,
  type CountToMap,
  nationalTable,
  type TableColumn,
  type TableRow,
} from "#workflows/vaccination/reports/national-table.ts";

const row = (given: Partial<TableRow> = {}): TableRow => ({
  title: "B型肝炎 1回",
  vaccine: "hepb",
  doseFrom: 1,
  doseTo: 1,
  outcome: "given",
  ...given,
});
const column = (given: Partial<TableColumn> = {}): TableColumn => ({
  title: "1歳未満",
  ageTo: 11,
  ...given,
});
const count = (given: Partial<CountToMap> = {}): CountToMap => ({
  vaccine: "hepb",
  dose: 1,
  age: 3,
  sex: "female",
  route: "individual",
  outcome: "given",
  n: 1,
  ...given,
});
const parse = (rows: unknown[], columns: unknown[]) =>
  nationalTable.schema.safeParse({ title: "表", rows, columns });

describe("国・県の表", () => {
  test("11か月は1歳未満の列、12か月は次の列", () => {
    const table = {
      title: "表",
      rows: [row()],
      columns: [column(), column({ title: "1歳以上", ageFrom: 12, ageTo: undefined })],
    };
    const { rows, unmapped } = arrange(table, [count({ age: 11, n: 5 }), count({ age: 12, n: 7 })]);
    expect(rows).toEqual([{ title: "B型肝炎 1回", values: [5, 7] }]);
    expect(unmapped).toEqual([]);
  });

  test("同じ題の行は一つの行に足す", () => {
    const table = {
      title: "表",
      rows: [row({ title: "計" }), row({ title: "計", vaccine: "bcg" })],
      columns: [column()],
    };
    expect(arrange(table, [count(), count({ vaccine: "bcg", n: 2 })]).rows).toEqual([
      { title: "計", values: [3] },
    ]);
  });

  test("年齢の分からない接種は、年齢を問う列に入らず、表に入らないものになる", () => {
    const { unmapped } = arrange({ title: "表", rows: [row()], columns: [column()] }, [
      count({ age: -1 }),
      count({ dose: 2 }),
    ]);
    expect(unmapped.map(({ missing }) => missing)).toEqual(["column", "row"]);
  });

  test("一つの接種が二か所に入る表は登録できない", () => {
    expect(
      parse([row(), row({ doseFrom: undefined, doseTo: undefined })], [column()]).success,
    ).toBe(false);
    expect(parse([row()], [column(), column({ ageFrom: 11, ageTo: 20 })]).success).toBe(false);
    expect(
      parse([row()], [column({ route: "individual" }), column({ route: "group" })]).success,
    ).toBe(true);
    expect(parse([row()], [column({ route: "individual" }), column({ sex: "male" })]).success).toBe(
      false,
    );
    expect(parse([row({ doseFrom: 3, doseTo: 2 })], [column()]).success).toBe(false);
    expect(parse([], [column()]).success).toBe(false);
  });

  const bound = (most: number) => fc.option(fc.integer({ min: 1, max: most }), { nil: undefined });
  const rows = fc.array(
    fc.record({
      title: fc.constantFrom("甲", "乙", "丙"),
      vaccine: fc.constantFrom("hepb", "bcg"),
      doseFrom: bound(4),
      doseTo: bound(4),
      outcome: fc.constantFrom("given", "unfit"),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const columns = fc.array(
    fc.record({
      title: fc.constantFrom("甲", "乙"),
      ageFrom: bound(30),
      ageTo: bound(30),
      route: fc.constantFrom("individual", "group", undefined),
      sex: fc.constantFrom("female", "male", undefined),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const counts = fc.array(
    fc.record({
      vaccine: fc.constantFrom("hepb", "bcg", "old"),
      dose: fc.integer({ min: 0, max: 5 }),
      age: fc.integer({ min: -1, max: 40 }),
      sex: fc.constantFrom("female", "male", "unknown"),
      route: fc.constantFrom("individual", "group", "unknown"),
      outcome: fc.constantFrom("given", "unfit", "interview-only"),
      n: fc.integer({ min: 1, max: 9 }),
    }),
  );
  test("どの接種も、登録できる表の一か所で一度だけ数えるか、入らないものとして出す", () => {
    fc.assert(
      fc.property(rows, columns, counts, (rows, columns, counts) => {
        const read = parse(rows, columns);
        if (!read.success) return;
        const { rows: arranged, unmapped } = arrange(read.data, counts);
        const inTable = arranged.flatMap(({ values }) => values).reduce((sum, n) => sum + n, 0);
        const outside = unmapped.reduce((sum, { n }) => sum + n, 0);
        expect(inTable + outside).toBe(counts.reduce((sum, { n }) => sum + n, 0));
        // Nor does the order of the lines matter, where none overlaps another.
        const turned = arrange({ ...read.data, rows: read.data.rows.toReversed() }, counts);
        expect(new Set(turned.rows.map((one) => JSON.stringify(one)))).toEqual(
          new Set(arranged.map((one) => JSON.stringify(one))),
        );
      }),
    );
  });
});
