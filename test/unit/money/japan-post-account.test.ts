import { describe, expect, test } from "vitest";
import { transferAccountOf } from "#workflows/money/japan-post-account.ts";

describe("ゆうちょ銀行の口座", () => {
  test.each([
    ["14990", "12345671", { branchCode: "498", accountType: "1", accountNumber: "1234567" }],
    ["10010", "11", { branchCode: "008", accountType: "1", accountNumber: "0000001" }],
    [
      "１４９９０",
      "１２３４５６７１",
      { branchCode: "498", accountType: "1", accountNumber: "1234567" },
    ],
    ["14990-2", "12345671", { branchCode: "498", accountType: "1", accountNumber: "1234567" }],
    ["00120", "123456", { branchCode: "019", accountType: "2", accountNumber: "0123456" }],
  ])("記号 %s 番号 %s", (symbol, number, expected) => {
    expect(transferAccountOf(symbol, number)).toEqual({ bankCode: "9900", ...expected });
  });

  test.each([
    ["14991", "12345671"],
    ["24990", "12345671"],
    ["1499", "12345671"],
    ["14990", "1"],
    ["14990", "12345678"],
    ["14990", "12345670"],
    ["14990", "123456789"],
    ["00120", "12345678"],
    ["00120", ""],
    ["14990", "1234a671"],
  ])("記号 %s 番号 %s の口座はない", (symbol, number) => {
    expect(transferAccountOf(symbol, number)).toBeUndefined();
  });
});
