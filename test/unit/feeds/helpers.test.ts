import { expect, test } from "vitest";
import { compareByKey } from "#src/platform/feeds/compare-by-key.ts";
import { fieldFaults } from "#src/platform/feeds/field-faults.ts";

test("項目の誤りは、項目ごとに最初の一つだけが残る", () => {
  const { errors, refuse } = fieldFaults(
    { id: "", name: "長".repeat(9), number: "12 34" },
    { required: ["id", "name"], longest: 8, foreignNumbers: ["id", "number"] },
  );
  refuse(true, "name", "not-kana");
  refuse(false, "id", "mismatch");
  expect(errors).toEqual([
    { field: "id", code: "missing" },
    { field: "name", code: "too-long" },
    { field: "number", code: "not-a-number" },
  ]);
});

test("同じ鍵のものと比べ、知らないものは新規、違う項目があれば変更、なければ変更なしになる", () => {
  const known = new Map([
    ["a", { size: 1, colour: "赤" }],
    ["b", { size: 2, colour: "青" }],
  ]);
  const rows = [
    { key: "a", size: 1, colour: "赤" },
    { key: "b", size: 3, colour: "白" },
    { key: "c", size: 1, colour: "赤" },
  ];
  const differs = {
    size: (row: (typeof rows)[number], before: { size: number }) => row.size !== before.size,
    colour: (row: (typeof rows)[number], before: { colour: string }) =>
      row.colour !== before.colour,
  };
  const compared = compareByKey(rows, { keyOf: ({ key }) => key, known, differs });
  expect(compared.map(({ verdict, changes }) => [verdict, changes])).toEqual([
    ["unchanged", []],
    ["changed", ["size", "colour"]],
    ["new", undefined],
  ]);
});

test("全体として同じと言えるものは項目を比べず、違うと言えるものは、項目に違いがなくても変更になる", () => {
  const compare = (same: boolean) =>
    compareByKey([{}], {
      keyOf: () => "x",
      known: new Map([["x", {}]]),
      same: () => same,
      differs: { never: () => false },
    });
  expect(compare(true)).toMatchObject([{ verdict: "unchanged" }]);
  expect(compare(false)).toMatchObject([{ verdict: "changed", changes: [] }]);
});
