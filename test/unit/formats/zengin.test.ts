import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "#src/formats/fault.ts";
import { bankKana, cutKana, decodeJis, encodeJis } from "#src/formats/zengin/characters.ts";
import {
  type Debit,
  type DebitResult,
  debitResults,
  readDebits,
  writeDebits,
} from "#src/formats/zengin/debits.ts";
import { transferAccountOf } from "#src/formats/zengin/japan-post-bank.ts";
import { debitLayouts, endLayout, transferLayouts } from "#src/formats/zengin/layouts.ts";
import type { Originator } from "#src/formats/zengin/originator.ts";
import {
  readTransfers,
  type Transfer,
  type TransferProfile,
  writeTransfers,
} from "#src/formats/zengin/transfers.ts";

const originator: Originator = {
  code: "1234567890",
  name: "ミドリノシカイケイカンリシャ",
  account: {
    bank: { code: "0001", name: "ミズホ" },
    branch: { code: "001", name: "トウキヨウ" },
    type: "1",
    number: "0000012",
  },
};
const profile: TransferProfile = { clearingHouse: "0000", category: "7", lineEnd: "" };
const account = {
  bank: { code: "0017", name: "サイタマリソナ" },
  branch: { code: "020", name: "オオミヤ-ヒガシ" },
  type: "1",
  number: "7654321",
};
const transfer: Transfer = {
  account,
  name: "ヤマダ　ジュンコ",
  amount: 12_345,
  newCode: "1",
  reference: ["12", "3400000000"],
};
const debit: Debit = {
  account,
  name: "ヲノデラ・ヴィオラ",
  amount: 6_200,
  newCode: "0",
  customerNumber: "R8A000123",
};

const transfersOf = (transfers: readonly Transfer[], changed: Partial<TransferProfile> = {}) =>
  Buffer.concat([
    ...writeTransfers(originator, "2026-11-30", transfers, { ...profile, ...changed }),
  ]);
const debitsOf = (debits: readonly Debit[], resultOf?: (debit: Debit) => DebitResult) =>
  Buffer.concat([...writeDebits(originator, "2026-12-28", debits, "", resultOf)]);
const textsOf = (file: Uint8Array) => decodeJis(file).match(/.{120}/gs) ?? [];
const told = (faults: readonly { record: number; field: string; reason: string }[]) =>
  faults.map(({ record, field, reason }) => `${record} ${field}: ${reason}`);

describe("records of 全銀", () => {
  test.each([
    ...Object.entries(transferLayouts),
    ...Object.entries(debitLayouts),
    ["end", endLayout] as const,
  ])("the layout of %s adds up to 120 bytes", (_, layout) => {
    expect(layout.reduce((sum, { length }) => sum + length, 0)).toBe(120);
  });

  test("総合振込 as the standard draws it", () => {
    expect(textsOf(transfersOf([transfer]))).toEqual([
      `1210${"1234567890"}${"ﾐﾄﾞﾘﾉｼｶｲｹｲｶﾝﾘｼﾔ".padEnd(40)}1130${"0001"}${"ﾐｽﾞﾎ".padEnd(15)}001${"ﾄｳｷﾖｳ".padEnd(15)}1${"0000012"}${" ".repeat(17)}`,
      `2${"0017"}${"ｻｲﾀﾏﾘｿﾅ".padEnd(15)}020${"ｵｵﾐﾔ-ﾋｶﾞｼ".padEnd(15)}0000${"1"}${"7654321"}${"ﾔﾏﾀﾞ ｼﾞﾕﾝｺ".padEnd(30)}${"0000012345"}1${"0000000012"}${"3400000000"}7 ${" ".repeat(7)}`,
      `8${"000001"}${"000000012345"}${" ".repeat(101)}`,
      `9${" ".repeat(119)}`,
    ]);
  });

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

  test("no codes are twenty zeros", () => {
    const { reference: _, ...plain } = transfer;
    expect(textsOf(transfersOf([plain]))[1]?.slice(91, 113)).toBe(`${"0".repeat(20)}7 `);
  });

  test("an empty file still has its header, trailer and end", () => {
    const file = transfersOf([]);
    expect(textsOf(file)[1]).toMatch(/^80{18} /);
    expect(readTransfers(file)).toMatchObject({ rows: [], faults: [] });
    expect(readDebits(debitsOf([])).kind).toBe("request");
  });

  test.each<[string, Partial<Transfer>, string]>([
    ["nothing to pay", { amount: 0 }, "2件目の振込金額: 1円以上の整数ではありません。"],
    ["money owed", { amount: -1 }, "2件目の振込金額: 1円以上の整数ではありません。"],
    ["half a yen", { amount: 0.5 }, "2件目の振込金額: 1円以上の整数ではありません。"],
    ["eleven digits", { amount: 10_000_000_000 }, "2件目の振込金額: 10桁に収まりません。"],
    [
      "kanji in a name",
      { name: "山田ジュンコ" },
      "2件目の受取人名: 銀行が受け付けない文字があります。",
    ],
    ["no name", { name: "　" }, "2件目の受取人名: 決められた値ではありません。"],
    [
      "納税準備",
      { account: { ...account, type: "3" } },
      "2件目の預金種目: 決められた値ではありません。",
    ],
    [
      "eight digits",
      { account: { ...account, number: "76543210" } },
      "2件目の口座番号: 7桁に収まりません。",
    ],
    [
      "a letter",
      { account: { ...account, number: "76A4321" } },
      "2件目の口座番号: 数字ではありません。",
    ],
    [
      "brackets in a branch",
      { account: { ...account, branch: { code: "020", name: "オオミヤ(ヒガシ)" } } },
      "2件目の被仕向支店名: 銀行が受け付けない文字があります。",
    ],
  ])("%s is refused by field and reason, and nobody's data are told", (_, changed, message) => {
    const write = () => transfersOf([{ ...transfer, ...changed }]);
    expect(write).toThrow(FormatError);
    expect(write).toThrow(message);
    try {
      write();
    } catch (error) {
      expect(String(error)).not.toMatch(/765|ﾔﾏﾀﾞ|山田/);
    }
  });

  test("the largest amount has ten digits", () => {
    expect(readTransfers(transfersOf([{ ...transfer, amount: 9_999_999_999 }])).faults).toEqual([]);
  });

  test("納税準備 can be drawn upon, 貯蓄 cannot", () => {
    const drawn = (type: string) => () => debitsOf([{ ...debit, account: { ...account, type } }]);
    expect(drawn("3")).not.toThrow();
    expect(drawn("4")).toThrow("2件目の預金種目: 決められた値ではありません。");
  });
});

