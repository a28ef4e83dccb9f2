import { describe, expect, test } from "vitest";
import { decodeJis, encodeJis } from "#src/formats/zengin/characters.ts";
import { readTransfers } from "#src/formats/zengin/transfers.ts";
import { told, transfer, transfersOf } from "./samples.ts";

describe("銀行からのファイルの誤り", () => {
  const file = decodeJis(transfersOf([transfer]));
  const faultsOf = (text: string) => told(readTransfers(encodeJis(text)).faults);
  const records = file.match(/.{120}/g) ?? [];
  const joined = (...order: number[]) => order.map((at) => records[at]).join("");

  test.each([
    ["何もない", "", ["1 データ区分: ファイルが途中で終わっています。"]],
    ["終わりがない", joined(0, 1, 2), ["4 データ区分: ファイルが途中で終わっています。"]],
    [
      "合計の後のデータ",
      joined(0, 1, 2, 1, 3),
      ["4 データ区分: レコードの順序が正しくありません。"],
    ],
    ["始めが二つ", joined(0, 0, 1, 2, 3), ["2 データ区分: レコードの順序が正しくありません。"]],
    [
      "一件足りない",
      joined(0, 2, 3),
      [
        "2 合計件数: データレコードの計と合いません。",
        "2 合計金額: データレコードの計と合いません。",
      ],
    ],
    ["別の業務", file.replace("121", "191"), ["1 種別コード: 決められた値ではありません。"]],
    ["存在しない日", file.replace("1130", "1132"), ["1 振込指定日: 決められた値ではありません。"]],
    ["小さいカナ", file.replace("ｼﾞﾕ", "ｼﾞｭ"), ["2 受取人名: 銀行が受け付けない文字があります。"]],
    ["長音", file.replace("ｼﾞﾕ", "ｼﾞｰ"), ["2 受取人名: 銀行が受け付けない文字があります。"]],
    ["氏名の ｦ", file.replace("ｼﾞﾕ", "ｼﾞｦ"), ["2 受取人名: 銀行が受け付けない文字があります。"]],
    ["小文字", file.replace("ｼﾞﾕ", "ｼﾞa"), ["2 受取人名: 銀行が受け付けない文字があります。"]],
    ["短い終わり", file.slice(0, -1), ["4 レコード: 半角文字120桁ではありません。"]],
  ])("%s", (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  test("EBCDIC のファイルは、そう言って断る", () => {
    expect(told(readTransfers(Uint8Array.of(0xf1, 0xf2)).faults)).toEqual([
      "1 コード区分: EBCDICのファイルです。JISのファイルを求めてください。",
    ]);
  });
});
