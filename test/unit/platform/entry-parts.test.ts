import fc from "fast-check";
import { expect, test } from "vitest";
import { readText, withoutAddresses } from "#src/platform/entry-parts/index.ts";

const place = {
  postalCode: "8600004",
  address: "見本市本町1-1",
  building: "見本荘101",
  telephone: "096-000-0000",
};

test("住所は、どの部分のどの深さにあっても隠れ、ほかの項目は変わらない", () => {
  const entered = {
    guardian: { name: "見本　花子", ...place },
    agent: { name: "代理　太郎", address: place.address },
    people: [{ role: "child", name: "見本　一", lives: { ...place } }],
    account: null,
    welfare: false,
    since: "2026-11-20",
  };
  const seen = withoutAddresses(entered, "***");
  expect(seen).toEqual({
    ...entered,
    guardian: {
      name: "見本　花子",
      postalCode: "***",
      address: "***",
      building: "",
      telephone: "***",
    },
    agent: { name: "代理　太郎", address: "***" },
    people: [
      {
        role: "child",
        name: "見本　一",
        lives: { postalCode: "***", address: "***", building: "", telephone: "***" },
      },
    ],
  });
  expect(entered.guardian.address).toBe(place.address);
});

test("どんな形の申請でも、住所の値は残らない", () => {
  const leaf = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.constant({ ...place }));
  const { entry } = fc.letrec((tie) => ({
    entry: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("entry"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("a", "b", "people", "agent"), tie("entry")),
    ),
  }));
  fc.assert(
    fc.property(entry, (entered) => {
      const text = JSON.stringify(withoutAddresses(entered, "***"));
      for (const value of Object.values(place)) expect(text).not.toContain(value);
    }),
  );
});

test("入力した文字は合成済みの形になり、登録のとおりの互換漢字は別の字に変わらない", () => {
  expect(readText.plain("か\u3099")).toBe("が");
  expect(readText.plain("\uFA19田　\u{2F8A6}")).toBe("\uFA19田　\u{2F8A6}");
  expect(readText.plain("葛\u{E0102}")).toBe("葛\u{E0102}");
});
