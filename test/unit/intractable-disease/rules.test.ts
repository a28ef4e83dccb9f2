import { describe, expect, test } from "vitest";
import { findRule } from "#src/platform/rules.ts";

describe("足りないものを名で示す", () => {
  const run = (id: string, input: Record<string, unknown>) => findRule(id)?.run(input);
  const on = "2025-06-30";

  test("課税世帯は税額、ほかは収入、生活保護はどちらも要らない", () => {
    expect(run("intractable.cap", { on, welfare: false, taxed: true })).toEqual({
      ok: false,
      error: { field: "incomeLevy", message: "市町村民税所得割を入力してください。" },
    });
    expect(run("intractable.cap", { on, welfare: false, taxed: false })).toEqual({
      ok: false,
      error: { field: "ownIncome", message: "本人(保護者)の収入を入力してください。" },
    });
    for (const taxed of [true, false])
      expect(run("intractable.cap", { on, welfare: true, taxed })).toMatchObject({
        result: { cap: 0 },
      });
  });

  test("試しに入れた基準は、入力されたものと示す", () => {
    const tried = { on: "2026-11-20", welfare: false, taxed: false, ownIncome: 1 };
    expect(run("intractable.cap", { ...tried, lowIncomeThreshold: 800_000 })).toMatchObject({
      basis: expect.arrayContaining([expect.stringContaining("入力された額")]),
    });
  });

  test("始まる日には、もとになる日が要る", () => {
    expect(run("intractable.start", { appliedOn: "2026-11-20" })).toEqual({
      ok: false,
      error: {
        field: "severeOn",
        message: "診断された日か、軽症高額の要件を満たした日を入力してください。",
      },
    });
  });
});
