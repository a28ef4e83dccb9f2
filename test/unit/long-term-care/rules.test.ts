import { describe, expect, test } from "vitest";
import { findRule } from "#src/platform/rules.ts";

describe("介護保険の計算の答え方", () => {
  const run = (id: string, input: Record<string, unknown>) => findRule(id)?.run(input);
  const wrong = (field: string, message: string) => ({ ok: false, error: { field, message } });

  test("足りないものは、要るときだけ名で示す", () => {
    const cap = { month: "2026-08", welfare: false, householdTaxed: false };
    expect(run("ltc.high-cost-cap", cap)).toEqual(
      wrong("pensionPlusOther", "年金収入+その他の合計所得を入力してください。"),
    );
    expect(run("ltc.high-cost-cap", { ...cap, householdTaxed: true })).toEqual(
      wrong("taxableIncome", "課税所得を入力してください。"),
    );
    for (const householdTaxed of [true, false])
      expect(run("ltc.high-cost-cap", { ...cap, householdTaxed, welfare: true })).toMatchObject({
        result: { cap: 15_000 },
      });
    expect(run("ltc.instalments", { annual: 79_440, method: "pension" })).toEqual(
      wrong("lastFebruary", "前年度2月の額を入力してください。"),
    );
    expect(run("ltc.instalments", { annual: 79_440, method: "ordinary", count: 1 })).toMatchObject({
      result: { amounts: [79_440] },
    });
  });

  test("更新は前の認定の翌日から、区分変更は申請の日から", () => {
    const certify = (input: Record<string, unknown>) =>
      run("ltc.certification-period", { appliedOn: "2026-11-20", ...input });
    expect(certify({ kind: "renewal", months: 12 })).toEqual(
      wrong("previousTo", "前回の有効期間の満了日を入力してください。"),
    );
    expect(certify({ kind: "change", months: 6, previousTo: "2026-12-31" })).toMatchObject({
      result: { from: "2026-11-20", to: "2027-05-31" },
    });
    expect(certify({ kind: "renewal", months: 48, previousTo: "2026-12-31" })?.ok).toBe(false);
    expect(
      certify({ kind: "renewal", months: 48, previousTo: "2026-12-31", sameLevel: true })?.ok,
    ).toBe(true);
  });

  test("負担割合が上がるのは給付制限だけ、それもそう入力されたときだけ", () => {
    const restrict = (more: Record<string, unknown>) =>
      run("ltc.restriction", { on: "2026-11-20", lapsedMonths: 0, paidMonths: 36, ...more });
    const ratioOf = (more: Record<string, unknown>) => {
      const output = restrict(more);
      return output?.ok && Object.hasOwn(Object(output.result), "ratio");
    };
    expect(ratioOf({ ratio: 0.1 })).toBe(false);
    expect(ratioOf({ lapsedMonths: 12 })).toBe(false);
    expect(ratioOf({ lapsedMonths: 12, ratio: 0.1 })).toBe(true);
  });

  test("who was gone before 65 was never insured; 住所地特例 is cited", () => {
    expect(run("ltc.qualification", { birth: "1961-04-01", residentTo: "2026-03-30" })).toEqual(
      wrong("residentTo", "65歳に達する前、または住民となる前に住民でなくなっています。"),
    );
    expect(run("ltc.qualification", { birth: "1961-04-01", residentTo: "2026-03-31" })?.ok).toBe(
      true,
    );
    const special = { birth: "1950-01-01", domicileException: true };
    expect(run("ltc.qualification", special)).toMatchObject({
      basis: expect.arrayContaining(["介護保険法第13条(住所地特例)"]),
    });
  });

  test("自分で入れた率は、入力されたものと示す", () => {
    const rates = [{ year: 2027, first: 28, later: 91 }];
    const late = { principal: 100_000, due: "2027-01-31", paid: "2027-03-31" };
    expect(run("ltc.arrears", { ...late, rates })).toMatchObject({
      basis: expect.arrayContaining([expect.stringContaining("入力された割合")]),
    });
    expect(run("ltc.arrears", late)).toMatchObject({ error: { field: "parameter" } });
  });

  test("moving into a facility under 住所地特例 does not end the insurance", () => {
    const rule = findRule("ltc.qualification");
    const input = { birth: "1950-01-01", residentTo: "2026-11-20" };
    expect(rule?.run(input)).toMatchObject({ result: { lostOn: "2026-11-21" } });
    expect(rule?.run({ ...input, domicileException: true })).toMatchObject({
      result: { to: null, lastMonth: null },
    });
    expect(rule?.run({ birth: "1970-01-01", residentTo: "2026-11-20" })).toMatchObject({
      error: { field: "residentTo" },
    });
  });
});
