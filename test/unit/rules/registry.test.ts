import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findRule, rules } from "#src/platform/rules.ts";
import { documentRules } from "#workflows/rules/document.ts";
import { isOptional } from "#workflows/rules/rule.ts";

/** The expectation of an example as a matcher: `{ contains }` stands for a list with that item in it. */
function matcher(expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.map(matcher);
  if (typeof expected !== "object" || expected === null) return expected;
  if ("contains" in expected)
    return expect.arrayContaining([expect.objectContaining(expected.contains as object)]);
  return expect.objectContaining(
    Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, matcher(value)])),
  );
}

for (const rule of rules)
  describe(`${rule.id} ${rule.title}`, () => {
    test.each(rule.examples)("$title", ({ input, expected }) => {
      const output = rule.run(input);
      expect(output).toMatchObject({ ok: true });
      if (output.ok) {
        expect(output.result).toEqual(matcher(expected));
        expect(output.basis.length).toBeGreaterThan(0);
      }
    });

    test("項目の例で計算できる", () => {
      const input = Object.fromEntries(
        Object.entries(rule.fields).map(([name, field]) => [name, field.example]),
      );
      // The two ways to tell an age exclude each other.
      expect(rule.id === "age.reach" || rule.run(input).ok).toBe(true);
      for (const [name, field] of Object.entries(rule.fields))
        expect(field.schema.safeParse(field.example).success, name).toBe(true);
    });

    test("足りない項目、誤った項目を名で示す", () => {
      for (const [name, field] of Object.entries(rule.fields)) {
        const example = Object.fromEntries(
          Object.entries(rule.fields).map(([key, { example }]) => [key, example]),
        );
        const wrong = rule.run({ ...example, [name]: { no: "such" } });
        expect(wrong).toMatchObject({ ok: false });
        if (!wrong.ok) expect(wrong.error.field.split(".")[0]).toBe(name);
        if (isOptional(field)) continue;
        const { [name]: _left, ...rest } = example;
        expect(rule.run(rest)).toEqual({
          ok: false,
          error: { field: name, message: `${field.label}を入力してください。` },
        });
      }
    });

    test("オブジェクトでないものは断る", () => {
      for (const input of [undefined, null, 5, "x", []]) expect(rule.run(input).ok).toBe(false);
    });
  });

test("どの計算にも自分の記号があり、それで見つかる", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const rule of rules) expect(findRule(rule.id)).toBe(rule);
  expect(findRule("nothing")).toBeUndefined();
});

test("docs/rules.md は今の計算のとおり", () => {
  expect(readFileSync("docs/rules.md", "utf8")).toBe(documentRules(rules));
});

test("設定値の期間は重ならない", () => {
  for (const { parameters } of rules)
    for (const { name, rows } of parameters)
      rows.forEach((row, index) => {
        expect(row.from <= (row.to ?? "9999-12-31"), name).toBe(true);
        const next = rows[index + 1];
        if (next) expect((row.to ?? "9999-12-31") < next.from, name).toBe(true);
      });
});