const someAccount = fc.record({
  bank: fc.record({
    code: fc.stringMatching(/^\d{4}$/),
    name: fc.constantFrom("ミズホ", "ガガガガガガガガ"),
  }),
  branch: fc.record({
    code: fc.stringMatching(/^\d{3}$/),
    name: fc.constantFrom("ホンテン", "ｱ-1"),
  }),
  type: fc.constantFrom("1", "2", "9"),
  number: fc.stringMatching(/^\d{7}$/),
});
const someName = fc.stringMatching(/^[ァ-ヴA-Za-z.()-][ァ-ヴーA-Za-z 　・()-]{0,39}$/);
const someMoney = fc.integer({ min: 1, max: 9_999_999_999 });

describe("files written and read", () => {
  test("総合振込: always 120 bytes a record, the same money comes back, the totals agree", () => {
    const some = fc.record({
      account: someAccount,
      name: someName,
      amount: someMoney,
      newCode: fc.constantFrom("0", "1", "2"),
      reference: fc.tuple(fc.stringMatching(/^\d{0,10}$/), fc.stringMatching(/^\d{0,10}$/)),
    });
    const runs = fc.tuple(
      fc.array(some, { maxLength: 20 }),
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

  test("changed anywhere, a file is still read, and a changed digit of money is noticed", () => {
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

  test("results of which none was collected, or one only, are results", () => {
    expect(readDebits(debitsOf([debit], () => "0")).kind).toBe("results");
    expect(readDebits(debitsOf([debit], () => "2")).kind).toBe("results");
    expect(readDebits(debitsOf([debit])).kind).toBe("request");
  });
});

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

describe("kana of banks", () => {
  test.each([
    ["ヤマダ　ジュンコ", "ﾔﾏﾀﾞ ｼﾞﾕﾝｺ"],
    ["やまだ じゅんこ", "ﾔﾏﾀﾞ ｼﾞﾕﾝｺ"],
    ["ﾔﾏﾀﾞ ｼﾞｭﾝｺ", "ﾔﾏﾀﾞ ｼﾞﾕﾝｺ"],
    ["カ゛ハ゜", "ｶﾞﾊﾟ"],
    ["オーノ", "ｵ-ﾉ"],
    ["ｵｰﾉ", "ｵ-ﾉ"],
    ["ヲノ", "ｵﾉ"],
    ["ヰヱヴ", "ｲｴｳﾞ"],
    ["ァィゥェォッャュョヮヵヶ", "ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ"],
    ["マリア・ロペス", "ﾏﾘｱ.ﾛﾍﾟｽ"],
    ["Smith－Ｊｏｎｅｓ", "SMITH-JONES"],
    ["カ）ミドリ", "ｶ)ﾐﾄﾞﾘ"],
    ["  ア   イ  ", "ｱ ｲ"],
    ["山田", "山田"],
  ])("%s is written %s", (name, kana) => {
    expect(bankKana(name)).toBe(kana);
  });

  test("folding twice changes nothing, and every character is one byte", () => {
    fc.assert(
      fc.property(someName, (name) => {
        const kana = bankKana(name);
        expect(bankKana(kana)).toBe(kana);
        expect(encodeJis(kana)).toHaveLength(kana.length);
        expect(decodeJis(encodeJis(kana))).toBe(kana);
      }),
    );
  });

  test.each([
    ["ﾔﾏﾀﾞ", 4, "ﾔﾏﾀﾞ"],
    ["ﾔﾏﾀﾞ", 3, "ﾔﾏ"],
    ["ｶﾞﾊﾟ", 3, "ｶﾞ"],
    ["ﾔﾏ ﾀ", 3, "ﾔﾏ"],
    ["ﾔﾏﾀ", 9, "ﾔﾏﾀ"],
  ])("%s cut to %i bytes never parts a kana from its mark", (kana, length, cut) => {
    expect(cutKana(kana, length)).toBe(cut);
  });
});

describe("accounts of ゆうちょ銀行", () => {
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
    ["14990", "123456789"],
    ["00120", "12345678"],
    ["00120", ""],
    ["14990", "1234a671"],
  ])("記号 %s 番号 %s is no such account", (symbol, number) => {
    expect(transferAccountOf(symbol, number)).toBeUndefined();
  });
});
