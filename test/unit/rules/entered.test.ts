import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { rules } from "#src/platform/rules.ts";
import { Values } from "#src/web/values.ts";
import {
  inputOf,
  placeOf,
  readEntered,
  sentOf,
  withoutEmptyRows,
  withRows,
} from "#workflows/rules/entered.ts";
import {
  choiceField,
  choicesField,
  type Fields,
  groupField,
  listField,
  listOfField,
  optional,
  textField,
  wholeField,
} from "#workflows/rules/rule.ts";

const any = z.unknown();
const fields: Fields = {
  name: textField("名前", "例"),
  seen: choicesField("書類", { a: "A", b: "B" }, ["a"]),
  items: groupField("内訳", { salary: optional(wholeField("給与", 1)) }, any, {}),
  caps: listOfField("額", wholeField("額", 1), any, []),
  bands: listField(
    "区分",
    {
      kind: choiceField("種類", { x: "X", y: "Y" }, "x"),
      copay: listField("負担", { amount: wholeField("額", 1) }, any, []),
    },
    any,
    [],
  ),
};
const read = (sent: readonly (readonly [string, string])[]) =>
  readEntered(fields, new Values(sent));

describe("一覧と組の入力", () => {
  test("行の中の行、組、複数選択を、送られた名前から読む", () => {
    const entered = read([
      ["name", " 市 "],
      ["seen", "a"],
      ["seen", "b"],
      ["items.salary", "1,000"],
      ["caps.rows", "2"],
      ["caps.0", "５"],
      ["bands.rows", "1"],
      ["bands.0.kind", "y"],
      ["bands.0.copay.rows", "1"],
      ["bands.0.copay.0.amount", "x"],
    ]);
    expect(inputOf(fields, withoutEmptyRows(entered) as typeof entered)).toEqual({
      name: "市",
      seen: ["a", "b"],
      items: { salary: 1_000 },
      caps: [5],
      bands: [{ kind: "y", copay: [{ amount: "x" }] }],
    });
  });

  test("行を足し、取り除いても、ほかの入力は残る", () => {
    const entered = read([["name", "市"]]);
    const one = withRows(fields, entered, "add bands") ?? {};
    const two = withRows(fields, one, "add bands.0.copay") ?? {};
    expect(two).toMatchObject({ name: "市", bands: [{ kind: "", copay: [{ amount: "" }] }] });
    expect(withRows(fields, two, "remove bands.0.copay.0")).toEqual(one);
    expect(withRows(fields, two, "remove bands.0")).toEqual(entered);
    for (const strange of [
      "add name",
      "add x",
      "remove bands.7",
      "remove bands",
      "add bands.0",
      "drop bands",
      "",
    ])
      expect(withRows(fields, two, strange), strange).toBeUndefined();
  });

  test("行の数は限られ、おかしな数は0行とする", () => {
    for (const [rows, count] of [
      ["1000000", 200],
      ["-1", 0],
      ["x", 0],
      ["1.5", 1],
    ] as const)
      expect(read([["caps.rows", rows]]).caps).toHaveLength(count);
  });

  test("誤りの場所は、画面にある項目になる", () => {
    expect(placeOf(fields, "bands.0.copay.2.amount")).toBe("bands.0.copay.2.amount");
    expect(placeOf(fields, "seen.1")).toBe("seen");
    expect(placeOf(fields, "bands.0.strange")).toBe("bands.0");
    expect(placeOf(fields, "parameter")).toBe("");
  });

  test("どの計算の例も、画面に出して送り直せば、同じ結果になる", () => {
    for (const rule of rules)
      for (const { title, input } of rule.examples) {
        const values = new Values(sentOf(rule.fields, input));
        const entered = readEntered(rule.fields, values);
        expect(rule.run(inputOf(rule.fields, entered)), `${rule.id} ${title}`).toEqual(
          rule.run(input),
        );
      }
  });

  test("何が送られても落ちない", () => {
    const names = fc.constantFrom(
      "name",
      "caps.rows",
      "caps.0",
      "bands.rows",
      "bands.0.kind",
      "bands.0.copay.rows",
      "__proto__",
      "items",
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string())), fc.string(), (sent, button) => {
        const entered = read(sent);
        withRows(fields, entered, button);
        inputOf(fields, entered);
        sentOf(fields, entered);
      }),
    );
  });
});
