import { expect, test } from "vitest";
import { insuranceKindOf } from "#workflows/medical/insurers.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";

test.each([
  ["0143001", "kyokai"],
  ["0613001", "association"],
  ["6313001", "association"],
  ["3113001", "mutual"],
  ["3413001", "mutual"],
  ["7513001", "mutual"],
  ["43001", "national"],
  ["13303", "union"],
  ["3943001", "elderly"],
  // 船員保険: none of the kinds.
  ["0213001", undefined],
])("保険者番号 %s… の保険の種類は %s", (base, kind) => {
  expect(insuranceKindOf(withCheckDigit(base))).toBe(kind);
});

test("検証番号の合わない番号は、保険の種類を示さない", () => {
  expect(insuranceKindOf("01430017")).toBeUndefined();
  expect(insuranceKindOf("")).toBeUndefined();
});
