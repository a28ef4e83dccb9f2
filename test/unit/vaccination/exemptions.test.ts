import { describe, expect, test } from "vitest";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import { readListFile } from "#workflows/vaccination/exemptions/list-file.ts";
import {
  type ExemptionTerms,
  exemptionFaultsOf,
  exemptionPeriod,
  exemptionTerms,
} from "#workflows/vaccination/exemptions/terms.ts";

const terms: ExemptionTerms = {
  grounds: [
    {
      ground: "welfare",
      vaccines: ["flu", "ppv"],
      evidence: ["welfare-certificate"],
      lastMonth: 3,
    },
  ],
};
const asked = {
  ground: "welfare",
  vaccines: ["flu"],
  evidence: "welfare-certificate",
  receivedOn: "2026-10-05",
} as const;

describe("減免の有効期間", () => {
  test.each([
    ["2026-04-01", 3, "2027-03-31"],
    ["2027-03-31", 3, "2027-03-31"],
    ["2026-10-05", 1, "2027-01-31"],
    ["2026-10-05", 12, "2026-12-31"],
    ["2026-04-01", 4, "2026-04-30"],
    ["2027-02-10", 2, "2027-02-28"],
  ] as const)("%s に受け付け、%i月末まで", (from, lastMonth, until) => {
    expect(exemptionPeriod({ lastMonth }, from)).toEqual({ from, until });
  });

  test("その年度の終わりの月が過ぎていれば、ない", () => {
    expect(exemptionPeriod({ lastMonth: 12 }, "2027-01-01")).toBeUndefined();
    expect(exemptionPeriod({ lastMonth: 4 }, "2026-05-01")).toBeUndefined();
  });
});

describe("減免の審査", () => {
  test("定めに合えば、何も見つからない", () => {
    expect(exemptionFaultsOf(terms, asked)).toEqual([]);
  });
  test.each([
    [{ ground: "tax-exempt" }, ["ground-not-exempt"]],
    [{ vaccines: ["flu", "zoster"] }, ["vaccine-not-exempt"]],
    [{ evidence: "tax-certificate" }, ["evidence-not-accepted"]],
    [{ evidence: "none" }, ["evidence-missing"]],
  ] as const)("%j", (more, faults) => {
    expect(exemptionFaultsOf(terms, { ...asked, ...more })).toEqual(faults);
  });

  test("同じ要件の行は二つ登録できない", () => {
    const [row] = terms.grounds;
    expect(exemptionTerms.schema.safeParse({ grounds: [row] }).success).toBe(true);
    expect(exemptionTerms.schema.safeParse({ grounds: [row, row] }).success).toBe(false);
    expect(exemptionTerms.schema.safeParse({ grounds: [] }).success).toBe(false);
  });
});

describe("名簿のファイル", () => {
  const [a, b] = [withCheckDigit("100000001"), withCheckDigit("100000002")];
  const read = (text: string) => readListFile(new TextEncoder().encode(text));

  test("見出し、ほかの列、引用符、全角、重なりがあっても読む", () => {
    expect(read(`\uFEFF宛名番号,世帯\r\n"${a}",1\r\n${b}\r\n${a}\r\n\r\n`)).toEqual({
      numbers: [a, b],
    });
  });
  test.each([
    ["", "番号がありません"],
    ["宛名番号\n", "番号がありません"],
    [`${a}\n${b.slice(0, 9)}${(Number(b[9]) + 1) % 10}`, "（2行目）"],
    [`1,${a}\n2,${b}`, "2行が統合宛名番号ではありません（1、2行目）"],
    [`${a}\n\n${b}`, "（2行目）"],
  ])("%j は取り込まない", (text, fault) => {
    expect(read(text)).toEqual({ fault: expect.stringContaining(fault) });
  });
});
