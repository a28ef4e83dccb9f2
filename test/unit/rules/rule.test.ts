import { describe, expect, test } from "vitest";
import { findRule } from "#src/platform/rules.ts";
import { Values } from "#src/web/values.ts";
import {
  citeRow,
  type DatedParameter,
  MissingParameterError,
  rowOn,
  valueOn,
} from "#workflows/parameters/dated.ts";
import { runRuleForm as run } from "#workflows/rules/form.ts";
import {
  dateField,
  defineRule,
  InputError,
  optional,
  type Rule,
  wholeField,
} from "#workflows/rules/rule.ts";

const get = (id: string): Rule => {
  const rule = findRule(id);
  if (!rule) throw new Error(id);
  return rule;
};

describe("日付つきの設定値", () => {
  const parameter: DatedParameter<number> = {
    name: "試験の額",
    rows: [
      { from: "2024-04-01", to: "2025-03-31", value: 1, source: "旧", certainty: "established" },
      { from: "2026-04-01", value: 2, source: "新", certainty: "assumed" },
    ],
  };

  test("両端を含み、すき間の日は名で示す", () => {
    expect(valueOn(parameter, "2024-04-01")).toBe(1);
    expect(valueOn(parameter, "2025-03-31")).toBe(1);
    expect(valueOn(parameter, "2026-04-01")).toBe(2);
    expect(valueOn(parameter, "2099-01-01")).toBe(2);
    expect(() => valueOn(parameter, "2024-03-31")).toThrow(MissingParameterError);
    expect(() => valueOn(parameter, "2025-04-01")).toThrow(
      "試験の額は、2025-04-01の値が登録されていません。",
    );
  });

  test("使った行は、期間と出典とともに示す", () => {
    expect(citeRow(parameter, rowOn(parameter, "2024-04-01"))).toBe(
      "試験の額(2024-04-01〜2025-03-31; 旧)",
    );
    expect(citeRow(parameter, rowOn(parameter, "2026-04-01"))).toBe("試験の額(2026-04-01〜; 新)");
  });
});

