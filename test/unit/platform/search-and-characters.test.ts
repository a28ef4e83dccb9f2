import { expect, test } from "vitest";
import { contradictionsOf } from "#src/platform/applications/index.ts";
import { charactersFault, unprintableIn } from "#src/platform/printing/index.ts";
import { bornBounds, boundFault } from "#workflows/dates/bounds.ts";

test("絵文字や見えない文字は入力のときに断り、書体のない漢字は止めずに知らせる", () => {
  expect(charactersFault("試験　太郎😀")).toContain("U+1F600");
  expect(charactersFault("試験\u200b太郎")).toContain("U+200B");
  for (const character of ["\u00ad", "\u3164"])
    expect(charactersFault(`試験${character}太郎`)).toContain("目に見えない文字");
  expect(charactersFault("髙橋 﨑 𠮷")).toBeUndefined();
  const rare = unprintableIn(`${String.fromCodePoint(0x2f9ff)}${String.fromCodePoint(0x31350)}`);
  expect(rare.refused).toEqual([]);
});

test("資格取得日は、出生日から今日までのあいだだけ", () => {
  const bounds = bornBounds("2026-05-10", "2026-11-20");
  expect(boundFault("2026-05-09", bounds)).toBe("出生日より前の日付は入力できません。");
  expect(boundFault("2026-11-21", bounds)).toBe("今日より後の日付は入力できません。");
  expect(boundFault("2026-05-10", bounds)).toBeUndefined();
});

test("計算や記録と合わない却下の理由には印が付く", () => {
  const granted = { granted: true, periods: [], steps: [], basis: [] } as const;
  const none = {
    granted: false,
    reason: "対象年齢を過ぎています。",
    steps: [],
    basis: [],
  } as const;
  const known = {
    granting: granted,
    missingDocuments: 0,
    overlaps: false,
    incomesOverLimit: 0,
    welfare: false,
  };
  for (const reason of ["documents", "duplicate", "welfare", "income", "age", "residence"])
    expect(contradictionsOf("rejection", reason, known), reason).toHaveLength(1);
  expect(contradictionsOf("rejection", "documents", { ...known, missingDocuments: 1 })).toEqual([]);
  expect(contradictionsOf("rejection", "insurance", known)).toHaveLength(1);
  expect(contradictionsOf("rejection", "age", { ...known, granting: none })).toEqual([]);
  expect(contradictionsOf("grant", undefined, { ...known, granting: none })).toHaveLength(1);
  expect(contradictionsOf("grant", undefined, known)).toEqual([]);
});
