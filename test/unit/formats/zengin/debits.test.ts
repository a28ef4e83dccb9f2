import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Debit,
  type DebitResult,
  debitResults,
  readDebits,
} from "#src/formats/zengin/debits.ts";
import {
  account,
  debit,
  debitsOf,
  someAccount,
  someMoney,
  someName,
  textsOf,
  told,
} from "./samples.ts";

describe("口座振替", () => {
  test("口座振替 as the standard draws it, asked and answered", () => {
    const data = (result: string) =>
      `2${"0017"}${"ｻｲﾀﾏﾘｿﾅ".padEnd(15)}020${"ｵｵﾐﾔ-ﾋｶﾞｼ".padEnd(15)}${"    "}1${"7654321"}${"ｵﾉﾃﾞﾗ.ｳﾞｲｵﾗ".padEnd(30)}${"0000006200"}0${"R8A000123".padEnd(20)}${result}${" ".repeat(8)}`;
    const trailer = (...results: [string, string, string, string]) =>
      `8${"000001"}${"000000006200"}${results.join("")}${" ".repeat(65)}`;
    const none = ["000000", "000000000000"] as const;
    const one = ["000001", "000000006200"] as const;
    expect(textsOf(debitsOf([debit])).slice(1, 3)).toEqual([data("0"), trailer(...none, ...none)]);
    expect(textsOf(debitsOf([debit], () => "0")).slice(1, 3)).toEqual([
      data("0"),
      trailer(...one, ...none),
    ]);
    expect(textsOf(debitsOf([debit], () => "1")).slice(1, 3)).toEqual([
      data("1"),
      trailer(...none, ...one),
    ]);
    expect(textsOf(debitsOf([debit]))[0]).toMatch(/^1910.*1228/);
  });

  test("納税準備 can be drawn upon, 貯蓄 cannot", () => {
    const drawn = (type: string) => () => debitsOf([{ ...debit, account: { ...account, type } }]);
    expect(drawn("3")).not.toThrow();
    expect(drawn("4")).toThrow("2件目の預金種目: 決められた値ではありません。");
  });

  test("口座振替: every result comes back, collected and uncollected add up to all", () => {
    const codes = Object.keys(debitResults) as DebitResult[];
    const some = fc.record({
      account: someAccount,
      name: someName,
      amount: someMoney,
      newCode: fc.constantFrom("0", "1", "2"),
      customerNumber: fc.stringMatching(/^[0-9A-Z]{1,20}$/),
    });
    const runs = fc.array(fc.tuple(some, fc.constantFrom(...codes)), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(runs, (pairs) => {
        const results = new Map<Debit, DebitResult>(pairs);
        const file = debitsOf([...results.keys()], (one) => results.get(one) ?? "9");
        const { kind, rows, trailer, faults } = readDebits(file);
        expect([kind, faults]).toEqual(["results", []]);
        expect(rows.map(({ values }) => [values.customerNumber, values.result])).toEqual(
          pairs.map(([{ customerNumber }, result]) => [customerNumber, result]),
        );
        const sum = (key: "collectedAmount" | "uncollectedAmount" | "amount") =>
          Number(trailer?.values[key]);
        expect(sum("collectedAmount") + sum("uncollectedAmount")).toBe(sum("amount"));
      }),
      { numRuns: 50 },
    );
  });

  test("どこが変わっても読め、金額の数字が変われば気づく", () => {
    const file = debitsOf([debit, debit], ({ amount }) => (amount > 0 ? "0" : "1"));
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(file);
        changed[at] = byte;
        expect(readDebits(changed).rows.length).toBeLessThanOrEqual(2);
      }),
    );
    const money = Buffer.from(file);
    money[120 + 89] = 0x31;
    expect(told(readDebits(money).faults)).toEqual([
      "4 合計金額: データレコードの計と合いません。",
      "4 振替済金額: データレコードの計と合いません。",
    ]);
  });

  test("一件も、または一件しか振り替わらなかった結果も、結果である", () => {
    expect(readDebits(debitsOf([debit], () => "0")).kind).toBe("results");
    expect(readDebits(debitsOf([debit], () => "2")).kind).toBe("results");
    expect(readDebits(debitsOf([debit])).kind).toBe("request");
  });
});