describe("計算", () => {
  const rule = (decide: () => never) =>
    defineRule({
      id: "x",
      title: "x",
      summary: "x",
      fields: { on: optional(dateField("日", "2026-11-20")), n: wholeField("数", 1, 1, 3) },
      decide,
      examples: [],
    });

  test("両立しないものは項目で示し、自分の誤りは隠さない", () => {
    const told = rule(() => {
      throw new InputError("on", "だめです。");
    });
    expect(told.run({ n: 1 })).toEqual({
      ok: false,
      error: { field: "on", message: "だめです。" },
    });
    const faulty = rule(() => {
      throw new TypeError("fault");
    });
    expect(() => faulty.run({ n: 1 })).toThrow("fault");
  });

  test("数を範囲に収める", () => {
    const fine = defineRule({
      id: "x",
      title: "x",
      summary: "x",
      fields: { n: wholeField("数", 1, 1, 3) },
      decide: ({ n }) => ({ result: n, basis: ["a", "a"] }),
      examples: [],
    });
    expect([0, 1, 3, 4, 1.5, "1"].map((n) => fine.run({ n }).ok)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(fine.run({ n: 2 })).toEqual({ ok: true, result: 2, basis: ["a"] });
    expect(fine.run({ n: 9 })).toMatchObject({
      error: { field: "n", message: "1以上3以下の整数を入力してください。" },
    });
  });

  test("数や行のどんな誤りも、同じ言葉で示す", () => {
    const fine = defineRule({
      id: "x",
      title: "x",
      summary: "x",
      fields: {
        n: wholeField("数", 1, 1, 3),
        some: wholeField("数", 0),
        day: dateField("日", "2026-11-20"),
      },
      decide: ({ n }) => ({ result: n, basis: ["a"] }),
      examples: [],
    });
    const told = (input: unknown) => {
      const output = fine.run(input);
      return output.ok ? undefined : output.error.message;
    };
    const rest = { some: 0, day: "2026-11-20" };
    for (const n of ["1", 1.5, 0, 4])
      expect(told({ ...rest, n })).toBe("1以上3以下の整数を入力してください。");
    expect(told({ ...rest, n: 1, some: -1 })).toBe("0以上の整数を入力してください。");
    expect(told({ ...rest, n: 1, day: 20261120 })).toBe(
      "実在する日付をYYYY-MM-DDの形で入力してください。",
    );
    for (const line of [null, undefined, [], "x", 5])
      expect(told(line)).toBe("1行に1つのJSONオブジェクトを入力してください。");
    expect([fine.parameters, fine.notEstablished]).toEqual([[], []]);
    expect(Object.values(fine.fields).map(({ kind }) => kind)).toEqual([
      "number",
      "number",
      "date",
    ]);
    expect(new InputError("n", "だめです。").name).toBe("InputError");
  });

  test("一覧の中の誤りの場所を示す", () => {
    const input = {
      birth: "2026-05-10",
      sex: "female",
      on: "2026-11-20",
      history: [{ vaccine: "mr1", date: "2026-02-30" }],
    };
    expect(get("vaccination.due").run(input)).toEqual({
      ok: false,
      error: {
        field: "history.0.date",
        message: "実在する日付をYYYY-MM-DDの形で入力してください。",
      },
    });
    expect(
      get("vaccination.due").run({ ...input, history: [{ date: "2026-02-01" }] }),
    ).toMatchObject({ error: { field: "history.0.vaccine" } });
    expect(
      get("vaccination.due").run({ ...input, history: [], conditions: ["tall"] }),
    ).toMatchObject({ error: { field: "conditions.0.kind" } });
    expect(
      get("vaccination.due").run({ ...input, history: [], conditions: [{ kind: "pregnant" }] }),
    ).toMatchObject({ error: { field: "conditions.0.expectedDelivery" } });
    expect(
      get("vaccination.due").run({ ...input, history: undefined, conditions: ["hiv-60-64"] }),
    ).toMatchObject({ ok: true });
  });

  test("age.reach は年か月のどちらか一つを求める", () => {
    expect(get("age.reach").run({ birth: "2008-04-01" })).toMatchObject({
      error: { field: "years", message: "年齢(歳)または生後の月数を入力してください。" },
    });
    expect(get("age.reach").run({ birth: "2008-04-01", years: 1, months: 1 })).toMatchObject({
      error: {
        field: "months",
        message: "年齢(歳)と生後の月数は、どちらか一方を入力してください。",
      },
    });
    expect(get("age.on").run({ birth: "2008-04-01", on: "2008-03-31" })).toMatchObject({
      error: { field: "on", message: "基準日が生年月日より前です。" },
    });
    expect(get("age.on").run({ birth: "2008-04-01", on: "2008-04-01" })).toMatchObject({
      result: { years: 0, months: 0 },
    });
    expect(get("age.reach").run({ birth: "2008-04-01", months: 1560 }).ok).toBe(true);
    expect(get("date.wareki").run({ date: "1872-12-31" })).toMatchObject({
      error: {
        field: "date",
        message: "明治6年より前は太陰太陽暦のため、和暦に直せません。",
      },
    });
    expect(get("date.wareki").run({ date: "1873-01-01" }).ok).toBe(true);
    for (const postalCode of ["86", "X8600801", "86008011"])
      expect(get("mail.barcode").run({ postalCode, addressNumberPart: "1" })).toMatchObject({
        error: { field: "postalCode", message: "郵便番号を7桁の数字で入力してください。" },
      });
    expect(
      get("ltc.certification-period").run({ kind: "new", appliedOn: "2026-11-20", months: 13 }),
    ).toMatchObject({
      error: { field: "months", message: "新規の有効期間は3月から12月までです。" },
    });
    expect(
      get("ltc.certification-period").run({ kind: "renewal", appliedOn: "2026-11-20", months: 12 }),
    ).toMatchObject({ error: { field: "previousTo" } });
    expect(
      get("intractable.cap").run({
        on: "2026-11-20",
        welfare: false,
        taxed: false,
        ownIncome: 800_000,
      }),
    ).toMatchObject({
      error: { field: "parameter", parameter: "特定医療費の低所得Ⅰの収入の基準" },
    });
    expect(
      get("intractable.cap").run({
        on: "2026-11-20",
        welfare: false,
        taxed: false,
        ownIncome: 800_000,
        lowIncomeThreshold: 809_000,
      }),
    ).toMatchObject({ result: { tier: "低所得Ⅰ" } });
  });
});

const runRuleForm = (rule: Rule, sent: Readonly<Record<string, string>>) =>
  run(rule, new Values(Object.entries(sent))).output;

describe("画面からの計算", () => {
  test("日付・数・一覧を、人が書いたとおりに読む", () => {
    expect(runRuleForm(get("age.reach"), { birth: "H20.4.1", years: "１８" })).toMatchObject({
      result: { date: "2026-03-31" },
    });
    expect(
      runRuleForm(get("age.reach"), { birth: "2008-04-01", years: "", months: " 2 " }),
    ).toMatchObject({ result: { date: "2008-05-31" } });
    expect(runRuleForm(get("age.reach"), { birth: "いつか", years: "18" })).toMatchObject({
      error: { field: "birth" },
    });
    expect(runRuleForm(get("age.reach"), { birth: "2008-04-01", years: "x" })).toMatchObject({
      error: { field: "years" },
    });
    expect(
      runRuleForm(get("medical.high-cost-limit"), {
        month: "2026-08",
        category: "ウ",
        totalCost: "1,000,000",
        multiple: "on",
      }),
    ).toMatchObject({ result: { limit: 44_400 } });
    const limit = (multiple: string) =>
      runRuleForm(get("medical.high-cost-limit"), {
        month: " 2026-08 ",
        category: " ウ ",
        totalCost: "1000000",
        multiple,
      });
    expect(limit("true")).toMatchObject({ result: { limit: 44_400 } });
    expect(limit("false")).toMatchObject({ result: { limit: 92_940 } });
    const caps = { "caps.rows": "3", "caps.0": "30,000", "caps.1": "", "caps.2": "１００００" };
    expect(runRuleForm(get("intractable.apportion"), caps)).toMatchObject({
      result: { caps: [22_500, 7_500] },
    });
    expect(runRuleForm(get("intractable.apportion"), { ...caps, "caps.2": "x" })).toEqual({
      ok: false,
      error: { field: "caps.1", message: "0以上の整数を入力してください。" },
    });
    expect(runRuleForm(get("intractable.apportion"), {})).toMatchObject({
      error: { field: "caps" },
    });
  });
});
