import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  mod10w21,
  withCheckDigit,
  withCorporateCheckDigit,
  withIndividualCheckDigit,
  withLocalGovernmentCheckDigit,
} from "#workflows/numbers/check-digits.ts";
import { checkNumber, type NumberKindId, numberKinds } from "#workflows/numbers/kinds.ts";
import { isPersonNumber, makePersonNumber } from "#workflows/numbers/person-number.ts";

const valid: Record<NumberKindId, string[]> = {
  individual: ["123456789018", "983205673214"],
  corporate: ["7000012050002", "9234567890123"],
  insurer: [
    "33120015",
    "01040013",
    "01130012",
    "34130021",
    "01010016",
    "01350016",
    "141002",
    "131128",
    "281006",
    "111005",
    "431007",
    "352039",
  ],
  "public-payer": [
    "54016027",
    "88138243",
    "81136244",
    "81137242",
    "88131248",
    "89131247",
    "81140048",
    "83120063",
    "12143210",
  ],
  "public-recipient": ["1234566"],
  "medical-institution": ["0110113719"],
  "local-government": ["011002", "141003", "281000", "111007", "431001", "352039", "131121"],
};
const kinds = Object.keys(numberKinds) as NumberKindId[];

describe("検査数字のある番号", () => {
  for (const kind of kinds)
    test.each(valid[kind])(`${kind} %s は正しく、どの一桁が変わっても誤り`, (value) => {
      expect(checkNumber(kind, value)).toEqual({ valid: true, normalized: value });
      for (let at = 0; at < value.length; at += 1) {
        const changed = value.slice(0, at) + ((Number(value[at]) + 1) % 10) + value.slice(at + 1);
        // M11 maps two remainders to one digit, M9 takes 0 and 9 for the same: those errors pass.
        if (kind === "individual" || kind === "local-government") continue;
        if (kind === "corporate" && value[at] === "9") continue;
        expect(checkNumber(kind, changed).valid, changed).toBe(false);
      }
    });

  test.each<[NumberKindId, string]>([
    ["individual", "123456789010"],
    ["individual", "983205673210"],
    ["corporate", "1234567890123"],
    ["insurer", "3312001"],
    ["insurer", "33120016"],
    ["insurer", "141003"],
    ["local-government", "141002"],
    ["public-recipient", "000001"],
    ["public-payer", "83136018"],
    ["medical-institution", "0113719"],
    ["individual", ""],
    ["individual", "12345678901A"],
    ["corporate", "700001205000"],
  ])("%s %s は誤り", (kind, value) => {
    expect(checkNumber(kind, value).valid).toBe(false);
  });

  test("空白・ハイフン・全角はそろえる", () => {
    expect(checkNumber("individual", "１２３４-５６７８-９０１８")).toEqual({
      valid: true,
      normalized: "123456789018",
    });
    expect(checkNumber("medical-institution", " 01 1 01137 1 9")).toEqual({
      valid: true,
      normalized: "0110113719",
    });
  });

  test("8桁の欄に書かれた6桁の保険者番号は6桁になる", () => {
    expect(checkNumber("insurer", "  431007")).toEqual({ valid: true, normalized: "431007" });
    expect(checkNumber("insurer", "00431007")).toEqual({ valid: true, normalized: "431007" });
    expect(checkNumber("public-payer", "00431007").normalized).toBe("00431007");
    expect(checkNumber("insurer", "100431007").normalized).toBe("100431007");
    expect(checkNumber("insurer", "004310070").normalized).toBe("004310070");
  });

  test("検査数字を付けて作った番号は正しい", () => {
    const base = (length: number) =>
      fc
        .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
        .map((d) => d.join(""));
    fc.assert(
      fc.property(base(11), (b) => checkNumber("individual", withIndividualCheckDigit(b)).valid),
    );
    fc.assert(
      fc.property(base(12), (b) => checkNumber("corporate", withCorporateCheckDigit(b)).valid),
    );
    fc.assert(
      fc.property(
        base(5),
        (b) => checkNumber("local-government", withLocalGovernmentCheckDigit(b)).valid,
      ),
    );
    fc.assert(fc.property(base(7), (b) => checkNumber("public-payer", withCheckDigit(b)).valid));
    fc.assert(
      fc.property(base(9), (b) => checkNumber("medical-institution", withCheckDigit(b)).valid),
    );
  });

  test("出典の計算例", () => {
    expect(mod10w21("3312001")).toBe("5");
    expect(mod10w21("5401602")).toBe("7");
    expect(withIndividualCheckDigit("12345678901")).toBe("123456789018");
    expect(withCorporateCheckDigit("000012050002")).toBe("7000012050002");
    expect(withLocalGovernmentCheckDigit("14100")).toBe("141003");
    expect(() => mod10w21("12x")).toThrow(RangeError);
    expect(() => mod10w21("x12")).toThrow(RangeError);
  });
});

describe("統合宛名番号", () => {
  test("検査数字を含む10桁である", () => {
    expect(makePersonNumber(1)).toBe("0000000018");
    expect(makePersonNumber(999_999_999)).toMatch(/^9{9}/);
    expect(isPersonNumber("0000000018")).toBe(true);
    for (const wrong of [
      "0000000019",
      "000000018",
      "0000000000",
      "00000000018",
      "000000001８",
      "00000000182",
    ])
      expect(isPersonNumber(wrong), wrong).toBe(false);
  });

  test("通番が違えば番号も違い、すべて正しい", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (sequence) => {
        const number = makePersonNumber(sequence);
        expect(isPersonNumber(number)).toBe(true);
        expect(Number(number.slice(0, 9))).toBe(sequence);
      }),
    );
    for (const wrong of [0, -1, 1.5, 1_000_000_000])
      expect(() => makePersonNumber(wrong)).toThrow(RangeError);
  });
});
