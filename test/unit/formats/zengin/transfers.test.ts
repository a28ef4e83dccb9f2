import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "#src/formats/fault.ts";
import { bankKana, cutKana } from "#src/formats/zengin/characters.ts";
import { readTransfers, type Transfer, writeTransfers } from "#src/formats/zengin/transfers.ts";
import {
  account,
  debitsOf,
  originator,
  profile,
  someAccount,
  someMoney,
  someName,
  textsOf,
  transfer,
  transfersOf,
} from "./samples.ts";

describe("総合振込", () => {
  test("総合振込 as the standard draws it", () => {
    expect(textsOf(transfersOf([transfer]))).toEqual([
      `1210${"1234567890"}${"ﾐﾄﾞﾘﾉｼｶｲｹｲｶﾝﾘｼﾔ".padEnd(40)}1130${"0001"}${"ﾐｽﾞﾎ".padEnd(15)}001${"ﾄｳｷﾖｳ".padEnd(15)}1${"0000012"}${" ".repeat(17)}`,
      `2${"0017"}${"ｻｲﾀﾏﾘｿﾅ".padEnd(15)}020${"ｵｵﾐﾔ-ﾋｶﾞｼ".padEnd(15)}0000${"1"}${"7654321"}${"ﾔﾏﾀﾞ ｼﾞﾕﾝｺ".padEnd(30)}${"0000012345"}1${"0000000012"}${"3400000000"}7 ${" ".repeat(7)}`,
      `8${"000001"}${"000000012345"}${" ".repeat(101)}`,
      `9${" ".repeat(119)}`,
    ]);
  });

  test("each bank has its own 手形交換所番号, 振込指定区分 and line ends", () => {
    const file = transfersOf([transfer], { clearingHouse: "    ", category: "0", lineEnd: "\r\n" });
    expect(file.length).toBe(4 * 122);
    const lines = file.toString("latin1").split("\r\n");
    expect(lines[1]?.slice(38, 42)).toBe("    ");
    expect(lines[1]?.charAt(111)).toBe("0");
    expect(readTransfers(file).faults).toEqual([]);
    expect(readTransfers(Buffer.concat([file, Buffer.from("\x1a")])).faults).toEqual([]);
  });

  test("EDI information takes the place of the two codes, and keeps its ｦ", () => {
    const file = transfersOf([{ ...transfer, reference: { edi: "イリヨウヒ ヲ 8-12" } }]);
    expect(textsOf(file)[1]?.slice(91, 113)).toBe("ｲﾘﾖｳﾋ ｦ 8-12        7Y");
    expect(() => transfersOf([{ ...transfer, reference: { edi: "ア".repeat(21) } }])).toThrow(
      "2件目の顧客コード: 20桁に収まりません。",
    );
  });

  test("コードがなければ20桁の0", () => {
    const { reference: _, ...plain } = transfer;
    expect(textsOf(transfersOf([plain]))[1]?.slice(91, 113)).toBe(`${"0".repeat(20)}7 `);
  });

  test("一件もないファイルは作らない", () => {
    expect(() => transfersOf([])).toThrow("2件目のデータレコード: 1件もありません。");
    expect(() => debitsOf([])).toThrow("2件目のデータレコード: 1件もありません。");
  });

  test.each([
    [
      "銀行番号",
      { bank: { code: "", name: "ミズホ" } },
      "2件目の被仕向銀行番号: 入力がありません。",
    ],
    ["支店番号", { branch: { code: " ", name: "" } }, "2件目の被仕向支店番号: 入力がありません。"],
    ["口座番号", { number: "" }, "2件目の口座番号: 入力がありません。"],
    ["預金種目", { type: "" }, "2件目の預金種目: 入力がありません。"],
  ])("%sがないと、0で埋めずに断る", (_, missing, message) => {
    const without = { ...transfer, account: { ...account, ...missing } };
    expect(() => transfersOf([without])).toThrow(message);
  });

  test.each([
    ["委託者コード", { code: "" }, "1件目の委託者コード: 入力がありません。"],
    ["委託者名", { name: " " }, "1件目の委託者名: 決められた値ではありません。"],
    [
      "仕向銀行番号",
      { account: { ...originator.account, bank: { code: "", name: "" } } },
      "1件目の仕向銀行番号: 入力がありません。",
    ],
  ])("%sがないと、0や空白で埋めずに断る", (_, missing, message) => {
    const from = { ...originator, ...missing };
    expect(() => [...writeTransfers(from, "2026-11-30", [transfer], profile)]).toThrow(message);
  });

  test("どの銀行の終わり方でも、同じ中身が読める", () => {
    const plain = transfersOf([transfer]);
    const lines = transfersOf([transfer], { ...profile, lineEnd: "\r\n" }).toString("latin1");
    const { rows } = readTransfers(plain);
    const files = [
      ...["\r\n", "\x1a", "\r\n\x1a", " ".repeat(120), "\x1a".repeat(32), "\0".repeat(8)].map(
        (end) => plain.toString("latin1") + end,
      ),
      ...["", "\r\n", "\x1a", "   \r\n", `${" ".repeat(120)}\r\n\x1a`].map((end) => lines + end),
      lines.replaceAll("\r\n", "\n"),
      lines.replaceAll("\r\n", "        \r\n"),
      lines.slice(0, -2),
    ];
    for (const file of files) {
      const read = readTransfers(Buffer.from(file, "latin1"));
      expect(read.faults, JSON.stringify(file.slice(470))).toEqual([]);
      expect(read.rows).toEqual(rows);
    }
  });

  test.each<[string, Partial<Transfer>, string]>([
    ["0円", { amount: 0 }, "2件目の振込金額: 1円以上の整数ではありません。"],
    ["マイナスの金額", { amount: -1 }, "2件目の振込金額: 1円以上の整数ではありません。"],
    ["1円に満たない端数", { amount: 0.5 }, "2件目の振込金額: 1円以上の整数ではありません。"],
    ["11桁の金額", { amount: 10_000_000_000 }, "2件目の振込金額: 10桁に収まりません。"],
    ["漢字の氏名", { name: "山田ジュンコ" }, "2件目の受取人名: 銀行が受け付けない文字があります。"],
    ["氏名なし", { name: "　" }, "2件目の受取人名: 決められた値ではありません。"],
    [
      "納税準備",
      { account: { ...account, type: "3" } },
      "2件目の預金種目: 決められた値ではありません。",
    ],
    [
      "8桁の口座番号",
      { account: { ...account, number: "76543210" } },
      "2件目の口座番号: 7桁に収まりません。",
    ],
    [
      "英字の入った口座番号",
      { account: { ...account, number: "76A4321" } },
      "2件目の口座番号: 数字ではありません。",
    ],
    [
      "かっこのある支店名",
      { account: { ...account, branch: { code: "020", name: "オオミヤ(ヒガシ)" } } },
      "2件目の被仕向支店名: 銀行が受け付けない文字があります。",
    ],
  ])("%s は、項目と理由で断り、誰の情報も出さない", (_, changed, message) => {
    const write = () => transfersOf([{ ...transfer, ...changed }]);
    expect(write).toThrow(FormatError);
    expect(write).toThrow(message);
    try {
      write();
    } catch (error) {
      expect(String(error)).not.toMatch(/765|ﾔﾏﾀﾞ|山田/);
    }
  });

  test("最も大きい金額は10桁", () => {
    expect(readTransfers(transfersOf([{ ...transfer, amount: 9_999_999_999 }])).faults).toEqual([]);
  });

  test("総合振込: always 120 bytes a record, the same money comes back, the totals agree", () => {
    const some = fc.record({
      account: someAccount,
      name: someName,
      amount: someMoney,
      newCode: fc.constantFrom("0", "1", "2"),
      reference: fc.tuple(fc.stringMatching(/^\d{0,10}$/), fc.stringMatching(/^\d{0,10}$/)),
    });
    const runs = fc.tuple(
      fc.array(some, { minLength: 1, maxLength: 20 }),
      fc.constantFrom("" as const, "\r\n" as const),
    );
    fc.assert(
      fc.property(runs, ([transfers, lineEnd]) => {
        const records = [
          ...writeTransfers(originator, "2026-11-30", transfers, { ...profile, lineEnd }),
        ];
        for (const record of records) expect(record.length).toBe(120 + lineEnd.length);
        const { rows, trailer, faults } = readTransfers(Buffer.concat(records));
        expect(faults).toEqual([]);
        expect(rows.map(({ values }) => Number(values.amount))).toEqual(
          transfers.map(({ amount }) => amount),
        );
        expect(rows.map(({ values }) => values.accountNumber)).toEqual(
          transfers.map(({ account: { number } }) => number),
        );
        expect(rows.map(({ values }) => values.name)).toEqual(
          transfers.map(({ name }) => cutKana(bankKana(name), 30)),
        );
        expect(Number(trailer?.values.amount)).toBe(
          transfers.reduce((sum, { amount }) => sum + amount, 0),
        );
      }),
      { numRuns: 50 },
    );
  });
});
