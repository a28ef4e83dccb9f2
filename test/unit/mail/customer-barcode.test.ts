import fc from "fast-check";
import { describe, expect, test } from "vitest";
import official from "#test/fixtures/customer-barcode-official.json" with { type: "json" };
import { barcodeAddressNumber, customerBarcode } from "#workflows/mail/customer-barcode.ts";
import { kanjiNumber } from "#workflows/text/kanji-numbers.ts";

const printed = (postalCode: string, address: string) => {
  const barcode = customerBarcode(postalCode, address);
  if ("none" in barcode) throw new Error(barcode.none);
  return barcode;
};

describe("日本郵便の公式の例", () => {
  test.each(official.cases)("$zip $addressB", ({ zip, addressB, addressNumber, codes }) => {
    expect(barcodeAddressNumber(addressB)).toBe(addressNumber);
    for (const address of [addressB, addressNumber]) {
      const { characters, check } = printed(zip, address);
      expect(["STC", ...characters, check, "SPC"]).toEqual(codes);
    }
  });

  test("17ページの例", () => {
    expect(printed("100-0013", "1-3-2-503").check).toBe("9");
  });
});

describe("住所から抜き出すもの", () => {
  test.each([
    ["３丁目３０－８　Ａ棟", "3-30-8A"],
    ["三丁目30の8", "3-30-8"],
    ["二十一番地五号", "21-5"],
    ["百二十三番地", "123"],
    ["二〇五号", "205"],
    ["1-2 B1F", "1-2B1"],
    ["1-2 3階", "1-2-3"],
    ["三軒町五番", "5"],
    ["1-2-3 ＡＢＣビル ５Ｆ", "1-2-3-5"],
    ["1丁目 C&Dハイツ", "1"],
    ["1-2・3", "1-23"],
    ["", ""],
    ["番外地", ""],
    ["10F", "10"],
    ["2-Fukuビル", "2"],
    ["a", "A"],
    ["十番", "10"],
  ])("%s は %s になる", (address, expected) => {
    expect(barcodeAddressNumber(address)).toBe(expected);
  });

  test.each([
    ["十", 10],
    ["二十一", 21],
    ["百", 100],
    ["三百五", 305],
    ["千二十", 1020],
    ["二一", 21],
    ["〇", 0],
  ])("%s は %i", (kanji, expected) => expect(kanjiNumber(kanji)).toBe(expected));
});

describe("バーコード", () => {
  test("入りきらない英字は、制御コードだけが残る", () => {
    const { characters } = printed("123-4567", "123456-12345B7");
    expect(characters.slice(-2)).toEqual(["5", "CC1"]);
  });

  test("英字は十の位ごとのコードで書く", () => {
    const { characters } = printed("1234567", "A1K2U3Z");
    expect(characters.slice(7, 18)).toEqual([
      "CC1",
      "0",
      "1",
      "CC2",
      "0",
      "2",
      "CC3",
      "0",
      "3",
      "CC3",
      "5",
    ]);
    expect(printed("1234567", "J").characters.slice(7, 9)).toEqual(["CC1", "9"]);
  });

  test("代表番号や、郵便番号でないものには作らない", () => {
    expect(customerBarcode("860-0000", "1-2")).toHaveProperty("none");
    expect(customerBarcode("6500000", "1-2")).toHaveProperty("none");
    for (const wrong of ["860080", "86008011", "8600801X", "X8600801"])
      expect(customerBarcode(wrong, "1-2")).toEqual({
        none: "郵便番号が7桁の数字でないため、バーコードを印字できません。",
      });
    expect(barcodeAddressNumber("3-A")).toBe("3A");
    expect(barcodeAddressNumber("A-3")).toBe("A3");
    expect(customerBarcode("8600801", "1-2", true)).toHaveProperty("none");
    expect(customerBarcode("8600000", "1-2", false)).toHaveProperty("check");
    expect(customerBarcode("〒860-0801", "1-2")).toHaveProperty("check");
    expect(customerBarcode("８６０-０８０１", "1-2")).toHaveProperty("check");
  });

  test("いつも20字、67本で、検査の和は19で割り切れる", () => {
    const order = [
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
      "8",
      "9",
      "-",
      "CC1",
      "CC2",
      "CC3",
      "CC4",
      "CC5",
      "CC6",
      "CC7",
      "CC8",
    ];
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."0123456789-ABKZ丁目番号二十Fビル ") }),
        (address) => {
          const { characters, check, bars } = printed("8600801", address);
          expect(characters).toHaveLength(20);
          expect(bars).toMatch(/^13[1-4]{63}31$/);
          const sum = [...characters, check].reduce(
            (total, code) => total + order.indexOf(code),
            0,
          );
          expect(sum % 19).toBe(0);
        },
      ),
    );
  });

  test("数字は規格のバーで書く", () => {
    const { bars } = printed("0123456", "789-0K");
    const figures = ["144", "114", "132", "312", "123", "141", "321", "213", "231", "411"];
    const expected = [...figures, "414", "144", "342", "144", "432"];
    expect(printed("0123456", "789-0-1K").bars.slice(2, 47)).toBe(
      [...figures, "414", "144", "414", "114", "342"].join(""),
    );
    expect(bars.slice(2, 47)).toBe(expected.join(""));
    expect(printed("0123456", "U").bars.slice(23, 26)).toBe("234");
  });
});
