import { describe, expect, test } from "vitest";
import { decodeJis, encodeJis } from "#src/formats/zengin/characters.ts";
import { readTransfers } from "#src/formats/zengin/transfers.ts";
import { told, transfer, transfersOf } from "./samples.ts";

describe("what is wrong with a file from a bank", () => {
  const file = decodeJis(transfersOf([transfer]));
  const faultsOf = (text: string) => told(readTransfers(encodeJis(text)).faults);
  const records = file.match(/.{120}/g) ?? [];
  const joined = (...order: number[]) => order.map((at) => records[at]).join("");

  test.each([
    ["nothing", "", ["1 データ区分: ファイルが途中で終わっています。"]],
    ["no end", joined(0, 1, 2), ["4 データ区分: ファイルが途中で終わっています。"]],
    [
      "data after the trailer",
      joined(0, 1, 2, 1, 3),
      ["4 データ区分: レコードの順序が正しくありません。"],
    ],
    ["two headers", joined(0, 0, 1, 2, 3), ["2 データ区分: レコードの順序が正しくありません。"]],
    [
      "a record too few",
      joined(0, 2, 3),
      [
        "2 合計件数: データレコードの計と合いません。",
        "2 合計金額: データレコードの計と合いません。",
      ],
    ],
    [
      "another business",
      file.replace("121", "191"),
      ["1 種別コード: 決められた値ではありません。"],
    ],
    ["no such day", file.replace("1130", "1132"), ["1 振込指定日: 決められた値ではありません。"]],
    ["a small kana", file.replace("ｼﾞﾕ", "ｼﾞｭ"), ["2 受取人名: 銀行が受け付けない文字があります。"]],
    ["a long vowel", file.replace("ｼﾞﾕ", "ｼﾞｰ"), ["2 受取人名: 銀行が受け付けない文字があります。"]],
    ["ｦ in a name", file.replace("ｼﾞﾕ", "ｼﾞｦ"), ["2 受取人名: 銀行が受け付けない文字があります。"]],
    [
      "a lower case letter",
      file.replace("ｼﾞﾕ", "ｼﾞa"),
      ["2 受取人名: 銀行が受け付けない文字があります。"],
    ],
    ["a short end", file.slice(0, -1), ["4 レコード: 半角文字120桁ではありません。"]],
  ])("%s", (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  test("a file in EBCDIC is named as such", () => {
    expect(told(readTransfers(Uint8Array.of(0xf1, 0xf2)).faults)).toEqual([
      "1 コード区分: EBCDICのファイルです。JISのファイルを求めてください。",
    ]);
  });
});
